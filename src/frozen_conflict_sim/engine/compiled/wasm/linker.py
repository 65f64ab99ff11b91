"""Make a module of the object file that LLVM writes for WebAssembly: place its constants, and export its functions.

One object file needs no more of a linker than that. The formats are those of the WebAssembly core specification and of its
tool conventions for linking.
"""

from __future__ import annotations

from dataclasses import dataclass

MAGIC = b"\0asm\1\0\0\0"
CUSTOM, IMPORT, EXPORT, CODE, DATA = 0, 2, 7, 10, 11
SYMBOL_TABLE = 8
FUNCTION_SYMBOL, DATA_SYMBOL, SECTION_SYMBOL = 0, 1, 3
UNDEFINED, NAMED, LOCAL = 0x10, 0x40, 0x02
# Relocations that hold an address, in the two encodings, and those that hold an index, which stays what it is.
ADDRESSES, INDICES = (3, 4), (0, 6, 7, 10, 13, 20)
IMPORTED = {"__linear_memory": "memory", "__indirect_function_table": "table"}


class LinkingError(Exception):
    """The object file contains something that cannot be placed."""


class Reader:
    """Reads numbers and names of a section one after the other."""

    def __init__(self, data: bytes, at: int = 0):
        self.data, self.at = data, at

    def byte(self) -> int:
        """The next byte."""
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        """The next unsigned number, in LEB128."""
        result = shift = 0
        while True:
            byte = self.byte()
            result, shift = result | (byte & 127) << shift, shift + 7
            if not byte & 128:
                return result

    def signed(self) -> int:
        """The next signed number, in LEB128."""
        start, value = self.at, self.number()
        bits = 7 * (self.at - start)
        return value - (1 << bits) if value >> (bits - 1) else value

    def take(self, count: int) -> bytes:
        """The next bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def name(self) -> str:
        """The next name."""
        return self.take(self.number()).decode()


def number(value: int, width: int = 0) -> bytes:
    """A number in LEB128, with at least ``width`` bytes."""
    out = bytearray()
    while value > 127 or len(out) < width - 1:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def address(value: int) -> bytes:
    """An address in five bytes, which read the same as a signed and as an unsigned number below two to the power of 31."""
    return number(value, 5)


@dataclass
class Symbol:
    """A symbol of the object file: a function by its index, or a constant by segment and offset."""

    kind: int
    flags: int
    name: str = ""
    index: int = 0
    offset: int = 0


def linked(compiled: bytes, data_at: int, data_end: int) -> bytes:
    """The module of an object file, with its constants between two addresses; raise ``LinkingError`` if that is impossible."""
    sections = _sections(compiled)
    custom = {Reader(body).name(): body for kind, body in sections if kind == CUSTOM}
    symbols = _symbols(custom["linking"])
    bodies = {at: body for at, (kind, body) in enumerate(sections) if kind != CUSTOM}
    at = {kind: place for place, (kind, _) in enumerate(sections) if kind != CUSTOM}
    segments: list[int] = []
    if DATA in at:
        bodies[at[DATA]], segments = _placed(bodies[at[DATA]], data_at, data_end)
    if "reloc.CODE" in custom:
        bodies[at[CODE]] = _relocated(bodies[at[CODE]], custom["reloc.CODE"], symbols, segments)
    if "reloc.DATA" in custom:
        raise LinkingError("a constant holds an address")
    bodies[at[IMPORT]] = _imports(bodies[at[IMPORT]])
    functions = [each for each in symbols if each.kind == FUNCTION_SYMBOL and not each.flags & (UNDEFINED | LOCAL)]
    exports = [number(len(each.name)) + each.name.encode() + b"\0" + number(each.index) for each in functions]
    kinds = {place: kind for kind, place in at.items()}
    whole = [(kinds[place], body) for place, body in bodies.items()]
    where = next(place for place, (kind, _) in enumerate(whole) if kind > EXPORT)
    whole.insert(where, (EXPORT, number(len(exports)) + b"".join(exports)))
    return MAGIC + b"".join(bytes([kind]) + number(len(body)) + body for kind, body in whole)


def _sections(compiled: bytes) -> list[tuple[int, bytes]]:
    if compiled[:8] != MAGIC:
        raise LinkingError("the compiler wrote no WebAssembly")
    reader, found = Reader(compiled, 8), []
    while reader.at < len(compiled):
        found.append((reader.byte(), reader.take(reader.number())))
    return found


def _symbols(section: bytes) -> list[Symbol]:
    reader, found = Reader(section), []
    reader.name(), reader.number()
    while reader.at < len(section):
        kind, size = reader.byte(), reader.number()
        if kind != SYMBOL_TABLE:
            reader.take(size)
            continue
        for _ in range(reader.number()):
            symbol = Symbol(reader.byte(), reader.number())
            _describe(symbol, reader)
            found.append(symbol)
    return found


def _describe(symbol: Symbol, reader: Reader) -> None:
    defined = not symbol.flags & UNDEFINED
    if symbol.kind == DATA_SYMBOL:
        symbol.name = reader.name()
        if defined:
            symbol.index, symbol.offset = reader.number(), reader.number()
            reader.number()
        return
    symbol.index = reader.number()
    if symbol.kind != SECTION_SYMBOL and (defined or symbol.flags & NAMED):
        symbol.name = reader.name()


def _placed(section: bytes, data_at: int, data_end: int) -> tuple[bytes, list[int]]:
    """The section of constants with addresses from ``data_at`` on, and the address of each segment."""
    reader, out, segments = Reader(section), bytearray(), []
    count = reader.number()
    for _ in range(count):
        if reader.number() or reader.byte() != 0x41:
            raise LinkingError("a segment of constants has no plain address")
        segments.append(data_at + reader.signed())
        if reader.byte() != 0x0B:
            raise LinkingError("a segment of constants has no plain address")
        size = reader.number()
        if segments[-1] + size > data_end:
            raise LinkingError("there are more constants than there is room for")
        out += b"\0\x41" + address(segments[-1]) + b"\x0b" + number(size) + reader.take(size)
    return number(count) + bytes(out), segments


def _relocated(code: bytes, section: bytes, symbols: list[Symbol], segments: list[int]) -> bytes:
    """The section of code with the addresses of constants."""
    reader, out = Reader(section), bytearray(code)
    reader.name(), reader.number()
    for _ in range(reader.number()):
        kind, offset, symbol = reader.byte(), reader.number(), symbols[reader.number()]
        if kind in ADDRESSES:
            if symbol.flags & UNDEFINED:
                raise LinkingError(f"{symbol.name} is not defined")
            out[offset : offset + 5] = address(segments[symbol.index] + symbol.offset + reader.signed())
        elif kind not in INDICES:
            raise LinkingError(f"relocation of the unknown kind {kind}")
    return bytes(out)


def _imports(section: bytes) -> bytes:
    """The section of imports: the memory and the table of functions, under plain names."""
    reader, out = Reader(section), bytearray()
    count = reader.number()
    for _ in range(count):
        module, name, start = reader.name(), reader.name(), reader.at
        if name not in IMPORTED:
            raise LinkingError(f"the code calls {name}, which is not part of it")
        kind = reader.byte()
        reader.take(kind == 1)  # a table has a type
        flags = reader.number()
        for _ in range(1 + (flags & 1)):
            reader.number()
        plain = IMPORTED[name].encode()
        out += number(len(module)) + module.encode() + number(len(plain)) + plain + reader.data[start : reader.at]
    return number(count) + bytes(out)
