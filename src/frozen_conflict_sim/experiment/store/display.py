"""Results as a notebook shows them: what was run, what was varied, the key outcomes, how the runs ended."""

from __future__ import annotations

import numpy as np

from ...files.html import heading, table

MOST = 24  # rows of a table


def html(results) -> str:
    """The HTML of some results; means are of finished runs, nine tenths of which lie between the 5 % and the 95 % quantile."""
    manifest = results.manifest
    counts = manifest["counts"]
    failed = f", {counts['failed']:,} failed" if counts["failed"] else ""
    about = f"{counts['finished']:,} runs{failed} · seed {manifest['seed']} · model {manifest['code']['version']}"
    parts = [heading(manifest["question"] or results.title, about if not results.path else f"{about} · {results.path}")]
    levers = [(name, results.columns[name].unit, _values(results, name)) for name in varied(results)]
    parts.append(table(("varied", "unit", "values"), levers[:MOST], "What was varied by design"))
    if counts["finished"]:
        parts.append(table(("outcome", "mean", "5 %", "95 %", "unit"), _outcomes(results), "Key outcomes"))
        shares = results.table(["class"])["class"].value_counts(normalize=True)
        parts.append(
            table(("class", "share of runs"), [(name, f"{share:.1%}") for name, share in shares.items()], "How the runs went")
        )
    return "".join(parts)


def varied(results) -> list[str]:
    """The columns that an experiment varies: arm, levers and uncertainties."""
    return [*(name for name in ("arm",) if name in results.columns), *results.names("lever"), *results.names("uncertainty")]


def _values(results, name: str) -> str:
    values = results.table([name])[name].dropna()
    if values.dtype.kind == "f" and values.nunique() > 6:
        return f"{values.min():.3g} to {values.max():.3g}"
    return ", ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values.unique()[:MOST])


def _outcomes(results) -> list[tuple[str, ...]]:
    names = list(results.experiment.outcomes) or results.names("outcome", key_outcomes=True)
    rows = []
    for name in names[:MOST]:
        column, values = results.columns[name], results.table([name])[name].dropna().to_numpy(float)
        if not len(values):
            rows.append((column.label, "–", "–", "–", column.unit))
        elif column.unit == "yes or no":
            rows.append((column.label, f"{values.mean():.1%}", "", "", "of runs"))
        else:
            ends = np.quantile(values, (0.05, 0.95))
            rows.append((column.label, *(f"{value:.3g}" for value in (values.mean(), *ends)), column.unit))
    return rows
