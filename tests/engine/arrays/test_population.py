"""The public: the loop over residents gives what a plain loop over the same rules gives, alone and in company."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.engine.arrays.population import BLOCK, Block, PopulationState, blocks_of, neighbours_average
from frozen_conflict_sim.engine.compiled.run.draws import compiled_draw
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.engine.declare.population import Population
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.network import FEW, POOL, _rewired, small_world, small_worlds
from frozen_conflict_sim.engine.numerics import either
from frozen_conflict_sim.engine.random_streams import COUNT_BITS, RandomStreams

RESIDENTS, DEGREE = 40, 6


def test_everybody_listens_to_as_many_others_and_never_to_oneself():
    for rewiring in (0.0, 0.1, 1.0):
        network = small_world(7, 2, 200, 8, rewiring)
        assert network.shape == (200, 8)
        assert ((network >= 0) & (network < 200)).all()
        assert not (network == np.arange(200)[:, None]).any()


def test_without_rewiring_the_world_is_a_ring_of_neighbours():
    network = small_world(7, 2, 100, 4, 0.0)
    assert [sorted(network[at]) for at in (0, 50)] == [[1, 2, 98, 99], [48, 49, 51, 52]]


@given(rewiring=some.floats(0.0, 1.0))
def test_as_many_ties_are_rewired_as_asked(rewiring):
    ring, network = small_world(7, 0, 1000, 8, 0.0), small_world(7, 0, 1000, 8, rewiring)
    assert (ring != network).mean() == pytest.approx(rewiring, abs=0.03)


def test_networks_differ_by_number_and_by_seed_only():
    assert np.array_equal(small_world(7, 0, 100, 8, 0.5), small_world(7, 0, 100, 8, 0.5))
    assert not np.array_equal(small_world(7, 0, 100, 8, 0.5), small_world(7, 1, 100, 8, 0.5))
    assert not np.array_equal(small_world(7, 0, 100, 8, 0.5), small_world(8, 0, 100, 8, 0.5))


def test_networks_made_together_by_compiled_code_are_those_made_alone():
    compiled = RandomStreams(7, [0, 1])
    compiled.draw_by(compiled_draw)
    together = small_worlds(compiled, range(POOL), 90, 6, 0.3)
    alone = {number: _rewired(RandomStreams(7, [number]), 90, 6, 0.3)[0] for number in range(POOL)}
    assert all(np.array_equal(together[number], alone[number]) for number in range(POOL))
    assert small_worlds(RandomStreams(7, [0]), [2], 90, 6, 0.3)[2] is together[2]
    assert not together[2].flags.writeable


def test_networks_of_many_residents_are_made_one_by_one():
    residents = FEW // 6 + 1
    made = small_worlds(RandomStreams(7, [0]), [1, 5], residents, 6, 0.3)
    assert all(np.array_equal(made[number], _rewired(RandomStreams(7, [number]), residents, 6, 0.3)[0]) for number in (1, 5))


@given(indices=some.lists(some.integers(0, 2**64 - 1), min_size=1, max_size=300))
def test_every_run_stands_in_one_block_with_its_own_network(indices):
    indices = np.array(indices, np.uint64)
    blocks = blocks_of(indices)
    assert sorted(np.concatenate([columns for _, columns in blocks])) == list(range(len(indices)))
    for network, columns in blocks:
        assert 0 < len(columns) <= BLOCK
        assert {(int(index) + (int(index) >> COUNT_BITS)) % POOL for index in indices[columns]} == {network}


def people():
    """Residents who listen, grow tired, and mind a distant court."""
    people = Population(Declarations(), "public", "The residents.", section="lands.{}.public")
    people.traits(
        view=quantity(0.5, 0, 1, "index", "What one thinks."),
        tired=quantity(0.0, 0, 1, "index", "How tired one is."),
        voice=quantity(1.0, 0, 5, "weight", "How loud one is."),
    )

    @people.resident_derived
    def spirit(view, tired):
        """What is left of one's view when tired."""
        return view * (1.0 - tired)

    @people.resident_changes("view", phase="talk")
    def persuasion(view, neighbours_spirit, pull):
        """One is pulled toward those one listens to."""
        return pull * (neighbours_spirit - view)

    @people.resident_derived
    def rumour(court):
        """What everybody says alike."""
        return court * 0.5

    @people.resident_derived
    def first_thought(view, neighbours_rumour):
        """What one begins with."""
        return view + 10.0 * neighbours_rumour

    people.at_start(view="first_thought")

    @people.candidate
    def promise(candidate, promises):
        """What a candidate promises."""
        return promises[candidate]

    @people.candidate
    def charm(candidate, charms):
        """How charming a candidate is."""
        return charms[candidate]

    @people.appeals
    def promise_liked(promise, view):
        """One wants to hear one's own view."""
        return -abs(promise - view)

    @people.appeals
    def charm_felt(charm):
        """Charm works on everybody."""
        return charm

    @people.resident_changes("view", phase="talk")
    def decree(court):
        """The court tells everybody what to think."""
        return court

    @people.resident_changes("tired", phase="talk")
    def fatigue(view, tired):
        """A strong view tires."""
        return either(view > 0.6, 0.3, -0.1) * (1.0 - 0.5 * tired)

    @people.resident_changes("tired", phase="sleep")
    def rest(tired):
        """Sleep restores."""
        return -tired

    return people.residents


def public(indices, runs_seen=None):
    """A public whose traits and surroundings are drawn by stream number."""
    indices = np.asarray(indices, np.uint64)
    streams = RandomStreams(3, indices)
    drawn = {name: streams.uniform(name, 0, RESIDENTS).astype(np.float32) for name in ("view", "tired", "voice")}
    blocks = [
        Block(
            columns, small_world(3, number, RESIDENTS, DEGREE, 0.2), {name: np.array(drawn[name][:, columns]) for name in drawn}
        )
        for number, columns in blocks_of(indices)
    ]
    surroundings = {"pull": streams.uniform("pull", 0, 1)[0], "court": streams.normal("court", 0, 1)[0] * 0.3}
    return PopulationState(people(), blocks, len(indices)), surroundings.__getitem__


def of_run(people, trait, run):
    """One run's residents."""
    for block in people.blocks:
        if run in block.columns:
            return block.traits[trait][:, list(block.columns).index(run)]
    raise LookupError(run)


def by_hand(people, block, column, surroundings, run):
    """The same rules, one resident at a time, in plain Python."""
    view, tired = (block.traits[name][:, column].tolist() for name in ("view", "tired"))
    spirit = [v * (1.0 - t) for v, t in zip(view, tired)]
    new_view, new_tired = [], []
    for resident, listens in enumerate(block.network):
        around = sum(spirit[other] for other in listens) / DEGREE
        v = view[resident] + surroundings("pull")[run] * (around - view[resident]) + surroundings("court")[run]
        t = tired[resident] + (0.3 if view[resident] > np.float32(0.6) else -0.1) * (1.0 - 0.5 * tired[resident])
        new_view.append(min(max(v, 0.0), 1.0))
        new_tired.append(min(max(t, 0.0), 1.0))
    return new_view, new_tired


def test_the_loop_over_blocks_gives_what_a_plain_loop_gives():
    indices = np.arange(40)
    residents, surroundings = public(indices)
    expected = {}
    for block in residents.blocks:
        for column, run in enumerate(block.columns):
            expected[run] = by_hand(residents, block, column, surroundings, run)
    residents.update("talk", surroundings, np.ones(40, bool))
    for run in range(40):
        assert of_run(residents, "view", run) == pytest.approx(expected[run][0], abs=1e-6)
        assert of_run(residents, "tired", run) == pytest.approx(expected[run][1], abs=1e-6)


def test_a_phase_runs_its_own_rules_only():
    residents, surroundings = public(range(10))
    before = of_run(residents, "view", 3).copy()
    residents.update("sleep", surroundings, np.ones(10, bool))
    assert np.array_equal(of_run(residents, "view", 3), before)
    assert not of_run(residents, "tired", 3).any()


def test_a_run_is_the_same_alone_in_any_company_and_in_any_order():
    company = np.array([900, 5, 77, 3, 13, 21, *range(100, 190)])
    residents, surroundings = public(company)
    for _ in range(5):
        residents.update("talk", surroundings, np.ones(len(company), bool))
    averages = residents.average("spirit", surroundings, weight="voice")
    for at in (0, 1, 3, 60):
        alone, its_surroundings = public([company[at]])
        for _ in range(5):
            alone.update("talk", its_surroundings, np.ones(1, bool))
        for trait in ("view", "tired"):
            assert np.array_equal(of_run(alone, trait, 0), of_run(residents, trait, at))
        assert alone.average("spirit", its_surroundings, weight="voice")[0] == averages[at]


def test_a_run_that_has_ended_does_not_change():
    residents, surroundings = public(range(20))
    before = [of_run(residents, "view", run).copy() for run in range(20)]
    residents.update("talk", surroundings, np.arange(20) < 10)
    for run in range(20):
        assert np.array_equal(of_run(residents, "view", run), before[run]) == (run >= 10)


def test_averages_are_averages():
    residents, surroundings = public(range(30))
    views, voices = (np.stack([of_run(residents, name, run) for run in range(30)]) for name in ("view", "voice"))
    assert residents.average("view", surroundings) == pytest.approx(views.mean(axis=1), abs=1e-6)
    weighted = (views * voices).sum(axis=1) / voices.sum(axis=1)
    assert residents.average("view", surroundings, weight="voice") == pytest.approx(weighted, abs=1e-6)


def test_what_is_heard_is_the_average_of_those_one_listens_to():
    network = small_world(1, 0, RESIDENTS, DEGREE, 0.5)
    opinions = RandomStreams(1, range(5)).uniform("opinions", 0, RESIDENTS).astype(np.float32)
    assert neighbours_average(opinions, network) == pytest.approx(opinions[network].mean(axis=1), abs=1e-6)


def test_notes_say_by_cause_how_much_the_average_moved():
    residents, surroundings = public(range(30))
    before = residents.average("view", surroundings)
    notes = []
    residents.update("talk", surroundings, np.arange(30) < 20, notes)
    moved = residents.average("view", surroundings) - before
    causes = {name: amount for to, name, amount in notes if to == "view"}
    assert sum(causes.values()) == pytest.approx(moved, abs=1e-5)
    assert not any(amount[20:].any() for amount in causes.values())


def test_residents_start_from_what_is_declared_within_the_bounds():
    residents, surroundings = public(range(20))
    before = np.stack([of_run(residents, "view", run) for run in range(20)])
    residents.initialise(surroundings)
    rumours = np.array([surroundings("court")[run] * 0.5 for run in range(20)])[:, None]
    started = np.stack([of_run(residents, "view", run) for run in range(20)])
    assert started == pytest.approx(np.clip(before + 10.0 * rumours, 0.0, 1.0), abs=1e-5)


def candidates(*pairs, runs=30):
    return [{"promise": np.full(runs, promise), "charm": np.full(runs, charm)} for promise, charm in pairs]


def by_ballot(residents, run, pairs):
    """The same vote counted by hand: most votes, and a runoff of the first two."""
    views, voices = of_run(residents, "view", run), of_run(residents, "voice", run)
    appeal = np.array([-np.abs(np.float32(promise) - views) + np.float32(charm) for promise, charm in pairs])
    votes = [voices[appeal.argmax(axis=0) == index].sum() for index in range(len(pairs))]
    first, second = sorted(range(len(pairs)), key=lambda index: -votes[index])[:2]
    return first if voices[appeal[first] >= appeal[second]].sum() * 2 >= voices.sum() else second


@given(promises=some.lists(some.floats(0.0, 1.0), min_size=2, max_size=4, unique=True), charm=some.floats(0.0, 0.3))
def test_a_vote_is_won_by_a_majority_if_need_be_in_a_runoff(promises, charm):
    residents, surroundings = public(range(30))
    pairs = [(promise, charm if index == 0 else 0.0) for index, promise in enumerate(promises)]
    winners = residents.vote(candidates(*pairs), surroundings, np.ones(30, bool), "voice")
    assert winners.tolist() == [by_ballot(residents, run, pairs) for run in range(30)]


def test_only_runs_that_hold_a_vote_hold_one_and_the_others_do_not_matter():
    residents, surroundings = public(range(30))
    pairs = [(0.1, 0.0), (0.5, 0.0), (0.9, 0.05)]
    everywhere = residents.vote(candidates(*pairs), surroundings, np.ones(30, bool), "voice")
    holds = np.arange(30) % 3 == 0
    assert np.array_equal(residents.vote(candidates(*pairs), surroundings, holds, "voice"), np.where(holds, everywhere, 0))


def test_one_candidate_wins():
    residents, surroundings = public(range(30))
    assert not residents.vote(candidates((0.5, 0.0)), surroundings, np.ones(30, bool), "voice").any()
