"""A document as one HTML page: no scripts, no addresses elsewhere, and text that stays text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..files.printable import printable
from .document import Document, Verbatim

FOLDER = Path(__file__).parent
STATIC = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LIVE = (
    "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "worker-src blob:; connect-src data: blob:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)


def page(document: Document) -> str:
    """The text of the page. Everything but pictures drawn here is escaped, so that no title can become markup."""
    policy = LIVE if document.live else STATIC
    return _template().render(document=document, policy=policy, style=(FOLDER / "page.css").read_text("utf-8"))


@cache
def _template():
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    how = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    environment = Environment(loader=FileSystemLoader(FOLDER), finalize=_plain, **how)
    return environment.get_template("page.html.jinja")


def _plain(value):
    """Text without control characters; what is not verbatim breaks no line before a percent sign."""
    if type(value) is Verbatim:
        return printable(value)
    return printable(value).replace(" %", "\N{NO-BREAK SPACE}%") if type(value) is str else value
