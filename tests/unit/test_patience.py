"""A wait ends by the host clock in a run, and by the number of looks at replay."""

import pytest

from syncproof.patience import BACKOFF, FIRST_WAIT, LONGEST_WAIT, REST, Counted, Pace, Timed, poll


def test_pauses_grow_up_to_a_bound():
    """A fast system is asked often at first."""
    pace = Pace()
    pauses = [pace.pause(0) for _ in range(30)]
    assert pauses[:2] == [FIRST_WAIT, FIRST_WAIT * BACKOFF]
    assert pauses[-1] == LONGEST_WAIT


@pytest.mark.parametrize("took", [0.01, 0.2, 3.0])
def test_asking_takes_at_most_a_third_of_a_systems_time(took):
    """A system that is busy with answering does not get to what is waited for."""
    pace = Pace()
    assert all(pace.pause(took) >= REST * took for _ in range(12))


def test_time_is_over_when_it_is_over_and_the_last_pause_is_cut():
    """By a clock that only the waits move."""
    now = [100.0]
    patience = Timed(0.5, monotonic=lambda: now[0], wait=lambda seconds: now.__setitem__(0, now[0] + seconds))
    while patience.again():
        pass
    assert now[0] == 100.5
    assert patience.rounds > 3


def test_counted_looks_are_as_many_as_they_were():
    """And no clock is asked."""
    looks = []
    assert not poll(lambda: looks.append(1) or False, within=Counted(4))
    assert len(looks) == 4


def test_a_wait_ends_with_the_first_look_that_holds():
    """The rest of the patience is not used."""
    answers = iter([False, True, True])
    patience = Counted(9)
    assert poll(lambda: next(answers), within=patience)
    assert patience.rounds == 2


def test_there_is_one_look_even_without_time():
    """A condition that holds already is met."""
    assert poll(lambda: True, within=0.0)
    assert not poll(lambda: False, within=0.0)
