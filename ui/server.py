"""`upr serve`: the service on an address, warmed up before it says that it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.errors import ServiceError
from ui.security import check_binding

if TYPE_CHECKING:
    from corpus.settings import Settings
    from index.library import Library


def prepare(settings: Settings) -> None:
    """Switch off analytics, and keep Gradio's files in the home; must run before the libraries are imported."""
    import os

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["OTEL_SDK_DISABLED"] = "true"
    os.environ["GRADIO_TEMP_DIR"] = str(settings.home / "cache")
    os.environ["GRADIO_MCP_SERVER"] = "False"
    os.environ["GRADIO_SSR_MODE"] = "False"


def run(settings: Settings, library: Library, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises `ServiceError` where the address may not or cannot be listened on.
    """
    import socket

    check_binding(host, settings)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServiceError(
                f"{host}:{port} cannot be listened on: {error.strerror}.", "Give another --port."
            ) from error
    prepare(settings)

    import uvicorn
    from rich.console import Console

    from assistant.ask import Assistant
    from ui.app import create_app

    console = Console(stderr=True, highlight=False)
    with console.status("Starting"):
        assistant = Assistant(library, settings)
        library.warm()
        app = create_app(library, assistant, settings)
    console.print(
        f"upr is at http://{'localhost' if host == '127.0.0.1' else host}:{port}  (Ctrl-C stops it)"
    )
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
