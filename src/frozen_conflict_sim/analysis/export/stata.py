"""Export to Stata: names of at most 32 characters, labels, value labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ...results import Results
from .codebook import Variable

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NAME = 32
LONGEST_LABEL = 80
RESERVED = {"class": "run_class"}
UNICODE = 118


def names(columns: Iterable[str]) -> dict[str, str]:
    """What Stata calls each column, no two alike; where a name is too long, its first parts are cut to three letters a word.

    >>> names(["georgia.alienation_at_end", "patron.incentives.curators_agenda", "south_ossetia.integration_on_average"])
    {'georgia.alienation_at_end': 'georgia_alienation_at_end',
     'patron.incentives.curators_agenda': 'pat_incentives_curators_agenda',
     'south_ossetia.integration_on_average': 'sou_oss_integration_on_average'}
    """
    called: dict[str, str] = {}
    for name in columns:
        short, number = _short(name), 1
        while short in called.values():
            number += 1
            short = f"{_short(name)[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        called[name] = short
    return called


def _short(name: str) -> str:
    parts = [re.sub("[^A-Za-z0-9]", "_", part) for part in name.split(".")]
    for place in range(len(parts) - 1):
        if len("_".join(parts)) > LONGEST_NAME:
            parts[place] = "_".join(word[:3] for word in parts[place].split("_"))
    short = RESERVED.get(name, "_".join(parts)[:LONGEST_NAME].rstrip("_"))
    return short if short[:1].isalpha() else f"v{short}"[:LONGEST_NAME]


def write(path: Path, table: pd.DataFrame, book: list[Variable], results: Results) -> None:
    """Write a table with variable labels, value labels of decisions, quarters as Stata counts them (``%tq``).

    Undefined values are missing.
    """
    import pandas as pd

    words = {name: table[name].fillna("").astype(str) for name in table if table[name].dtype.kind not in "iuf"}
    dates = {"quarter": "tm" if results.scenario.time_step == "month" else "tq"} if "quarter" in words else {}
    words |= {name: pd.PeriodIndex(table[name], freq=unit[1].upper()).to_timestamp() for name, unit in dates.items()}
    renamed = table.assign(**words).rename(columns={variable.column: variable.variable for variable in book})
    renamed.to_stata(
        path,
        write_index=False,
        convert_dates=dates,
        version=UNICODE,
        time_stamp=datetime.fromisoformat(results.manifest["started"]),
        data_label=results.title[:LONGEST_LABEL],
        variable_labels={variable.variable: _label(variable) for variable in book},
        value_labels={variable.variable: variable.codes for variable in book if variable.codes},
    )


def _label(variable: Variable) -> str:
    unit = f" ({variable.unit})" if variable.unit else ""
    return variable.label[: LONGEST_LABEL - len(unit)] + unit
