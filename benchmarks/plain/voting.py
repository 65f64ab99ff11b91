"""A vote: everybody votes for the most appealing candidate, and the first two meet in a runoff."""


def winner(appeals: list[list[float]], votes: list[float]) -> int:
    """The number of the winner; ``appeals`` has a row for each resident, ``votes`` is 1 for those who may vote."""
    counted = [0.0] * len(appeals[0])
    for row, vote in zip(appeals, votes):
        counted[row.index(max(row))] += vote
    first, second = sorted(range(len(counted)), key=lambda candidate: -counted[candidate])[:2]
    ahead = sum(vote for row, vote in zip(appeals, votes) if row[first] >= row[second])
    return first if ahead * 2.0 >= sum(votes) else second
