"""A base: the same answer, written in another way."""

import json
from typing import Any, ClassVar

from syncproof.defects.base import Json, Original, Variation
from syncproof.defects.harmless.areas import OTHERS, READS


class Written(Variation):
    """A base: ``rewritten`` changes what an answer holds, ``dumped`` how it is written."""

    requirements = READS
    system = "erp"
    also = OTHERS
    policy = "answer"
    paths: ClassVar[tuple[str, ...]] = ("/",)
    """Beginnings of the paths whose answers are changed."""
    events: ClassVar[bool] = False
    """Whether messages that are fetched are changed, too."""

    def replacement(self, original: Original, method: str, path: str, text: str) -> str:
        given: str = original(method, path, text)
        if not path.startswith(self.paths) or (path.startswith("/outbox") and not self.events):
            return given
        return self.dumped(self.rewritten(path, json.loads(given)))

    def rewritten(self, path: str, answer: Any) -> Any:
        """What the answer holds instead."""
        return answer

    def dumped(self, answer: Any) -> str:
        """The answer as JSON."""
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def mapped(value: Any, change: Any, name: str = "") -> Any:
    """The same with every text handed through ``change(member name, text)``."""
    if isinstance(value, dict):
        return {key: mapped(member, change, key) for key, member in value.items()}
    if isinstance(value, list):
        return [mapped(member, change, name) for member in value]
    return change(name, value) if isinstance(value, str) else value


def records(answer: Json) -> list[Json]:
    """The answer itself and the records right in it."""
    inner = [answer.get("item"), *(answer.get("items") or ()), *(answer.get("results") or ())]
    return [answer, *(one for one in inner if isinstance(one, dict))]
