"""``study``: a shipped study from its question to its finding."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options
from ..screen.messages import print_json, say


def _names(context, parameter, incomplete: str) -> list[str]:
    from ...findings.studies import STUDIES

    return [name for name in STUDIES if name.startswith(incomplete)]


@click.command(short_help="Run a shipped study: question, runs, pictures, finding.")
@click.argument("name", required=False, shell_complete=_names)
@click.option("--points", type=click.IntRange(min=1), help="Number of points of the design, instead of that in the file.")
@options.results_folder
@options.formats
@options.workers
@options.as_json
@options.quiet
def study(name, points, out, formats, workers, as_json, quiet):
    """Run the study NAME, draw its pictures, and print its finding; without a name, list the studies and their questions.

    Every sentence is computed from the runs. The results are in the folder --out, by default results/NAME, the pictures in its
    folder study, and the finding in study/finding.md.
    """
    from ...experiment.load import load_experiment
    from ...experiment.study.study import Study as Runs
    from ...findings.studies import STUDIES
    from ...findings.studies.study import IN_THIS_MODEL, study_called
    from ..run_study import report_failures, run_study

    if name is None:
        for known in STUDIES:
            click.echo(f"{known:20} {load_experiment(known).question}")
        return
    chosen, wanted = study_called(name), options.chosen_formats(formats)
    experiment = load_experiment(name, {"design.points": points} if points else None)
    out = out or Path("results") / name
    results = run_study(Runs(experiment), out, workers, quiet)
    answer = chosen.answer(results)
    if as_json:
        print_json({"study": name, "question": experiment.question, "results": str(out), "sentences": list(answer.sentences),
                    "numbers": answer.numbers})  # fmt: skip
    else:
        click.echo(f"{experiment.question}\n{IN_THIS_MODEL}:\n")
        for sentence in answer.sentences:
            click.echo(f"* {sentence}")
    _draw(chosen, results, answer, out / "study", wanted, quiet)
    report_failures(results)


def _draw(chosen, results, answer, folder: Path, formats: tuple[str, ...], quiet: bool) -> None:
    """Draw the pictures, and write the finding beside them."""
    from ...experiment.store.files import make_folder, write_atomically
    from ...findings.studies.study import IN_THIS_MODEL
    from ...plots.drawing.saving import provenance, save
    from ...plots.studies import pictures

    make_folder(folder)
    drawn = []
    for called, figure, says in pictures(chosen, results):
        for form in formats:
            path = folder / f"{called}.{form}"
            save(figure, path, {"title": results.experiment.question, "provenance": provenance(results), "sentence": says})
            drawn += [path] if form == formats[0] else []
    text = [f"# {results.experiment.question}", results.experiment.about, f"{IN_THIS_MODEL}:"]
    text += [*(f"* {sentence}" for sentence in answer.sentences), *(f"![{path.stem}]({path.name})" for path in drawn)]
    write_atomically(folder / "finding.md", ("\n\n".join([*text, provenance(results)]) + "\n").encode())
    if not quiet:
        say(f"finding:  {folder / 'finding.md'} and {len(drawn)} pictures")
