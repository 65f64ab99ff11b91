"""Expressions over columns of ``runs``, such as ``western_alignment_at_end > 0.6 and class == frozen``."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ...experiment.errors import NoSuchColumn, ResultsError
from ...files.problems import listed, nearest
from ...results import Results

COMPARISONS: dict[type, tuple[str, Callable]] = {
    ast.Gt: ("above", np.greater), ast.GtE: ("at least", np.greater_equal), ast.Lt: ("below", np.less),
    ast.LtE: ("at most", np.less_equal), ast.Eq: ("", np.equal), ast.NotEq: ("not", np.not_equal),
}  # fmt: skip
ARITHMETIC: dict[type, Callable] = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide}
LOGIC: dict[type, tuple[str, Callable]] = {ast.And: ("and", np.logical_and), ast.Or: ("or", np.logical_or)}
EXAMPLE = '"western_alignment_at_end > 0.6 and class == frozen"'
KEYWORD, STAND_IN = "class", "class_"
SEARCHED = ("about", "lever", "uncertainty", "parameter", "outcome")


@dataclass(frozen=True)
class Compared:
    """One comparison of a column with a constant, which a sentence can describe."""

    column: str
    sign: str
    constant: float | str


@dataclass(frozen=True)
class Expression:
    """A checked expression: the columns that it names, and where it holds."""

    text: str
    columns: tuple[str, ...]
    tree: ast.expr
    comparison: Compared | None

    def holds(self, results: Results) -> tuple[np.ndarray, np.ndarray]:
        """Where it holds, and where its columns and what is computed from them are defined; arrays over the runs.

        Raises ``ResultsError`` where words are compared as numbers.
        """
        table = results.table(list(self.columns))
        known = table.notna().all(axis=1).to_numpy()
        evaluation = _Evaluation(results, self.text)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = evaluation.condition(self.tree)
        known = known & evaluation.defined
        return found & known, known


def expression(text: str, results: Results) -> Expression:
    """Read an expression over the columns of some results.

    Names may be full (``georgia.western_alignment_at_end``) or bare where one owner alone has them. Comparisons, arithmetic,
    ``and``, ``or``, ``not``, ``in`` and brackets are understood. Raises ``NoSuchColumn`` for a name that is none of theirs,
    ``ResultsError`` for anything that is no expression.
    """
    try:
        tree = ast.parse(_prepared(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ResultsError(f"{text!r} cannot be read; write a comparison, as in {EXAMPLE}") from None
    if isinstance(tree, ast.Tuple):
        raise ResultsError(f"{text!r} has a comma; a decimal number has a point, as in {EXAMPLE}")
    evaluation = _Evaluation(results, text)
    evaluation.check(tree)
    if not evaluation.named:
        raise ResultsError(f"{text!r} names no column; write a comparison, as in {EXAMPLE}")
    return Expression(text, tuple(evaluation.named), tree, evaluation.comparison(tree))


def _prepared(text: str) -> str:
    """The text as Python would read it: ``class`` is no keyword, and a single ``=`` compares, unless they are quoted."""
    parts = re.split(r"""("[^"]*"|'[^']*')""", text.strip())
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(rf"(?<![\w.]){KEYWORD}(?!\w)", STAND_IN, re.sub(r"(?<![<>=!])=(?!=)", "==", parts[at]))
    return "".join(parts)


class _Evaluation:
    """The columns that an expression names, and its value over the runs."""

    def __init__(self, results: Results, text: str):
        self.results, self.text = results, text
        self.known = {name: column for name, column in results.columns.items() if column.kind in SEARCHED}
        self.named: dict[str, None] = {}
        self.defined: np.ndarray | bool = True  # where nothing was divided by zero

    def check(self, node: ast.expr) -> None:
        """Note all columns; raise for names and forms that are not understood."""
        match node:
            case ast.BoolOp(values=values):
                parts = values
            case ast.BinOp(left=left, right=right, op=op) if type(op) in ARITHMETIC:
                parts = [left, right]
            case ast.UnaryOp(operand=operand, op=ast.Not() | ast.USub() | ast.UAdd()):
                parts = [operand]
            case ast.Compare(left=left, comparators=others):
                words = self._is_word(left) or any(map(self._is_word, others))
                parts = [each for each in (left, *others) if not (words and self._as_word(each))]
            case ast.Name() | ast.Attribute():
                self.named[self.column(node)] = None
                return
            case ast.Constant(value=bool() | int() | float() | str()):
                return
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                pass
            case _:
                raise ResultsError(
                    f"{ast.unparse(node)!r} in {self.text!r} is not understood; write a comparison, as in {EXAMPLE}"
                )
        for part in parts:
            self.check(part)

    def column(self, node: ast.expr) -> str:
        """The column that a name means."""
        name, ends = self._written(node), self._meant(node)
        if len(ends) == 1:
            return ends[0]
        if ends:
            raise NoSuchColumn(f"{name!r} may be {listed(ends, 6)}: name one of them")
        bare = {known.partition(".")[2] for known, column in self.known.items() if column.kind == "outcome"}
        raise NoSuchColumn(f"these results have no {name!r}{nearest(name, [*self.known, *bare])}")

    def _meant(self, node: ast.expr) -> list[str]:
        """The columns that a name may mean: itself, or those that end with it after a dot."""
        name = self._written(node)
        return [name] if name in self.known else [known for known in self.known if known.endswith(f".{name}")]

    @staticmethod
    def _written(node: ast.expr) -> str:
        return re.sub(rf"\b{STAND_IN}\b", KEYWORD, ast.unparse(node))

    def _is_word(self, node: ast.expr) -> bool:
        """Whether a node is a column of words."""
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return False
        names = self._meant(node)
        return len(names) == 1 and self.results.table(names)[names[0]].dtype.kind not in "fiub"

    def _as_word(self, node: ast.expr) -> bool:
        """Whether a node is a word rather than a column, or a list of such."""
        if isinstance(node, (ast.List, ast.Tuple)):
            return all(map(self._as_word, node.elts))
        return isinstance(node, (ast.Name, ast.Attribute)) and not self._meant(node)

    def value(self, node: ast.expr):
        """The value of a node: an array over the runs, a number, a word or a list of these."""
        match node:
            case ast.BoolOp(values=values, op=op):
                return reduce(LOGIC[type(op)][1], [self.condition(each) for each in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ~self.condition(operand)
            case ast.UnaryOp(op=op, operand=operand):
                return -self._number(operand) if isinstance(op, ast.USub) else self._number(operand)
            case ast.BinOp(left=left, right=right, op=op):
                found = ARITHMETIC[type(op)](self._number(left), self._number(right))
                self.defined = self.defined & np.isfinite(found)
                return found
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                parts = [self._compared(one, op, other) for one, op, other in zip(sides, ops, others)]
                return reduce(np.logical_and, parts)
            case ast.Constant(value=value):
                return value
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return [self.value(each) for each in elements]
        if self._as_word(node):
            return self._written(node)
        name = self.column(node)
        return self.results.table([name])[name].to_numpy()

    def condition(self, node: ast.expr) -> np.ndarray:
        """Where a node holds: a comparison, or a column that is yes or no."""
        found = self.value(node)
        if isinstance(found, np.ndarray) and found.dtype.kind == "f" and set(np.unique(found[~np.isnan(found)])) <= {0.0, 1.0}:
            return found == 1.0
        if not isinstance(found, np.ndarray) or found.dtype != bool:
            raise ResultsError(f"{ast.unparse(node)!r} is no condition that holds or not; write a comparison, as in {EXAMPLE}")
        return found

    def _number(self, node: ast.expr):
        found = self.value(node)
        if isinstance(found, (str, list)) or (isinstance(found, np.ndarray) and found.dtype.kind not in "fiub"):
            raise ResultsError(f"{self._written(node)!r} in {self.text!r} is no number")
        return found.astype(float) if isinstance(found, np.ndarray) else found

    def _compared(self, one: ast.expr, op: ast.cmpop, other: ast.expr) -> np.ndarray:
        if isinstance(op, (ast.In, ast.NotIn)):
            values, among = self.value(one), self.value(other)
            if not isinstance(among, list) or not isinstance(values, np.ndarray):
                raise ResultsError(f"after 'in' write a list, as in class in [frozen, thaw]; found {self._written(other)!r}")
            held = reduce(np.logical_or, [self._equal(values, each) for each in among], np.zeros(len(values), bool))
            return ~held if isinstance(op, ast.NotIn) else held
        if type(op) not in COMPARISONS:
            raise ResultsError(f"{self.text!r} cannot be read; write a comparison, as in {EXAMPLE}")
        left, right = self.value(one), self.value(other)
        if isinstance(op, (ast.Eq, ast.NotEq)) and (
            isinstance(left, (str, np.ndarray)) or isinstance(right, (str, np.ndarray))
        ):
            values, constant = (left, right) if isinstance(left, np.ndarray) else (right, left)
            held = self._equal(values, constant)
            return ~held if isinstance(op, ast.NotEq) else held
        return np.asarray(COMPARISONS[type(op)][1](self._number(one), self._number(other)))

    def _equal(self, values: np.ndarray, constant) -> np.ndarray:
        """Where values equal a constant; a word may have blanks or underscores, and must occur."""
        if isinstance(constant, str):
            words = np.array([str(each).replace("_", " ") for each in values])
            held = words == constant.replace("_", " ")
            if not held.any():
                known = sorted(set(words.tolist()))
                raise ResultsError(f"no run has {constant!r}{nearest(constant, known) or f'; runs have {listed(known, 8)}'}")
            return held
        if isinstance(constant, np.ndarray):
            return values == constant
        return np.isclose(values.astype(float), constant)

    def comparison(self, node: ast.expr) -> Compared | None:
        """The expression as one comparison of a column with a number or a word, if it is that."""
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
            other, sign = node.comparators[0], COMPARISONS[type(node.ops[0])][0]
            if not isinstance(node.left, (ast.Name, ast.Attribute)) or self._as_word(node.left):
                return None
            constant = self._constant(other)
            return None if constant is None else Compared(self.column(node.left), sign, constant)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return Compared(self.column(node), "", 1.0)
        return None

    def _constant(self, node: ast.expr) -> float | str | None:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self._constant(node.operand)
            return -inner if isinstance(inner, float) else None
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else float(node.value)
        return self._written(node) if isinstance(node, (ast.Name, ast.Attribute)) and self._as_word(node) else None
