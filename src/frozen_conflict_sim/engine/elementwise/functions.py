"""What a function refers to besides its arguments."""

from __future__ import annotations

import dis
import inspect
import types


def referred_to(function: types.FunctionType) -> dict[str, object]:
    """The values of the globals and of the enclosing variables that a function refers to, by name.

    >>> sorted(referred_to(referred_to))
    ['names_in', 'types']
    """
    cells = zip(function.__code__.co_freevars, function.__closure__ or ())
    found = {name: function.__globals__[name] for name in names_in(function.__code__) if name in function.__globals__}
    return found | {name: cell.cell_contents for name, cell in cells if cell != types.CellType()}


def names_in(code: types.CodeType) -> set[str]:
    """The names that a piece of code, and the code inside it, looks up."""
    inner = (constant for constant in code.co_consts if inspect.iscode(constant))
    return {*code.co_names}.union(*map(names_in, inner))


def looks_up(function: types.FunctionType, name: str) -> bool:
    """Whether a function looks up a name by itself, not only as an attribute of something else."""
    codes = [function.__code__]
    for code in codes:
        codes += (constant for constant in code.co_consts if inspect.iscode(constant))
    looked_up = (each for code in codes for each in dis.get_instructions(code) if each.argval == name)
    return any(
        each.opname.startswith("LOAD") and "ATTR" not in each.opname and "METHOD" not in each.opname for each in looked_up
    )


def needed_by(function: types.FunctionType) -> dict[str, object]:
    """The same without globals that are only called like an attribute that the function uses."""
    own = function.__code__.co_freevars
    return {name: value for name, value in referred_to(function).items() if name in own or looks_up(function, name)}
