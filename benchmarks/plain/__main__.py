"""Show the lines that the peers play."""

from ..work import RECORDED, work
from .residents import AN_OBJECT, text
from .turn import Turn

print(Turn(work(), RECORDED.values()).source)
print(text(AN_OBJECT))
