"""Kinds of designs: how levers and uncertainties become points. A kind is a file, or two alike; it registers itself."""

from importlib import import_module
from pkgutil import iter_modules

from .kind import ALIASES, KINDS, DesignMatrix, DesignSpec, Kind

for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

__all__ = ["ALIASES", "KINDS", "DesignMatrix", "DesignSpec", "Kind"]
