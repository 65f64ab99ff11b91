"""``docs/reference/glossary.md``: the project's own words, from ``glossary.yaml``."""

from __future__ import annotations

import yaml
from pages import NOTE, SOURCE, table

GLOSSARY = yaml.safe_load((SOURCE / "glossary.yaml").read_text("utf-8"))
HEAD = """# Glossary

The words of this project that you may not know. Terms of statistics and of simulation have their usual meaning."""


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    parts = [HEAD]
    for subject, words in GLOSSARY.items():
        parts += [f"## {subject}", table(["word", "meaning"], ([f"**{word}**", meaning] for word, meaning in words.items()))]
    return {"reference/glossary.md": NOTE.format("glossary.yaml") + "\n" + "\n\n".join(parts) + "\n"}
