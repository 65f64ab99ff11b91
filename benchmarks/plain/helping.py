"""What the lines of a plain run call besides rules."""


def ago(past: list, turns: float, now):
    """The value of some turns ago; nothing before the first turn."""
    lag = int(turns + 0.5)
    return now if not lag else past[-lag] if lag <= len(past) else 0.0


def held(value: float, low: float, high: float) -> float:
    """A value held between its bounds."""
    return low if value < low else high if value > high else value


def choose(worth: dict, gumbel, stream: str, turn: int, options: int, precision: float) -> int:
    """The option chosen among those that are worth something and, as the first, doing nothing; a tremble decides too."""
    if not worth:
        return 0
    worth[0] = 0.0
    for option, utility in worth.items():
        worth[option] = utility * precision + gumbel(stream, turn, options, option)
    return max(worth, key=worth.get)


def only_the_best(option: int, choices: list[int], worth: list[dict]) -> None:
    """Of several for whom one option was chosen keep the best case; the others get their next best."""
    wanted = [at for at, choice in enumerate(choices) if choice == option]
    best = max(wanted, key=lambda at: worth[at][option], default=None)
    for at in wanted:
        if at != best:
            del worth[at][option]
            choices[at] = max(worth[at], key=worth[at].get)
