"""A batch is killed at random moments, again and again, and resumed: it ends like one that was never disturbed."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SMALL = "extends: georgia_2014\ntitle: Small\nquarters: 8\npublic: {residents: 60}\n"
STUDY = """\
question: What do the policies do?
scenario: small.yaml
levers: {patron.policy: [swallow, salami, status_quo]}
design: {kind: sobol, points: 32}
replicates: %d
compare_with: {parent.channels: off}
outcomes: [western_alignment_at_end]
keep: [alienation]
seed: 7
"""
BATCH = [
    sys.executable,
    "-m",
    "frozen_conflict_sim",
    "batch",
    "study.yaml",
    "--task-size",
    "64",
    "--workers",
    "2",
    "--quiet",
    "--json",
]


def main(quick=False):
    """Kill it thirty times (three, if it shall be quick)."""
    kills, chance = (3, random.Random(1)) if quick else (30, random.Random())
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        (place / "small.yaml").write_text(SMALL)
        (place / "study.yaml").write_text(STUDY % (4 if quick else 30))
        undisturbed = _summary(place, "undisturbed")
        before, folders, killed = {}, 1, 0
        while killed < kills:
            out = place / f"disturbed-{folders}"
            if _killed(place, out, chance.choice((0, 1, 1, 2)), chance.uniform(0, 0.5)):
                killed += 1
            else:  # it was done before: begin anew
                _same(place / "undisturbed", out)
                folders, before = folders + 1, {}
                continue
            now = _finished(out)
            again = [name for name, mark in before.items() if now.get(name) != mark]
            assert not again, f"finished parts were written again: {again[:3]}"
            before = now
        assert _summary(place, out.name) == undisturbed, "the summary is another one"
        now = _finished(out)
        assert all(now.get(name) == mark for name, mark in before.items()), "finished parts were written again"
        _same(place / "undisturbed", out)
        verified = subprocess.run([*BATCH[:3], "verify", out.name], cwd=place, capture_output=True, text=True, check=False)
        assert verified.returncode == 0, verified.stdout
        return f"{killed} kills, {len(now)} parts, {folders} folders: each as undisturbed, no finished part played again"


def _summary(place, out):
    done = subprocess.run([*BATCH, "--out", out], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    return {key: value for key, value in summary.items() if key != "results"}


def _killed(place, out, parts, seconds):
    """Let the batch finish some parts, wait ``seconds``, kill it; false if it was done before."""
    there = len(_finished(out))
    words = [*BATCH, "--out", out.name]
    process = subprocess.Popen(words, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and len(_finished(out)) < there + parts:
        time.sleep(0.01)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    _, output = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), output
    return process.returncode != 0


def _finished(out):
    """Every part that is finished, and what changes if any of its files is written again."""
    marks = {}
    for record in (out / "parts").glob("[0-9]*.json"):
        files = [record, *(out / name for name in json.loads(record.read_bytes())["files"])]
        marks[record.name] = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in files]
    return marks


def _same(one, other):
    """Both folders have the same files with the same bytes, but for the time of day."""
    contents = [_contents(folder) for folder in (one, other)]
    differing = sorted(name for name in {*contents[0], *contents[1]} if contents[0].get(name) != contents[1].get(name))
    assert not differing, f"{other.name} differs from {one.name} in {differing[:5]}"


def _contents(folder):
    found = {os.fspath(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in ("manifest.json", "parts/manifest.json"):
        manifest = json.loads(found[name])
        found[name] = {
            key: value for key, value in manifest.items() if key not in ("started", "ended", "counts", "status", "blake2b")
        }
    return found
