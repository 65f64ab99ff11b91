"""Chromium and Firefox driven for real, over WebDriver BiDi: one small client for both."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from websockets.sync.client import connect

QUIET = (
    "app.update.enabled", "network.captive-portal-service.enabled", "network.connectivity-service.enabled",
    "browser.shell.checkDefaultBrowser", "datareporting.policy.dataSubmissionEnabled", "toolkit.telemetry.enabled",
)  # fmt: skip
PATIENCE = 90  # seconds; a busy machine starts a browser slowly


class Browser:
    """A tab of a browser. ``requests`` are the addresses that it asked for, ``errors`` what its console reported."""

    def __init__(self, socket):
        self.socket, self.number, self.requests, self.errors = socket, 0, [], []
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])

    def call(self, method, **parameters):
        """Send a command; its result."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=PATIENCE))
            if message.get("id") == self.number:
                assert "result" in message, message
                return message["result"]
            self._note(message)

    def _note(self, message):
        if message.get("method") == "network.beforeRequestSent":
            self.requests.append(message["params"]["request"]["url"])
        elif message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
            self.errors.append(message["params"]["text"])

    def go(self, address):
        """Open an address and wait until the page has drawn something."""
        self.call("browsingContext.navigate", context=self.context, url="about:blank", wait="complete")
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")
        self.wait("window.page && page.drawn.plays > 0")

    def run(self, script):
        """The value of a JavaScript expression, awaited, as JSON carries it."""
        wrapped = f"(async () => JSON.stringify(await ({script})) ?? 'null')()"
        found = self.call("script.evaluate", expression=wrapped, target={"context": self.context}, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def wait(self, condition):
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.run(f"!!({condition})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {condition}")

    def resize(self, width, height):
        """Set the size of the page."""
        size = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self.context, viewport=size)

    def press(self, *keys):
        """Press keys one after the other, as a user does."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("input.performActions", context=self.context, actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def click(self, x, y):
        """Click at a place of the page."""
        steps = [
            {"type": "pointerMove", "x": int(x), "y": int(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.call("input.performActions", context=self.context, actions=[{"type": "pointer", "id": "mouse", "actions": steps}])


@contextmanager
def chromium():
    """Debian's Chromium through its chromedriver."""
    driver = shutil.which("chromedriver")
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    assert None not in (driver, binary), "these tests drive Chromium: install chromium and chromium-driver"
    with _process([driver, "--port=0"], stdout=subprocess.PIPE) as process:
        port = next(line.rsplit(" ", 1)[1].strip(" .\n") for line in _lines(process) if "successfully on port" in line)
        switches = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip
        wanted = {"webSocketUrl": True, "goog:chromeOptions": {"args": switches, "binary": binary}}
        body = json.dumps({"capabilities": {"alwaysMatch": wanted}}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/session", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            session = json.load(answer)["value"]
        try:
            with connect(session["capabilities"]["webSocketUrl"], max_size=None) as socket:
                yield Browser(socket)
        finally:
            end = urllib.request.Request(f"http://127.0.0.1:{port}/session/{session['sessionId']}", method="DELETE")
            with suppress(OSError):
                urllib.request.urlopen(end, timeout=PATIENCE).close()


@contextmanager
def firefox():
    """Debian's Firefox, which speaks BiDi itself."""
    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    assert binary, "these tests drive Firefox: install firefox-esr"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text("".join(f'user_pref("{name}", false);\n' for name in QUIET), "utf-8")
        command = [binary, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        with _process(command, stderr=subprocess.PIPE) as process:
            address = next(line.split()[-1] for line in _lines(process) if "WebDriver BiDi listening" in line)
            with connect(f"{address}/session", max_size=None, open_timeout=PATIENCE) as socket:
                socket.send(json.dumps({"id": 0, "method": "session.new", "params": {"capabilities": {}}}))
                while json.loads(socket.recv(timeout=PATIENCE)).get("id") != 0:
                    pass
                yield Browser(socket)


def _lines(process):
    return iter((process.stdout or process.stderr).readline, "")


@contextmanager
def _process(command, **pipes):
    """A process and all that it starts, ended at the end."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **pipes}
    process = subprocess.Popen(command, text=True, start_new_session=True, **quiet)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()
