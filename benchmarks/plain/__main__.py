"""Print the code that the peers run."""

from ..work import RECORDED, work
from .residents import OBJECT, source
from .run_writer import RunWriter

print(RunWriter(work(), RECORDED.values()).source)
print(source(OBJECT))
