"""Functions that the generated code of a run calls besides rules."""


def ago(past: list, turns: float, now):
    """The value of some turns ago; zero before the first turn."""
    lag = int(turns + 0.5)
    return now if not lag else past[-lag] if lag <= len(past) else 0.0


def held(value: float, low: float, high: float) -> float:
    """A value clipped to its bounds."""
    return low if value < low else high if value > high else value


def choose(worth: dict, gumbel, stream: str, turn: int, options: int, precision: float) -> int:
    """The option chosen, by utility and choice noise, among those with positive utility and doing nothing (option 0)."""
    if not worth:
        return 0
    worth[0] = 0.0
    for option, utility in worth.items():
        worth[option] = utility * precision + gumbel(stream, turn, options, option)
    return max(worth, key=worth.get)


def keep_the_best(option: int, choices: list[int], worth: list[dict]) -> None:
    """Keep an option only for the member with the highest score; the other members get their next best option."""
    wanted = [at for at, choice in enumerate(choices) if choice == option]
    best = max(wanted, key=lambda at: worth[at][option], default=None)
    for at in wanted:
        if at != best:
            del worth[at][option]
            choices[at] = max(worth[at], key=worth[at].get)
