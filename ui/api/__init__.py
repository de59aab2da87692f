"""The HTTP API under `/api`, and the OpenAI-compatible model under `/v1`."""
