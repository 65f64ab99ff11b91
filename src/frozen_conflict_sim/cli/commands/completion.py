"""``completion``: the script with which a shell completes commands, names and keys."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "frozen-conflict-sim"
STARTED_BY = "_FROZEN_CONFLICT_SIM_COMPLETE"
# No space may follow a dot or an equals sign, because the key or value continues. Fish does this by itself.
NO_SPACE = {
    "bash": {"COMPREPLY+=($value)": "COMPREPLY+=($value); [[ $value == *[.=] ]] && compopt -o nospace"},
    "zsh": {
        "_describe -V unsorted completions_with_descriptions -U": (
            "local -a close=(); [[ ${completions_with_descriptions[1]%%:*} == *[.=] ]] && close=(-S '')\n"
            '        _describe -V unsorted completions_with_descriptions -U "${close[@]}"'
        ),
        "compadd -U -V unsorted -a completions": (
            "local -a close=(); [[ $completions[1] == *[.=] ]] && close=(-S '')\n"
            '        compadd -U -V unsorted "${close[@]}" -a completions'
        ),
    },
    "fish": {},
}


@click.command(short_help="Print the completion script for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell):
    """Print the script with which SHELL completes commands, options, scenarios, dotted keys and plots at the tab key.

    \b
    bash   echo 'eval "$(frozen-conflict-sim completion bash)"' >> ~/.bashrc
    zsh    echo 'eval "$(frozen-conflict-sim completion zsh)"' >> ~/.zshrc
    fish   frozen-conflict-sim completion fish > ~/.config/fish/completions/frozen-conflict-sim.fish
    """  # noqa: D301, click keeps lines after a backspace as they are
    from click.shell_completion import get_completion_class

    from .. import program

    script = get_completion_class(shell)(program, {}, PROGRAM, STARTED_BY).source()
    for line, changed in NO_SPACE[shell].items():
        script = script.replace(line, changed)
    click.echo(script)
