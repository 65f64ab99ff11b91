"""Write the pages that follow from the code: ``python docs/source [--check] [NAME …]``.

A module of this folder that has ``pages()`` gives texts by path under ``docs``. Without a name all are written that cost
nothing; one that plays runs says ``COSTLY = True`` and is written when named. ``--check`` writes nothing, says which pages
differ from what the code gives, and ends with 1 if there are any.
"""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent
sys.path[:0] = [str(HERE), str(DOCS.parent / "src")]


def authors(names: list[str]) -> list:
    """The modules that write pages: those named, or all that cost nothing."""
    modules = {path.stem: import_module(path.stem) for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")}
    writing = {name: module for name, module in modules.items() if hasattr(module, "pages")}
    if unknown := [name for name in names if name not in writing]:
        sys.exit(f"nobody writes {', '.join(unknown)}; there are {', '.join(writing)}")
    return [writing[name] for name in names] or [module for module in writing.values() if not getattr(module, "COSTLY", False)]


def main(words: list[str]) -> int:
    """Write pages, or check them."""
    check, names = "--check" in words, [word for word in words if word != "--check"]
    stale = 0
    for author in authors(names):
        for name, text in author.pages().items():
            path = DOCS / name
            old = path.read_text("utf-8") if path.exists() else ""
            if old == text:
                continue
            stale += 1
            if check:
                print(*differences(name, old, text), sep="\n")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
                print(f"docs/{name}")
    if check and stale:
        print(f"\n{stale} pages differ from the code. To write them anew: python3 run.py docs {' '.join(names)}".rstrip())
    return int(check and stale > 0)


def differences(name: str, old: str, new: str) -> list[str]:
    """The first lines in which a page differs from what the code gives."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"docs/{name}", "from the code", n=0, lineterm="")
    return list(lines)[:20]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
