"""Other people's work on the running landscape, in a thread of its own, while scenarios run."""

import secrets
import threading
from collections.abc import Callable, Iterable

from syncproof.defects.errands import Errand
from syncproof.defects.ground import Ground
from syncproof.errors import SyncproofError
from syncproof.landscape.compose import open_landscape
from syncproof.ports import Outcome

PAUSE_SECONDS = 0.1
"""Between two pieces of work."""
END_SECONDS = 15.0


class Background:
    """Does an errand until it is left. What a system refuses or does not answer (a scenario may have put it out of
    service) is left."""

    def __init__(self, ground: Ground, errand: Errand) -> None:
        self.accepted = 0
        self._errand = errand
        self._landscape = open_landscape(ground.running.definition, running=ground.running)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)

    def __enter__(self) -> Callable[[], int]:
        self._do(self._errand.first(self._landscape))
        self._thread.start()
        return self.end

    def __exit__(self, *_: object) -> None:
        self.end()
        self._landscape.close()

    def end(self) -> int:
        """Ends the work; how many writes were accepted."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS)
        return self.accepted

    def _work(self) -> None:
        while not self._stop.is_set():
            self._do(self._errand.then(self._landscape, secrets.token_hex(4).upper()))
            self._stop.wait(PAUSE_SECONDS)

    def _do(self, work: Iterable[Outcome]) -> None:
        try:
            for outcome in work:
                self.accepted += outcome.status == "accepted"
        except SyncproofError:
            return
