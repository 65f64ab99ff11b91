"""Write the live file: the page, the WebAssembly, the memory and the stories in one HTML file."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path

import numpy as np

from ... import __version__
from ...experiment.store.files import keep_out_of_results, make_folder, write_atomically
from ...politics.catalogue import declared
from ...scenario import Scenario
from ...scenario.addresses import addresses_of
from ..answers import Answers
from ..server import _plain
from .bundle import bundled
from .check import Trial, checked
from .content import engine_data, map_data, stories
from .ensemble import LiveFileEnsemble
from .part import steps_of

RUNS, RESIDENTS = 128, 300
POLICY = (
    "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
LARGE = 4096  # bytes from which an array is packed byte by byte
WORD = {True: 4, False: 1}


@dataclass(frozen=True)
class LiveFile:
    """A live file: ``html`` is all of it; ``played`` says whether its WebAssembly was played and compared while it was made.

    ``movable`` and ``fixed`` are the keys that the page can and cannot move, ``policies`` those that it offers.
    """

    html: str
    played: bool
    movable: tuple[str, ...]
    fixed: tuple[str, ...]
    policies: tuple[str, ...]

    def save(self, path: str | Path) -> Path:
        """Write the file; the path."""
        path = Path(path)
        keep_out_of_results(path)
        make_folder(path.parent)
        write_atomically(path, self.html.encode())
        return path

    def _repr_html_(self) -> str:
        """The page in a notebook, as a document of its own inside the notebook's."""
        return (
            f'<iframe title="live page" sandbox="allow-scripts allow-downloads" srcdoc="{escape(self.html)}" '
            'style="width:100%;height:900px;border:1px solid #8886;border-radius:8px"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<LiveFile of {len(self.html) / 1e6:.1f} MB: {len(self.movable)} sliders, {len(self.policies)} policies>"


def live_file(
    scenario: Scenario,
    name: str = "",
    *,
    opening: dict | None = None,
    seed: int = 1,
    runs: int = RUNS,
    residents: int | None = None,
    saying: Callable[[str], object] = lambda words: None,
) -> LiveFile:
    """The live file of a scenario: ``runs`` runs with ``residents`` residents in each territory, ``opening`` with some values.

    By default these are as many as the scenario has, but 300 at most.

    ``name`` is what a saved setting extends. ``saying`` is called with what is being done. Raises ``NotEqual`` if its
    WebAssembly gives other numbers than Python, and ``NotCompilable`` if a rule cannot be compiled.
    """  # fmt: skip
    if opening:
        scenario = scenario.with_values(opening)
    residents = residents or min(RESIDENTS, _residents(scenario))
    scenario = scenario.with_values({"public.residents": residents})
    saying("compiling the model for browsers")
    answers = Answers(scenario, name or scenario.path or "georgia_2014", runs, seed)
    answers.prepare(background=False)
    described = answers.ask_describe({})
    numbers = [control["key"] for control in described["controls"] if control["kind"] == "number"]
    ensemble = LiveFileEnsemble(scenario, numbers, runs, seed, described["policy_key"])
    code = ensemble.image.code()
    saying("comparing its numbers with those of Python")
    trials, played = checked(ensemble)
    saying("telling the stories of typical runs")
    data = {
        "name": answers.name, "description": _description(described, ensemble), "engine": engine_data(ensemble, described),
        "answers": stories(answers), "sensitivity": answers.ask_sensitivity({}), "still": answers.ask_still({})["still"],
        "map": map_data(ensemble, answers),
        "trials": [_trial(ensemble, trial, digest) for trial, digest in trials],
    }  # fmt: skip
    data["regions"], blobs = _regions(ensemble)
    fixed = tuple(key for key in numbers if key not in ensemble.movable)
    policies = tuple(policy.name for policy in ensemble.policies if policy.name)
    html = _page(scenario, data, blobs | {"code": code}, _about(ensemble, fixed, residents))
    return LiveFile(html, played, tuple(ensemble.movable), fixed, policies)


def _residents(scenario: Scenario) -> int:
    """The most residents that a territory of the scenario has."""
    target = addresses_of(declared, scenario.entities)["public.residents"]
    found = [scenario.values[address].fixed for address in target.addresses if address in scenario.values]
    return int(max(found, default=target.declared.default))


def _trial(ensemble: LiveFileEnsemble, trial: Trial, digest: list[int]) -> dict:
    values: dict[str, object] = {
        key: {"from": value[0], "to": value[1]} if isinstance(value, tuple) else value for key, value in trial.values.items()
    }
    if trial.policy:
        values[ensemble.policy_key] = trial.policy
    setting = {"values": values, "drop": list(trial.drop), "steps": steps_of(ensemble, trial.forced)}
    return {"setting": setting, "digest": digest}


def _description(described: dict, ensemble: LiveFileEnsemble) -> dict:
    """The description of the page without what the file cannot do: other words, and numbers that shape the beginning."""
    policies = {policy.name for policy in ensemble.policies}
    controls = [control for control in described["controls"] if control["key"] in ensemble.movable]
    for control in described["controls"]:
        if control["key"] == ensemble.policy_key:
            controls.append(control | {"options": [option for option in control["options"] if option in policies]})
    events = [event for event in described["events"] if event["name"] in ensemble.dropped()]
    return described | {"controls": controls, "events": events, "live": False}


def _about(ensemble: LiveFileEnsemble, fixed: tuple[str, ...], residents: int) -> str:
    missing = f"; not the policies {', '.join(ensemble.other_policies)}" if ensemble.other_policies else ""
    return (
        f"The model itself plays in this page: {ensemble.runs} runs with {residents} residents in each territory, seed "
        f"{ensemble.seed}, made by frozen-conflict-sim {__version__}. It asks nothing of any other machine. It moves "
        f"{len(ensemble.movable)} numbers, all events and {len(ensemble.policies)} policies{missing}; {len(fixed)} numbers are "
        "left out because they shape how residents are born or where a run begins, as are rules of choice: for these run "
        "frozen-conflict-sim explore. Most values are assumptions: each slider says where its own comes from."
    )


def _regions(ensemble: LiveFileEnsemble) -> tuple[list[dict], dict[str, bytes]]:
    """The regions of memory that do not begin as zeros, and their contents; equal contents are there once."""
    listed, blobs, names = [], {}, {}
    for region in ensemble.image.regions.values():
        if region.content is None or not region.size:
            continue
        word = WORD[region.size >= LARGE]
        content = np.frombuffer(region.content, np.uint8).reshape(-1, word).T.tobytes()
        digest = sha256(content).hexdigest()
        if digest not in names:
            names[digest] = f"memory-{len(names)}"
            blobs[names[digest]] = content
        listed.append({"at": region.at, "blob": names[digest], "word": word, "changes": region.changes})
    return listed, blobs


def _page(scenario: Scenario, data: dict, blobs: dict[str, bytes], about: str) -> str:
    """The HTML: nothing of the scenario stands in it as markup."""
    page, own = files("frozen_conflict_sim.explorer") / "page", files(__package__) / "page"
    modules = {path.name: path.read_text("utf-8") for path in page.iterdir() if path.name.endswith(".js")}
    latest = modules["engine.js"]
    modules |= {path.name: path.read_text("utf-8") for path in own.iterdir() if path.name != "worker.js"}
    modules["engine.js"] += "\n" + latest[latest.index("// Latest wins") :]
    script, worker = bundled(modules, "main.js"), (own / "worker.js").read_text("utf-8")
    style = (page / "style.css").read_text("utf-8")
    text = json.dumps(_plain(data), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    packed = {"data": text.encode()} | blobs
    stored = "\n".join(
        f'<script type="text/plain" id="live-{name}">{_packed(content)}</script>' for name, content in packed.items()
    )
    allowed = POLICY.format(script="'sha256-" + b64encode(sha256(script.encode()).digest()).decode() + "' blob:")
    icon = b64encode((page / "icon.svg").read_bytes()).decode()
    html = (page / "index.html").read_text("utf-8")
    for before, after in {
        '<meta charset="utf-8">': f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{allowed}">',
        '<link rel="icon" href="icon.svg" type="image/svg+xml">': f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">',
        '<link rel="stylesheet" href="style.css">': f"<style>\n{style}\n</style>",
        '<script type="module" src="main.js"></script>\n': "",
        "<title>Explorer · frozen-conflict-sim</title>": f"<title>{escape(scenario.title)}</title>",
        '<p id="checked" role="status">': '<p id="checked" role="status">Comparing the numbers of this browser with Python…',
    }.items():
        if before not in html:
            raise ValueError(f"the page has no {before}")
        html = html.replace(before, after, 1)
    html = _with_about(html, about)
    end = f'{stored}\n<script type="text/plain" id="live-worker">{worker}</script>\n<script>{script}</script>\n</body>'
    return html.replace("</body>", end, 1)


def _with_about(html: str, about: str) -> str:
    start = html.index('<p id="about-file">')
    end = html.index("</p>", start)
    return f'{html[:start]}<p id="about-file">{escape(about)}{html[end:]}'


def _packed(content: bytes) -> str:
    return b64encode(gzip.compress(content, 9, mtime=0)).decode()
