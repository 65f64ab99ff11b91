"""What a function refers to besides its arguments."""

from __future__ import annotations

import dis
import inspect
import types

_SETS = {dis.opmap[name] for name in ("STORE_GLOBAL", "DELETE_GLOBAL", "STORE_DEREF", "DELETE_DEREF")}


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
    return {name for each in _codes(code) for name in each.co_names}


def looks_up(function: types.FunctionType, name: str) -> bool:
    """Whether a function looks up a name by itself, not only as an attribute of something else."""
    looked_up = (each for code in _codes(function.__code__) for each in dis.get_instructions(code) if each.argval == name)
    return any(
        each.opname.startswith("LOAD") and "ATTR" not in each.opname and "METHOD" not in each.opname for each in looked_up
    )


def needed_by(function: types.FunctionType) -> dict[str, object]:
    """The same without globals that are only called like an attribute that the function uses."""
    own = function.__code__.co_freevars
    return {name: value for name, value in referred_to(function).items() if name in own or looks_up(function, name)}


def stored_by(function: types.FunctionType) -> set[str]:
    """The globals and the enclosing variables that a function sets."""
    setting = [code for code in _codes(function.__code__) if _SETS & {*code.co_code[::2]}]
    steps = [step for code in setting for step in dis.get_instructions(code) if step.opcode in _SETS]
    enclosing = function.__code__.co_freevars
    return {step.argval for step in steps if step.opname.endswith("GLOBAL") or step.argval in enclosing}


def _codes(code: types.CodeType) -> list[types.CodeType]:
    """A piece of code, and all the code inside it."""
    found = [code]
    for each in found:
        found += (constant for constant in each.co_consts if inspect.iscode(constant))
    return found
