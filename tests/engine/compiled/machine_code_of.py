"""What a function gives when it is compiled."""

import numpy as np

from frozen_conflict_sim.engine.compiled.ir.builder import DOUBLE, LANES, ModuleBuilder
from frozen_conflict_sim.engine.compiled.ir.primitives import traced
from frozen_conflict_sim.engine.compiled.ir.symbols import Symbol
from frozen_conflict_sim.engine.compiled.run.machine_code import load_code


def in_machine_code(function, *columns, precision=DOUBLE):
    """What a function of numbers gives, as an array, for arrays of numbers."""
    module, pointers = ModuleBuilder(), [f"%x{number}" for number in range(len(columns))]
    head = ", ".join(f"ptr {pointer}" for pointer in (*pointers, "%result"))
    with module.function(f"@f({head})"), module.over_runs(precision=precision) as body:
        given = [Symbol(body, body.emit(f"load {precision.number}, ptr {where}, align 4"), "number") for where in pointers]
        found = body.operand(traced(function)(*given))
        body.instructions.append(f"  store {precision.number} {found}, ptr %result, align 4")
    run = load_code(module.source()).function("f", "p" * (len(columns) + 1))
    kind, shape = {"double": np.float64, "float": np.float32}[precision.name], (-(-len(columns[0]) // LANES), LANES)
    blocks, result = [np.resize(column, shape).astype(kind) for column in columns], np.empty(shape, kind)
    for at in range(len(result)):
        run(*(block[at].ctypes.data for block in blocks), result[at].ctypes.data)
    return result.ravel()[: len(columns[0])]
