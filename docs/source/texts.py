"""What the three texts say, and what the model makes of each statement: the first page of the findings."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from under_each_rule import written

from frozen_conflict_sim.experiment.execute.workers import processors
from frozen_conflict_sim.plots.statements import draw
from frozen_conflict_sim.record.statements.board import HOLDS_ALSO_OFF, Part, StatementBoard, StatementLine, by_horizon
from frozen_conflict_sim.record.statements.scoring import validate_statements
from frozen_conflict_sim.record.targets import HOLDS

RUNS, SEED = 600, 1
VERDICTS = {HOLDS: "comes out", HOLDS_ALSO_OFF: "comes out, by more than the mechanism named"}
EARLY, LATE = 10, 39  # quarters from the start


@cache
def board() -> StatementBoard:
    """All statements, scored."""
    return validate_statements(runs=RUNS, seed=SEED, workers=processors())


def picture() -> str:
    """The board as an SVG."""
    with TemporaryDirectory() as folder:
        (path,) = draw(board(), Path(folder))
        return path.read_text("utf-8")


def in_one_page() -> str:
    """How many statements come out, by the mechanism that the text names, and which do not."""
    tested = board().tested
    named = [line for line in tested if line.result == HOLDS and line.statement.mechanism_off]
    also = [line.statement.name for line in tested if line.result == HOLDS_ALSO_OFF]
    missing = [line for line in tested if not line.holds]
    lines = [
        f"Of {len(tested)} statements that are observations of the texts, or follow from their logic, {board().held} come "
        f"out of the shipped scenarios. In {len(named)} of them the mechanism that the text names is what brings it about: "
        "with that mechanism switched off, and the same random numbers, the target is missed."
    ]
    if also:
        lines.append(f"{_listed(also)} would come out without the named mechanism, too.")
    lines += [f"**{line.statement.name}** does not come out: {_missed(line)}.{_why(line)}" for line in missing]
    return "\n".join(f"* {line}" for line in lines)


def _listed(names: list[str]) -> str:
    names = [f"`{name}`" for name in names]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _missed(line: StatementLine) -> str:
    parts = [part for part in line.tested if part.verdict != HOLDS]
    return "; ".join(f"{part.name} is {written(part.estimate)}, target {part.target}" for part in parts)


def _why(line: StatementLine) -> str:
    """Why a statement does not come out, with the numbers behind it."""
    numbers = "; ".join(f"{part.name} {written(part.estimate)}" for part in line.parts if not part.target)
    return f" {line.reason} ({numbers[:1].upper()}{numbers[1:]}.)" if line.reason else ""


def dilemma() -> str:
    """Whether holding on pushes the parent west: when, where, under which assumptions, and what would turn it around."""
    line = board().line("pushes-west")
    numbers = by_horizon(line)
    theatres = list(dict.fromkeys(name.partition(",")[0] for name in numbers if not name.startswith("grievance")))
    regions = [name for name in numbers if name.startswith("grievance") and name.endswith("alignment")]
    return "\n".join(
        f"* {text}" for text in (_over_time(numbers, theatres[0]), _by_theatre(numbers, theatres), *_when(numbers, regions))
    )


def _over_time(numbers: dict[str, dict[int, Part]], theatre: str) -> str:
    def course(quantity: str) -> str:
        return ", ".join(
            f"{part.estimate.value:+.3f} after {quarter}" for quarter, part in numbers[f"{theatre}, {quantity}"].items()
        )

    return (
        f"**Over time.** {theatre}, if Moscow asks for everything instead of nothing, by number of quarters. Away from Moscow: "
        f"alienation {course('alienation')}; political normalisation {course('political normalisation')}. Toward the West: "
        f"alignment {course('alignment')}; western support {course('support')}."
    )


def _by_theatre(numbers: dict[str, dict[int, Part]], theatres: list[str]) -> str:
    def said(theatre: str) -> str:
        early, late = (numbers[f"{theatre}, alignment"][quarter] for quarter in (EARLY, LATE))
        return f"{theatre} {written(early.estimate)} after {EARLY} quarters and {written(late.estimate)} after {LATE}"

    return f"**Where.** Western alignment: {'; '.join(map(said, theatres))}. One set of behavioural values serves all theatres."


def _when(numbers: dict[str, dict[int, Part]], regions: list[str]) -> list[str]:
    """The sign of the effect on alignment by what is not known: how much the parent resents, and how much it gives way."""

    def named(region: str) -> str:
        return region.removesuffix(", alignment")

    late = {named(region): numbers[region][LATE].estimate for region in regions}
    west = [f"{region}: {written(found)}" for region, found in late.items() if found.low > 0.0]
    not_west = [f"{region}: {written(found)}" for region, found in late.items() if not found.low > 0.0]
    held = f"It drives Tbilisi west after {LATE} quarters with {'; '.join(west)}." if west else "Nowhere among these does it."
    doubt = (
        f"To believe the opposite one has to believe in {'; or '.join(not_west)}."
        if not_west
        else "In none of the tried regions does it bind Tbilisi instead: to believe the opposite one has to go beyond them."
    )
    return [f"**When.** {held}", f"**What one would have to believe.** {doubt}"]


def statements() -> str:
    """Every tested statement, theme by theme: the words of the text, what is tested, and the numbers on and off."""
    parts = []
    for theme, lines in groupby(board().tested, key=lambda line: line.statement.theme):
        parts.append(f"### {theme.replace('_', ' ').capitalize()}\n\n" + "\n".join(map(_bullet, lines)))
    return "\n\n".join(parts)


def _bullet(line: StatementLine) -> str:
    said = line.statement
    quote = f"*“{said.quote}”* [@{said.source}]. " if said.quote else ""
    off = f" With the mechanism off ({said.mechanism_off.description}): {_off(line)}." if said.mechanism_off else ""
    numbers = "; ".join(f"{part.name} {written(part.estimate)}" for part in line.tested[:2])
    return f"* {quote}{said.sentence} **{VERDICTS.get(line.result, line.result).capitalize()}**: {numbers}.{off}"


def _off(line: StatementLine) -> str:
    shown = [part for part in line.tested if part.off is not None and part.off.runs][:2]
    return "; ".join(f"{part.name} {part.off.value:.3f}" for part in shown) or "the case does not arise"
