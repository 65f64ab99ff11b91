"""The server of the page: on loopback only, for this page only, with the standard library."""

from __future__ import annotations

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from math import isfinite

from ..files.problems import InputError
from .answers import Answers

HOST = "127.0.0.1"
LARGEST = 1 << 20  # bytes of a question
LONGEST_HEARD = 64 * LARGEST  # bytes of a question that is refused, read only so that the refusal is heard
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Explorer(ThreadingHTTPServer):
    """Serves the page of one scenario. Raises ``OSError`` if the port is taken; port 0 takes any that is free."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, answers: Answers, port: int = 0):
        self.answers = answers
        self.page = {path.name: path.read_bytes() for path in (files(__package__) / "page").iterdir() if path.is_file()}
        super().__init__((HOST, port), Handler)
        self.names = {f"{host}:{self.server_port}" for host in (HOST, "localhost")}

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request, client_address) -> None:
        """A browser that goes away in the middle of an answer is no error."""


class Handler(BaseHTTPRequestHandler):
    """Answers one connection of a browser."""

    server: Explorer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "frozen-conflict-sim", ""

    def log_message(self, *words) -> None:
        """Log nothing: the terminal is the user's."""

    def do_GET(self) -> None:
        """A file of the page."""
        if not self._is_from_here():
            return
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        if name not in self.server.page:
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
            return
        suffix = name[name.rfind(".") :]
        self._send(HTTPStatus.OK, self.server.page[name], KINDS.get(suffix, "application/octet-stream"))

    def do_POST(self) -> None:
        """An answer to a question of the page, as JSON."""
        if not self._is_from_here():
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"too large")
            return
        body = self.rfile.read(int(length))
        if self.headers.get_content_type() != "application/json":
            self._send(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, b"ask in JSON", "text/plain")
            return
        status, answer = self._answer(self.path.removeprefix("/ask/"), body)
        self._send(status, json.dumps(_plain(answer), allow_nan=False).encode(), "application/json")

    def _answer(self, name: str, body: bytes) -> tuple[HTTPStatus, dict]:
        asked = self.server.answers.asked.get(name)
        if asked is None or not self.path.startswith("/ask/"):
            return HTTPStatus.NOT_FOUND, {"error": f"nothing answers {name}"}
        try:
            question = json.loads(body)
        except ValueError:
            return HTTPStatus.BAD_REQUEST, {"error": "the question is no JSON"}
        if not isinstance(question, dict):
            return HTTPStatus.BAD_REQUEST, {"error": "expected an object"}
        try:
            return HTTPStatus.OK, asked(question)
        except InputError as error:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)}

    def _is_from_here(self) -> bool:
        """Refuse a request under another name of this host (DNS rebinding) or from another site."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        here = self.headers.get("Host") in self.server.names
        if (
            here
            and origin in (None, *(f"http://{name}" for name in self.server.names))
            and site in (None, "same-origin", "none")
        ):
            return True
        self._refuse(HTTPStatus.FORBIDDEN, b"only this page may ask")
        return False

    def _refuse(self, status: HTTPStatus, why: bytes) -> None:
        """Say no and hang up, once the question has been heard out: who still speaks does not hear an answer."""
        self.close_connection = True
        length = self.headers.get("Content-Length", "")
        left = min(int(length), LONGEST_HEARD) if length.isdecimal() else 0
        while left > 0 and (heard := self.rfile.read(min(left, LARGEST))):
            left -= len(heard)
        self._send(status, why, "text/plain")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _plain(data):
    """The data with null in the place of what is no finite number."""
    if isinstance(data, float):
        return data if isfinite(data) else None
    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    return data
