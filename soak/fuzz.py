"""Mutated scenario and experiment files: each either runs, or is refused with a message that names a place in the file.

No traceback, no hang, no memory over one gibibyte (700 MiB on top of what the program has by itself).
A file hangs if it takes longer than fifty times what the YAML of all shipped files takes to be read here:
five seconds of the processor on which this was set, as much longer as another is slower. What the program
loads and compiles once is not the file's: a shipped file of each kind is played first. What breaks a rule
is kept and reported with the seed and number that make it again.
"""

from __future__ import annotations

import functools
import multiprocessing
import random
import resource
import shutil
import signal
import statistics
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import numpy as np
import yaml

LONGEST, MOST_MEMORY, MOST_RUNS, STEP, PLAYED = 50, 700 << 20, 20_000, 250, 25
NASTY = (
    ".nan", ".inf", "-.inf", "1e400", "-1", "0", "1e-320", "99999999999999999999", "010", "0x1f", "12:30:45", "no", "off", "NO",
    "null", "~", "''", '"', "{", "}", "[", "]", "{}", "[]", "- ", "? ", ": ", "|", ">", "&a", "*a", "!!python/object:os.system",
    "!!float x", "<<: *a", "%YAML 1.1", "---", "...", "\t", "\0", "\u2028", "\ufeff", "é", "💥", "#", "a" * 3000, "9" * 5000,
    "{from: 1, to: 0}", "{from: .nan, to: 1}", "{normal: [0, 0]}", "{choices: []}", "{choices: [1], jointly: x}", "{value: {}}",
    "[1, [2, [3]]]", "2014-Q5", "2014-Q1", "2014-13", "99999-Q1", "parent.grievance: 3", "{parent.channels: off}", "all",
    "{until: {outcome: alienation_at_end, half_width: 0.1}, at_most: 3}", "georgia_2014", "../../../etc/passwd",
    "/dev/zero", ".",
)  # fmt: skip


class TooLong(Exception):
    """It took longer than ``longest``."""


ROOT = Path(__file__).parents[1]


def originals() -> list[tuple[Path, str]]:
    """Place and text of all shipped files."""
    files = [path for kind in ("scenarios", "experiments") for path in sorted((ROOT / kind).rglob("*.yaml"))]
    return [(path.relative_to(ROOT), path.read_text("utf-8")) for path in files]


@functools.cache
def longest() -> float:
    """Seconds of this processor that a file may take: ``LONGEST`` times the YAML of all shipped files."""
    taken = []
    for _ in range(3):
        before = time.process_time()
        for _, text in originals():
            yaml.load(text, yaml.SafeLoader)
        taken.append(time.process_time() - before)
    return LONGEST * statistics.median(taken)


@functools.cache
def load_what_runs_need() -> None:
    """Play a shipped scenario and a shipped experiment, so that no file pays for what is loaded and compiled once."""
    _run("scenario", ROOT / "scenarios" / "georgia_2014.yaml", play=True)
    _run("experiment", ROOT / "experiments" / "integration_dilemma.yaml", play=True)


def mutated(text: str, others: list[str], chance: random.Random) -> str:
    """The text after a few small accidents."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        text = chance.choice(ACCIDENTS)(text, others, chance)
    return text


def _line(text, others, chance):
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = " " * chance.randrange(9) + lines[at].lstrip()
        case 4:
            lines.insert(at, chance.choice(NASTY))
    return "\n".join(lines)


def _value(text, others, chance):
    places = [at for at in range(len(text) - 2) if text[at : at + 2] == ": "]
    if not places:
        return text
    at = chance.choice(places) + 2
    ends = [text.find(mark, at) for mark in ("\n", ", ", "}", " #")]
    end = min([end for end in ends if end >= 0], default=len(text))
    return text[:at] + chance.choice(NASTY) + text[end:]


def _letter(text, others, chance):
    at = chance.randrange(len(text) + 1)
    what = chance.choice(("", chr(chance.randrange(1, 0x2FF)), chance.choice("{}[]:,-#&*!|>'\"%@`?\n\t ")))
    return text[:at] + what + text[at + chance.randrange(2) :]


def _word(text, others, chance):
    words = text.split(" ")
    at = chance.randrange(len(words))
    words[at] = chance.choice((chance.choice(NASTY), chance.choice(words), words[at][::-1], words[at] + words[at]))
    return " ".join(words)


def _cut(text, others, chance):
    first, last = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return chance.choice((text[:first], text[first:], text[:first] + text[last:], text[first:last] * 2))


def _splice(text, others, chance):
    other = chance.choice(others)
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _deep(text, others, chance):
    depth = chance.choice((3, 40, 2000))
    mark = chance.choice(("[", "{a: "))
    return _value(text, others, chance) if chance.random() < 0.5 else text + "\nx: " + mark * depth


ACCIDENTS = (_line, _value, _value, _letter, _word, _cut, _splice, _deep)


def tried(kind: str, text: str, path: Path, play: bool = True) -> str:
    """What becomes of a file: ``runs``, ``refused``, or what rule it breaks; whether what stands is played as well."""
    from frozen_conflict_sim.scenario import InputError

    path.write_text(text, "utf-8", errors="surrogatepass")
    before, most = _memory(), longest()
    signal.signal(signal.SIGALRM, _ring)
    signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, most)  # of the processor, so that a busy machine does not count
    signal.setitimer(signal.ITIMER_REAL, 20 * most)
    try:
        _run(kind, path, play)
        found = "runs"
    except InputError as error:
        placed = error.problems and all(problem.position.line >= 1 for problem in error.problems)
        found = "refused" if placed else f"refused without a place: {error}"
    except TooLong:
        found = f"took more than {most:.1f} seconds"
    except Exception:
        found = traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    taken = _memory() - before
    return f"took {taken >> 20} MiB" if taken > MOST_MEMORY and found in ("runs", "refused") else found


def _ring(number, frame):
    raise TooLong


def _memory() -> int:
    """The most that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _run(kind: str, path: Path, play: bool) -> None:
    """Read a file as its command would and, if it stands, play a little of it."""
    from frozen_conflict_sim.experiment.execute.simulate import simulate
    from frozen_conflict_sim.experiment.load import load_experiment
    from frozen_conflict_sim.experiment.study.study import Study
    from frozen_conflict_sim.model.model import FrozenConflictModel
    from frozen_conflict_sim.scenario import load_scenario

    small = {"public.residents": 50}
    if kind == "scenario":
        scenario = load_scenario(path)
        if play:
            model = FrozenConflictModel(scenario.with_values(small), runs=1, seed=1)
            for _ in range(min(scenario.turns, 2)):
                model.step()
            model.outcomes()
            model.release()
        return
    study = Study(load_experiment(path, small if play else None))
    if play and study.runs <= MOST_RUNS:
        task = study.task(0, np.arange(1))
        result = simulate(task.scenario, study.seed, task.rows, ())
        if result.failures:
            raise RuntimeError(result.failures[0]["traceback"])


def batch(job: tuple[int, int, int, str, int]) -> tuple[Counter, list[str]]:
    """Try files ``first`` to ``last`` of a seed, and play the first that stand: what came of them, and what broke a rule."""
    seed, first, last, keep, played = job
    load_what_runs_need()
    texts, counts, broken = originals(), Counter(), []
    every = [text for _, text in texts]
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("scenarios", "experiments"):
            shutil.copytree(ROOT / kind, Path(folder) / kind)
        for number in range(first, last):
            chance = random.Random(seed * 10_000_019 + number)
            place, text = chance.choice(texts)
            kind, text = place.parts[0].removesuffix("s"), mutated(text, every, chance)
            found = tried(kind, text, Path(folder) / place.with_name("mutated.yaml"), counts["runs"] < played)
            counts[found if found in ("runs", "refused") else "broken"] += 1
            if found not in ("runs", "refused"):
                broken.append(f"{kind} {number} of seed {seed}: {found}")
                if keep:
                    (Path(keep) / f"{kind}_{seed}_{number}.yaml").write_text(text, "utf-8", errors="surrogatepass")
    return counts, broken


def main(quick=False):
    """Try a hundred thousand files, or two thousand."""
    files, keep = 2_000 if quick else 100_000, tempfile.mkdtemp(prefix="mutated-")
    jobs = [(1, at, min(at + STEP, files), keep, PLAYED) for at in range(0, files, STEP)]
    counts, broken = Counter(), []
    with multiprocessing.get_context("spawn").Pool(maxtasksperchild=8) as pool:
        for found, bad in pool.imap_unordered(batch, jobs):
            counts, broken = counts + found, broken + bad
    summary = f"{counts['runs']:,} mutated files ran, {counts['refused']:,} were refused with a place"
    if broken:
        raise AssertionError("\n".join([f"{len(broken)} files, kept in {keep}, broke a rule ({summary})", *broken[:20]]))
    shutil.rmtree(keep)
    return summary
