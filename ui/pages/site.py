"""Chat and pages: Gradio Blocks, one set a language, mounted on the service's application.

The pages of each language are built once at the start: labels, direction and plural forms are then right
before the first paint, and changing the language is a change of address (`/`, `/fr/`, `/ar/` …).
"""

from __future__ import annotations

import json
import warnings
from importlib.resources import files
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from gradio.components import Navbar

from corpus.model import Language
from ui.pages import chat, documents, recommendation, recommendations, sdgs
from ui.pages.words import Words, words

if TYPE_CHECKING:
    from ui.service import Service

_PAGES = (("recommendations", recommendations), ("sdgs", sdgs), ("documents", documents))
_OWN_PAGE = ("recommendation", recommendation)  # reached from the list, not from the header
_FONTS = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans CJK SC",
    "sans-serif",
)


def _path(language: Language) -> str:
    return "/" if language is Language.ENGLISH else f"/{language.value}"


def _static(name: str) -> str:
    return files("ui.pages").joinpath("static", name).read_text(encoding="utf-8")


def _head(w: Words) -> str:
    """Style, script and settings of every page; languages as [code, path, own name], pages as [path, label]."""
    settings = {
        "language": w.language.value,
        "direction": w.direction,
        "languages": [[one.value, _path(one), words(one)["language_name"]] for one in Language],
        "pages": [["", w["chat"]], *([name, w[name]] for name, _ in _PAGES)],
        "brand": w["brand"],
        "navLabel": w["nav"],
        "languageLabel": w["language"],
        "themeLabel": w["theme_switch"],
        "skip": w["skip"],
        "thinking": w["thinking"],
        "offline": w["offline"],
    }
    # As a style element, not Gradio's `css`: that one is scoped to its container, and ours also speaks of the body.
    style = f"<style>{_static('style.css')}</style>"
    return f"{style}<script>window.uprPage = {json.dumps(settings)};\n{_static('page.js')}</script>"


def _blocks(service: Service, w: Words) -> gr.Blocks:
    pages: gr.Blocks
    with gr.Blocks(title=w["title"], analytics_enabled=False, fill_width=True) as pages:
        Navbar(visible=False)
        chat.build(service, w)
    for name, page in (*_PAGES, _OWN_PAGE):
        with pages.route(w[name], f"/{name}"):
            page.build(service, w)
    return pages


def mount(app: FastAPI, service: Service) -> FastAPI:
    """The application with the pages of every language mounted; English at `/`."""
    theme = gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
    )
    # The longest paths first: English at "/" would take every address.
    for language in sorted(Language, key=lambda one: one is Language.ENGLISH):
        w = words(language)
        with warnings.catch_warnings():
            # Gradio says of every mount with several pages that it will not render on the server, though not asked to.
            warnings.filterwarnings("ignore", message="SSR mode is not supported", category=UserWarning)
            app = gr.mount_gradio_app(
                app,
                _blocks(service, w),
                path=_path(language),
                theme=theme,
                head=_head(w),
                ssr_mode=False,
                show_error=False,
                footer_links=[],
                run_history=False,
                max_file_size=1,
                favicon_path=str(files("ui.pages").joinpath("static", "icon.svg")),
            )
    return app
