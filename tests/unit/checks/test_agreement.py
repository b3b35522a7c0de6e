"""How often systems are asked while they are waited for."""

import pytest

from syncproof.agreement import LONGEST_WAIT, Agreement, Pace
from syncproof.ports import Observation


def test_the_pauses_grow_to_a_limit():
    pace = Pace()
    pauses = [pace.pause(0.0) for _ in range(12)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.005, LONGEST_WAIT)


@pytest.mark.parametrize("took", [0.01, 0.2, 3.0])
def test_asking_takes_at_most_a_third_of_a_systems_time(took):
    """A system that is busy with answering does not get to what is waited for."""
    pace = Pace()
    assert all(pace.pause(took) >= 2 * took for _ in range(12))


def test_a_slow_system_is_asked_less_often():
    """Each look takes a second here: of thirty seconds, ten are asking."""
    now = [0.0]

    def observe() -> Observation:
        now[0] += 1.0
        return Observation("old", ("x1",), "wms")

    def wait(seconds: float) -> None:
        now[0] += seconds

    poll = Agreement(
        {"wms": observe},
        look=lambda seen: (seen.value, seen.exchanges),
        agrees=lambda value: value == "new",
        mark=lambda: 0,
        since=lambda _: (),
        seconds=30.0,
        monotonic=lambda: now[0],
        wait=wait,
    )
    assert poll.reach()["wms"].attempts == 11
    assert now[0] == 31.0
