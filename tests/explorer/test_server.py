"""The server: on loopback, for its own page only; and the command that starts it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing

import pytest

QUESTION = {"values": {}, "drop": [], "runs": 32, "shown": "georgia.alienation"}


def asked(server, method="GET", path="/", body=None, **headers):
    """The status, headers and body of an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)) as connection:
        connection.request(method, path, None if body is None else json.dumps(body), named)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def test_it_listens_on_loopback_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_the_page_allows_nothing_from_elsewhere(server):
    status, headers, _ = asked(server)
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "//" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    for name in server.page:
        text = asked(server, path=f"/{name}")[2].decode()
        others = [word for word in text.split('"') if re.match(r"https?:|//\w", word) and "www.w3.org" not in word]
        assert others == [], name


@pytest.mark.parametrize("path", ["/../state.py", "/%2e%2e/state.py", "/nothing.js", "/page/main.js"])
def test_nothing_but_the_page_is_served(server, path):
    assert asked(server, path=path)[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"}, {"Host": "evil.example:80"}, {"Origin": "http://evil.example"}, {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_hosts_and_origins_are_refused(server, method, headers):
    path, body = ("/", None) if method == "GET" else ("/ask/play", QUESTION)
    status, _, answer = asked(server, method, path, body, Content_Type="application/json", **headers)
    assert status == 403
    assert b"fan" not in answer


def test_the_own_page_is_answered(server):
    own = f"http://127.0.0.1:{server.server_port}"
    status, headers, body = asked(
        server, "POST", "/ask/play", QUESTION, Content_Type="application/json", Origin=own, Sec_Fetch_Site="same-origin"
    )
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert len(json.loads(body)["classes"]) == 32


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/ask/play", QUESTION, "text/plain", 415),
        ("/ask/nothing", QUESTION, "application/json", 404),
        ("/ask/prepare", QUESTION, "application/json", 404),
        ("/play", QUESTION, "application/json", 404),
        ("/ask/play", [1], "application/json", 400),
        ("/ask/play", QUESTION | {"runs": "many"}, "application/json", 422),
        ("/ask/play", QUESTION | {"more": "x" * 2_000_000}, "application/json", 413),
        ("/ask/play", QUESTION | {"more": "x" * 40_000_000}, "application/json", 413),
    ],
)
def test_bad_questions_are_refused(server, path, body, kind, status):
    assert asked(server, "POST", path, body, Content_Type=kind)[0] == status


def test_the_command_serves_until_it_is_interrupted(file):
    command = [sys.executable, "-m", "frozen_conflict_sim", "explore", str(file), "--runs", "16", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    with closing(http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=60)) as connection:
        connection.request("GET", "/")
        assert b"<title>Explorer" in connection.getresponse().read()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode in (0, 130)


def test_a_live_file_is_offered_and_refused_like_any_other_setting(file):
    from frozen_conflict_sim import InputError, load_scenario
    from frozen_conflict_sim.explorer.answers import Answers
    from frozen_conflict_sim.explorer.save_live import offer_live_file

    made = Answers(load_scenario(file), str(file), 16, seed=3)
    offer_live_file(made)
    assert made.description["live"]
    with pytest.raises(InputError, match="Crimea"):
        made.asked["live"]({"values": {}, "drop": ["Crimes"]})


def test_wrong_input_is_told(command, tmp_path):
    assert "did you mean 'georgia_2014'" in command("explore", "georgia_2041", cwd=tmp_path, code=2).stderr
    assert "prestige" in command("explore", "--set", "patron.incentives.prestig=1", cwd=tmp_path, code=2).stderr


def test_a_taken_port_is_told(command, server, tmp_path):
    told = command("explore", "--port", str(server.server_port), "--no-browser", cwd=tmp_path, code=2).stderr
    assert f"port {server.server_port} cannot be used" in told
