"""Completion candidates for the shell: shipped names, dotted keys, plots, columns of results."""

from __future__ import annotations

import csv
import os
from glob import escape, glob
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import CompletionItem, split_arg_string


def scenarios(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Shipped scenarios, and files."""
    return _named_or_file(shipped_names("scenarios"), incomplete)


def experiments(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Shipped experiments, and files."""
    return _named_or_file(shipped_names("experiments"), incomplete)


def files(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Everything that is shipped, and files."""
    return _named_or_file([*shipped_names("scenarios"), *shipped_names("experiments")], incomplete)


def folders(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Folders."""
    return [CompletionItem(incomplete, type="dir")]


def folders_or_scenarios(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Shipped scenarios, and folders."""
    known = [CompletionItem(name) for name in shipped_names("scenarios") if incomplete and name.startswith(incomplete)]
    return known or [CompletionItem(incomplete, type="dir")]


def plots(context: Context, parameter: Parameter, incomplete: str) -> list[str]:
    """Plots."""
    return [name for name in plot_summaries() if name.startswith(incomplete)]


def columns(context: Context, parameter: Parameter, incomplete: str) -> list[str]:
    """Columns of the results folder on the command line."""
    try:
        with open(Path(_named()) / "dictionary.csv", encoding="utf-8", newline="") as file:
            return _stepwise([row["column"] for row in csv.DictReader(file)], incomplete)
    except (OSError, ValueError, KeyError):
        return []


def keys(context: Context, parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Dotted keys of the scenario on the command line, one step at a time; complete keys come with their meaning."""
    from ..scenario.addresses import addresses_in
    from ..scenario.schema import declarations

    targets = addresses_in(declarations(), _scenario(context.info_name)).targets
    meanings = {f"{key}=": target.declared.meaning for key, target in targets.items()}
    return [CompletionItem(step, help=meanings.get(step)) for step in _stepwise(meanings, incomplete)]


def plot_summaries() -> dict[str, str]:
    """What each plot shows: the first lines of their files, because importing them would take a second."""
    files = sorted((Path(__file__).parents[1] / "plots").glob("*.py"))
    texts = {path.stem: path.read_text("utf-8") for path in files}
    return {name: text.partition("\n")[0].strip('"') for name, text in texts.items() if "\n@plot(" in text}


def _named() -> str:
    """The first word after the command that is no option; click does not know it while the last option lacks its value."""
    words = split_arg_string(os.environ.get("COMP_WORDS", ""))
    return next((word for word in words[2:] if not word.startswith("-")), "")


def _scenario(command: str):
    """The scenario, or that of the experiment, on the command line; a shipped one if that cannot be read."""
    from ..scenario import InputError, load_scenario

    try:
        if command == "batch":
            from ..experiment.load import load_experiment

            return load_experiment(_named()).scenario
        return load_scenario(_named())
    except InputError:
        return load_scenario("georgia_2014")


def _stepwise(names, incomplete: str) -> list[str]:
    """Names up to their next dot.

    >>> _stepwise(["patron.attention=", "patron.incentives.control=", "play.phase_order="], "p")
    ['patron.', 'play.']
    >>> _stepwise(["patron.attention=", "patron.incentives.control=", "play.phase_order="], "patron.")
    ['patron.attention=', 'patron.incentives.']
    """
    start = len(incomplete)
    steps = (name[: name.find(".", start) + 1] or name for name in names if name.startswith(incomplete))
    return list(dict.fromkeys(steps))


def _named_or_file(names: list[str], incomplete: str) -> list[CompletionItem]:
    """Names and YAML files that begin like this; if there are none, the shell completes file names."""
    known = [name for name in names if name.startswith(incomplete)]
    own = [path for path in sorted(glob(f"{escape(incomplete)}*.yaml")) if path not in known]
    return [CompletionItem(name) for name in (*known, *own)] or [CompletionItem(incomplete, type="file")]


def shipped_names(kind: str) -> list[str]:
    """The names of all shipped files of a kind."""
    from ..scenario import shipped

    return shipped.shipped_names(kind)
