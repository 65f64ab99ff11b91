"""Write the pages that follow from the code: ``python docs/source [--check] [--all | NAME …]``.

A module of this folder that has ``pages()`` gives texts by path under ``docs``. Without a name all quick ones are written;
a module that plays runs has ``COSTLY = True`` and is written when it is named, or with ``--all``. ``--check`` writes nothing,
shows which pages differ from what the code gives, and ends with 1 if there are any.
"""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent
sys.path[:0] = [str(HERE), str(DOCS.parent / "src")]


def authors(names: list[str], every: bool = False) -> list:
    """The modules that write pages: those named, all, or all quick ones."""
    modules = {path.stem: import_module(path.stem) for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")}
    writing = {name: module for name, module in modules.items() if hasattr(module, "pages")}
    if unknown := [name for name in names if name not in writing]:
        sys.exit(f"nobody writes {', '.join(unknown)}; there are {', '.join(writing)}")
    quick = [module for module in writing.values() if every or not getattr(module, "COSTLY", False)]
    return [writing[name] for name in names] or quick


def main(words: list[str]) -> int:
    """Write pages, or check them."""
    check, every = "--check" in words, "--all" in words
    names = [word for word in words if word not in ("--check", "--all")]
    stale = 0
    for author in authors(names, every):
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
        print(f"\n{stale} pages differ from the code. To renew them: python3 run.py renew pages {' '.join(names)}".rstrip())
    return int(check and stale > 0)


def differences(name: str, old: str, new: str) -> list[str]:
    """The first lines in which a page differs from what the code gives."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"docs/{name}", "from the code", n=0, lineterm="")
    return list(lines)[:20]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
