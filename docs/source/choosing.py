"""``docs/choosing.md``: robust choice, motives, turning points, polls and experts; quick, it only lists references."""

from __future__ import annotations

from pages import filled


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"choosing.md": filled("choosing.md", {})}
