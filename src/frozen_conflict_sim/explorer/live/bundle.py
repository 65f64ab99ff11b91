"""Put the modules of a page into one script, which a file without a server needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class|let)\b)", re.MULTILINE)
_NAME = re.compile(r"^export (?:async )?(?:function|const|class|let) ([\w$]+)", re.MULTILINE)


def bundled(modules: Mapping[str, str], main: str) -> str:
    r"""One script that runs the module ``main`` and before it what it imports, each in a scope of its own.

    >>> print(bundled({"a.js": "export const one = 1;", "b.js": 'import { one } from "./a.js";\nconsole.log(one);'}, "b.js"))
    "use strict";
    const a_js = (() => {
    const one = 1;
    return { one };
    })();
    const b_js = (() => {
    const { one } = a_js;
    console.log(one);
    return {  };
    })();

    Modules import names with ``import { … } from "./name.js"`` and export with ``export`` before a declaration. Raises
    ``ValueError`` for a module that imports or exports otherwise, or in a circle.
    """
    order: list[str] = []
    _visit(modules, main, order, ())
    return "\n".join(['"use strict";', *(_scope(name, modules[name]) for name in order)])


def _visit(modules: Mapping[str, str], name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"{name} imports itself, by {' and '.join(above[above.index(name) + 1 :]) or 'itself'}")
    if name in order:
        return
    if name not in modules:
        raise ValueError(f"{above[-1] if above else 'the page'} imports {name}, which does not exist")
    for _, other in _IMPORT.findall(modules[name]):
        _visit(modules, other, order, (*above, name))
    order.append(name)


def _scope(name: str, text: str) -> str:
    exported = ", ".join(_NAME.findall(text))
    text = _IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(found[2])};", text)
    text = _EXPORT.sub("", text)
    if re.search(r"^(?:import|export)\b", text, re.MULTILINE):
        raise ValueError(f"{name} imports or exports in a way that cannot be put into one script")
    return f"const {_variable(name)} = (() => {{\n{text.strip()}\nreturn {{ {exported} }};\n}})();"


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name)
