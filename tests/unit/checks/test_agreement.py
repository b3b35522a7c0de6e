"""How often systems are asked while they are waited for."""

from syncproof.agreement import Agreement
from syncproof.patience import Timed
from syncproof.ports import Observation


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
        patience=Timed(30.0, monotonic=lambda: now[0], wait=wait),
        monotonic=lambda: now[0],
    )
    assert poll.reach()["wms"].attempts == 11
    assert now[0] == 31.0
