"""Build LLVM code: vectors with a lane for each run. No instruction is reordered or fused, so results are exact."""

from __future__ import annotations

import struct
from contextlib import contextmanager

from .symbols import Symbol

LANES = 16
ALIGNED = "alignstack(64)"  # a vector that waits on the stack would else straddle two lines of the cache
COMPARE = ("olt", "ole", "ogt", "oge", "oeq", "une", "ugt", "ult")


class Precision:
    """The type of a vector of numbers: ``double`` or ``float``, and the number of lanes (runs)."""

    def __init__(self, name: str, width: int):
        self.name, self.width = name, width
        self.size = {"double": 8, "float": 4}[name]
        self.number = f"<{width} x {name}>"
        self.mask = f"<{width} x i1>"
        self.bits = f"<{width} x i64>"
        self.suffix = f"v{width}f{8 * self.size}"

    def type_of(self, kind: str) -> str:
        """The vector type of a kind of symbol."""
        return {"number": self.number, "mask": self.mask, "bits": self.bits}[kind]

    def literal(self, number) -> str:
        """An exact LLVM literal."""
        if self.name == "float":
            number = struct.unpack("f", struct.pack("f", number))[0]
        return f"0x{struct.unpack('>Q', struct.pack('>d', float(number)))[0]:016X}"


SINGLE, DOUBLE = Precision("float", LANES), Precision("double", LANES)


class LoopBody:
    """Code for the runs of a block, all at once: the ``preheader`` stands before the ``instructions``."""

    def __init__(self, module, precision: Precision = DOUBLE):
        self.module, self.precision = module, precision
        self.preheader: list[str] = []
        self.instructions: list[str] = []
        self.computed: dict[str, str] = {}

    def emit(self, text: str, where: str = "instructions") -> str:
        """Append an instruction, or reuse an identical earlier one; return the name of its result."""
        if text not in self.computed:
            self.computed[text] = self.module.fresh_name()
            getattr(self, where).append(f"  {self.computed[text]} = {text}")
        return self.computed[text]

    def symbol(self, text: str, kind: str = "number") -> Symbol:
        """Append an instruction; return its result as a symbol."""
        return Symbol(self, self.emit(text), kind)

    def operand(self, value, kind: str = "number") -> str:
        """A symbol or a plain number as an operand of a kind. Raise ``TypeError`` if the kinds differ."""
        precision = self.precision
        if isinstance(value, Symbol):
            if value.kind == "mask" and kind == "number":
                one, none = self.operand(1.0), self.operand(0.0)
                return self.emit(f"select {precision.mask} {value.name}, {precision.number} {one}, {precision.number} {none}")
            if value.kind != kind:
                raise TypeError(f"{value.kind} where {kind} is needed")
            return value.name
        if kind == "mask":
            return "<" + ", ".join([f"i1 {'true' if value else 'false'}"] * precision.width) + ">"
        if kind == "bits":
            return "<" + ", ".join([f"i64 {int(value)}"] * precision.width) + ">"
        return "<" + ", ".join([f"{precision.name} {precision.literal(value)}"] * precision.width) + ">"

    def arithmetic(self, name: str, this, that) -> Symbol:
        """An arithmetic operation or comparison of two numbers, or an operation on two integers (``bits``)."""
        precision = self.precision
        if any(isinstance(value, Symbol) and value.kind == "bits" for value in (this, that)):
            return self.symbol(f"{name} {precision.bits} {self.operand(this, 'bits')}, {self.operand(that, 'bits')}", "bits")
        pair = f"{precision.number} {self.operand(this)}, {self.operand(that)}"
        return self.symbol(f"fcmp {name} {pair}", "mask") if name in COMPARE else self.symbol(f"f{name} {pair}")

    def negative(self, value) -> Symbol:
        """Negation of a number."""
        return self.symbol(f"fneg {self.precision.number} {self.operand(value)}")

    def call(self, name: str, value) -> Symbol:
        """An LLVM intrinsic that every processor computes exactly."""
        precision = self.precision
        self.module.declare(f"declare {precision.number} @llvm.{name}.{precision.suffix}({precision.number})")
        return self.symbol(f"call {precision.number} @llvm.{name}.{precision.suffix}({precision.number} {self.operand(value)})")

    def logic(self, name: str, this, that) -> Symbol:
        """A logical operation on two masks."""
        return self.symbol(f"{name} {self.precision.mask} {self.operand(this, 'mask')}, {self.operand(that, 'mask')}", "mask")

    def select(self, condition, this, otherwise):
        """``this`` where the condition holds, else ``otherwise``."""
        if not isinstance(condition, Symbol):
            return this if condition else otherwise
        kinds = [
            value.kind if isinstance(value, Symbol) else "mask" if isinstance(value, bool) else "number"
            for value in (this, otherwise)
        ]
        kind = "mask" if kinds == ["mask", "mask"] else "number"
        wide = self.precision.type_of(kind)
        pair = f"{wide} {self.operand(this, kind)}, {wide} {self.operand(otherwise, kind)}"
        return self.symbol(f"select {self.precision.mask} {self.operand(condition, 'mask')}, {pair}", kind)

    def as_number(self, bits: Symbol) -> Symbol:
        """An unsigned integer converted to a number."""
        return self.symbol(f"uitofp {self.precision.bits} {bits.name} to {self.precision.number}")

    def power_of_two(self, times: Symbol) -> Symbol:
        """Two to the power of an integer, by setting the exponent bits; in double precision."""
        precision, wide = self.precision, self.in_double
        whole = self.symbol(f"fptosi {precision.number} {self.operand(times)} to {precision.bits}", "bits")
        raised = self.symbol(f"add {precision.bits} {whole.name}, {self.operand(1023, 'bits')}", "bits")
        shifted = self.symbol(f"shl {precision.bits} {raised.name}, {self.operand(52, 'bits')}", "bits")
        return self.symbol(f"bitcast {precision.bits} {shifted.name} to {wide.number}")

    def doubled(self, x, times) -> Symbol:
        """A number times two to the power of an integer."""
        if self.precision.name == "double":
            return x * self.power_of_two(times)
        wide = self.in_double
        product = self.emit(f"fmul {wide.number} {self.convert(x, wide)}, {self.power_of_two(times).name}")
        return self.symbol(f"fptrunc {wide.number} {product} to {self.precision.number}")

    def split(self, x: Symbol) -> tuple[Symbol, Symbol]:
        """The mantissa (one half to one) and the exponent of a positive number."""
        precision, wide = self.precision, self.in_double
        bits = self.symbol(f"bitcast {wide.number} {self.convert(x, wide)} to {precision.bits}", "bits")
        exponent = self.symbol(f"sub {precision.bits} {(bits >> 52).name}, {self.operand(1022, 'bits')}", "bits")
        power = self.symbol(f"sitofp {precision.bits} {exponent.name} to {precision.number}")
        half = (bits & 0x000FFFFFFFFFFFFF) ^ 0x3FE0000000000000
        mantissa = self.emit(f"bitcast {precision.bits} {half.name} to {wide.number}")
        if precision.name == "float":
            mantissa = self.emit(f"fptrunc {wide.number} {mantissa} to {precision.number}")
        return Symbol(self, mantissa, "number"), power

    @property
    def in_double(self) -> Precision:
        """Double precision with as many lanes."""
        return Precision("double", self.precision.width)

    def splat(self, scalar: str, kind: str = "number", where: str = "preheader") -> str:
        """A scalar broadcast to all lanes, by default in the preheader."""
        precision = self.precision
        wide, single = (precision.number, precision.name) if kind == "number" else (precision.bits, "i64")
        first = self.emit(f"insertelement {wide} poison, {single} {scalar}, i64 0", where)
        return self.emit(f"shufflevector {wide} {first}, {wide} poison, <{precision.width} x i32> zeroinitializer", where)

    def convert(self, value, to: Precision) -> str:
        """A number converted to another precision with the same number of lanes."""
        here = self.precision
        if here.name == to.name:
            return self.operand(value)
        how = "fptrunc" if here.size > to.size else "fpext"
        return self.emit(f"{how} {here.number} {self.operand(value)} to <{here.width} x {to.name}>")

    def entry(self, table, index: Symbol) -> Symbol:
        """Gather one entry of a table for each lane, by its index from the beginning of the table."""
        precision = self.precision
        whole = self.emit(f"fptosi {precision.number} {self.operand(index)} to {precision.bits}")
        pointers = f"<{precision.width} x ptr>"
        at = self.emit(f"getelementptr {precision.name}, ptr {table.pointer}, {precision.bits} {whole}")
        name = f"@llvm.masked.gather.{precision.suffix}.v{precision.width}p0"
        self.module.declare(f"declare {precision.number} {name}({pointers}, i32, {precision.mask}, {precision.number})")
        mask = f"{precision.mask} {self.operand(True, 'mask')}, {precision.number} zeroinitializer"
        return self.symbol(f"call {precision.number} {name}({pointers} {at}, i32 {precision.size}, {mask})")

    def any(self, condition) -> str:
        """A scalar condition: whether a mask holds in any lane."""
        width = self.precision.width
        self.module.declare(f"declare i1 @llvm.vector.reduce.or.v{width}i1(<{width} x i1>)")
        return self.emit(f"call i1 @llvm.vector.reduce.or.v{width}i1({self.precision.mask} {condition.name})")


class ModuleBuilder:
    """The source of a module: declarations, and functions with their loops."""

    def __init__(self):
        self.text: list[str] = []
        self.declared: dict[str, None] = {}
        self.count = 0

    def emit(self, text: str) -> str:
        """Append an instruction outside of a vector loop; return the name of its result."""
        name = self.fresh_name()
        self.text.append(f"  {name} = {text}")
        return name

    def fresh_name(self, prefix: str = "%t") -> str:
        """An unused name."""
        self.count += 1
        return f"{prefix}{self.count}"

    def declare(self, line: str) -> None:
        """Add a declaration to the module, once."""
        self.declared[line] = None

    def source(self) -> str:
        """The source of the module."""
        return "\n".join([*self.declared, *self.text, ""])

    @contextmanager
    def function(self, head: str):
        """Open a function; what is emitted inside is its body."""
        self.text += [f"define void {head} {ALIGNED} {{", "entry:"]
        self.at = "entry"
        yield
        self.text += ["  ret void", "}"]

    @contextmanager
    def counted_loop(self, stop: str, step: int = 1, prefix: str = "n"):
        """Open a loop with a counter from 0 to ``stop``; yield the counter. The body runs at least once."""
        label = self.fresh_name(prefix)
        counter, further, done = f"%{label}.at", f"%{label}.next", f"%{label}.less"
        before = self.at
        self.text += [f"  br label %{label}", f"{label}:"]
        index = len(self.text)
        self.at = label
        yield counter
        self.text.insert(index, f"  {counter} = phi i64 [ 0, %{before} ], [ {further}, %{self.at} ]")
        self.text += [
            f"  {further} = add nuw nsw i64 {counter}, {step}",
            f"  {done} = icmp ult i64 {further}, {stop}",
            f"  br i1 {done}, label %{label}, label %{label}.end",
            f"{label}.end:",
        ]
        self.at = f"{label}.end"

    @contextmanager
    def conditional(self, condition: str):
        """Open a branch; what is emitted inside runs only if the condition holds."""
        label = self.fresh_name("case")
        self.text += [f"  br i1 {condition}, label %{label}, label %{label}.end", f"{label}:"]
        self.at = label
        yield
        self.text += [f"  br label %{label}.end", f"{label}.end:"]
        self.at = f"{label}.end"

    @contextmanager
    def over_runs(self, note: str = "", precision: Precision = DOUBLE):
        """Open code for all runs of a block at once; yield its :class:`LoopBody`."""
        body = LoopBody(self, precision)
        index = len(self.text)
        yield body
        self.text[index:index] = [*([f"  ; {note}"] if note else []), *body.preheader]
        self.text += body.instructions
