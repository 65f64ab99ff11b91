"""Emit the code of a graph of array operations: what is needed once is computed where it is needed, the rest is stored."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np

from ..ir.builder import LANES, ModuleBuilder, Precision
from .traced import Traced

COMPARE = {"gt": "ogt", "lt": "olt", "ge": "oge", "le": "ole", "eq": "oeq", "ne": "une"}
ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
LOGIC = {"and": "and", "or": "or"}
IMMEDIATE = ("view", "constant", "recorded", "given")
MOST_STEPS = 50  # from one stored node to the next
# Runs that are computed at once: few, because much stands in a row and nothing waits for it.
WIDTH = 4
SINGLE, WIDE_DOUBLE = Precision("float", WIDTH), Precision("double", WIDTH)
MASK = SINGLE.mask
ARGUMENTS = "ptr noalias %recorded, ptr noalias %given, ptr noalias %scratch, i64 %lane"
PASSED = "ptr %recorded, ptr %given, ptr %scratch"


def precision_of(dtype):
    """How values of a type are computed with: integers, of which all are small, as double numbers; conditions as masks."""
    return SINGLE if dtype in (np.float32, np.bool_) else WIDE_DOUBLE


def _source(node: Traced) -> Traced:
    """The node of which a node is a view, or the node itself."""
    while node.operation == "view":
        node = node.args[0]
    return node


def _uses(results: list[Traced]) -> tuple[dict[int, int], list[Traced]]:
    """How often each node is needed, by identity; and all nodes but views, each after those that it needs."""
    uses: dict[int, int] = {}
    order: list[Traced] = []
    waiting = [(node, False) for node in map(_source, reversed(results))]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
            continue
        uses[id(node)] = uses.get(id(node), 0) + 1
        if uses[id(node)] == 1:
            waiting.append((node, True))
            waiting += [(_source(each), False) for each in reversed(node.args)]
    return uses, order


class GraphEmitter:
    """Emits functions that compute nodes for one block of runs, from memory at the pointers ``recorded`` and ``given``.

    ``recorded`` has the values ``(row, turn, lane)`` in single precision and ``given`` has ``(slot, lane)`` in double. Each
    function stores one node, for some lanes: compilers take long for long functions.
    """

    def __init__(self, module: ModuleBuilder, turns: int):
        self.module, self.turns = module, turns
        self.stored: dict[int, int] = {}
        self.functions: list[str] = []
        self.size = 0

    def emit(self, results: list[Traced]) -> None:
        """Emit a function for each result, and for what several need; ``stored`` says where each has its values.

        What is computed in many steps, such as turn after turn, is stored in between.
        """
        uses, order = _uses(results)
        last, steps = {id(node) for node in results}, {}
        for node in order:
            immediate = node.operation in IMMEDIATE
            steps[id(node)] = 0 if immediate else 1 + max((steps[id(_source(each))] for each in node.args), default=0)
            if id(node) in last or (not immediate and (uses[id(node)] > 1 or steps[id(node)] == MOST_STEPS)):
                self._store(node)
                steps[id(node)] = 0

    def emit_calls(self) -> None:
        """Emit the calls of all functions, for all lanes."""
        with self.module.counted_loop(str(LANES), WIDTH, "lane") as lane:
            self.module.text += [f"  call void @{name}({PASSED}, i64 {lane})" for name in self.functions]

    def _store(self, node: Traced) -> None:
        lead = node.shape[:-1]
        self.functions.append(f"node_{len(self.functions)}")
        with self.module.function(f"@{self.functions[-1]}({ARGUMENTS}) noinline"), ExitStack() as loops:
            index = [
                loops.enter_context(self.module.counted_loop(str(length), prefix="axis")) if length > 1 else 0
                for length in lead
            ]
            self.computed: dict[str, str] = {}
            value, precision = self._value(node, index), precision_of(node.dtype)
            if node.dtype == bool:
                one, none = (self._literal(number, precision) for number in (1.0, 0.0))
                value = self._op(f"select {MASK} {value}, {precision.number} {one}, {precision.number} {none}")
            place = self._op(f"getelementptr i8, ptr %scratch, i64 {self.size}")
            at = self._op(f"add i64 {self._flat(lead, index)}, %lane")
            place = self._op(f"getelementptr {precision.name}, ptr {place}, i64 {at}")
            self.module.text.append(f"  store {precision.number} {value}, ptr {place}, align 16")
        self.stored[id(node)] = self.size
        self.size += int(np.prod(lead, dtype=int)) * LANES * 8

    def _op(self, text: str) -> str:
        if text not in self.computed:
            self.computed[text] = self.module.emit(text)
        return self.computed[text]

    def _flat(self, lead, index) -> str:
        """The place of an item of the first lane, in numbers of the type, from the beginning."""
        flat: str | int = 0
        for length, at in zip(lead, index):
            if isinstance(flat, int) and isinstance(at, int):
                flat = flat * length + at
            else:
                flat = self._op(f"add i64 {self._op(f'mul i64 {flat}, {length}')}, {at}")
        return str(flat * LANES) if isinstance(flat, int) else self._op(f"mul i64 {flat}, {LANES}")

    def _literal(self, number: float, precision) -> str:
        return "<" + ", ".join([f"{precision.name} {precision.literal(number)}"] * WIDTH) + ">"

    def _load(self, pointer: str, at: str, precision) -> str:
        place = self._op(f"getelementptr {precision.name}, ptr {pointer}, i64 {self._op(f'add i64 {at}, %lane')}")
        return self._op(f"load {precision.number}, ptr {place}, align 16")

    def _value(self, node: Traced, index: list) -> str:
        """The value of an item of a node."""
        precision = precision_of(node.dtype)
        if id(node) in self.stored:
            pointer = self._op(f"getelementptr i8, ptr %scratch, i64 {self.stored[id(node)]}")
            value = self._load(pointer, self._flat(node.shape[:-1], index), precision)
            return self._condition(value) if node.dtype == bool else value
        return getattr(self, f"_{node.operation}", self._elementwise)(node, index, precision)

    def _condition(self, value: str) -> str:
        return self._op(f"fcmp une {SINGLE.number} {value}, {self._literal(0.0, SINGLE)}")

    def _broadcast(self, node: Traced, index: list) -> str:
        """The value of an argument at an item of the result."""
        lead = node.shape[:-1]
        own = index[len(index) - len(lead) :]
        return self._value(node, [0 if length == 1 else at for length, at in zip(lead, own)])

    def _constant(self, node, index, precision):
        if node.dtype == bool:
            return "<" + ", ".join([f"i1 {'true' if node.more else 'false'}"] * WIDTH) + ">"
        return self._literal(node.more, precision)

    def _recorded(self, node, index, precision):
        turn, *rest = index
        row = self._flat(node.shape[1:-1], rest)
        row = str(int(row) * self.turns) if row.isdecimal() else self._op(f"mul i64 {row}, {self.turns}")
        turn = str(turn * LANES) if isinstance(turn, int) else self._op(f"mul i64 {turn}, {LANES}")
        at = self._op(f"add i64 {row}, {turn}")
        return self._load("%recorded", self._op(f"add i64 {at}, {node.more * self.turns * LANES}"), precision)

    def _given(self, node, index, precision):
        at = self._flat(node.shape[:-1], index)
        return self._load("%given", self._op(f"add i64 {at}, {node.more * LANES}"), precision)

    def _view(self, node, index, precision):
        def place(axis, start):
            if axis is None:
                return start
            at = index[axis]
            return at + start if isinstance(at, int) else at if not start else self._op(f"add i64 {at}, {start}")

        return self._value(node.args[0], [place(*each) for each in node.more[:-1]])

    def _convert(self, node, index, precision):
        source = node.args[0]
        value, before = self._value(source, index), precision_of(source.dtype)
        if source.dtype == bool:
            pair = (f"{precision.number} {self._literal(number, precision)}" for number in (1.0, 0.0))
            return self._op(f"select {MASK} {value}, {', '.join(pair)}")
        if node.dtype == bool:
            return self._op(f"fcmp une {before.number} {value}, {self._literal(0.0, before)}")
        if before is precision:
            return value
        return self._op(f"{'fpext' if precision is WIDE_DOUBLE else 'fptrunc'} {before.number} {value} to {precision.number}")

    def _where(self, node, index, precision):
        condition, this, otherwise = (self._broadcast(each, index) for each in node.args)
        kind = MASK if node.dtype == bool else precision.number
        return self._op(f"select {MASK} {condition}, {kind} {this}, {kind} {otherwise}")

    def _reduce(self, node, index, precision):
        operation, axis = node.more
        values = node.args[0]
        found = None
        for at in range(values.shape[axis]):
            one = self._value(values, [*index[:axis], at, *index[axis:]])
            found = one if found is None else self._apply(operation, [found, one], precision)
        return found

    def _first(self, node, index, precision):
        found = self._literal(0.0, precision)
        for at in reversed(range(node.args[0].shape[0])):
            condition = self._value(node.args[0], [at, *index])
            here = self._literal(float(at), precision)
            found = self._op(f"select {MASK} {condition}, {precision.number} {here}, {precision.number} {found}")
        return found

    def _take(self, node, index, precision):
        values, places = node.args
        place = self._broadcast(places, index)
        found = self._literal(0.0, precision)
        for at in range(values.shape[0]):
            here = self._op(f"fcmp oeq {WIDE_DOUBLE.number} {place}, {self._literal(float(at), WIDE_DOUBLE)}")
            rest = [0 if length == 1 else one for length, one in zip(values.shape[1:-1], index[1:])]
            one = self._value(values, [at, *rest])
            found = self._op(f"select {MASK} {here}, {precision.number} {one}, {precision.number} {found}")
        return found

    def _elementwise(self, node, index, precision):
        if node.operation in COMPARE:
            precision = precision_of(node.args[0].dtype)
        return self._apply(node.operation, [self._broadcast(each, index) for each in node.args], precision)

    def _apply(self, operation: str, values: list[str], precision) -> str:
        kind, pair = precision.number, ", ".join(values)
        if operation in LOGIC:
            return self._op(f"{LOGIC[operation]} {MASK} {pair}")
        if operation == "not":
            return self._op(f"xor {MASK} {pair}, <{', '.join(['i1 true'] * WIDTH)}>")
        if operation in COMPARE:
            return self._op(f"fcmp {COMPARE[operation]} {kind} {pair}")
        if operation in ARITHMETIC:
            return self._op(f"{ARITHMETIC[operation]} {kind} {pair}")
        if operation == "neg":
            return self._op(f"fneg {kind} {pair}")
        if operation in ("max", "min"):
            better = self._op(f"fcmp {'oge' if operation == 'max' else 'ole'} {kind} {pair}")
            unknown = self._op(f"fcmp uno {kind} {values[0]}, {values[0]}")
            first = self._op(f"or {MASK} {better}, {unknown}")
            return self._op(f"select {MASK} {first}, {kind} {values[0]}, {kind} {values[1]}")
        if operation == "floor_div":
            return self._exact("floor", self._op(f"fdiv {kind} {pair}"), precision)
        return self._exact("fabs", values[0], precision)

    def _exact(self, name: str, value: str, precision) -> str:
        self.module.declare(f"declare {precision.number} @llvm.{name}.{precision.suffix}({precision.number})")
        return self._op(f"call {precision.number} @llvm.{name}.{precision.suffix}({precision.number} {value})")
