"""How people reach it: command line, HTTP API, chat and pages."""
