"""How long systems took to agree, against the SLA of the domain; from the checks that waited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from syncproof.evidence.reader import Event


@dataclass(slots=True)
class Latency:
    """One system in one domain. Milliseconds of host time from the first look; ``late`` were not in step in time.

    ``worst`` is the scenario of the slowest, ``missed`` those in which the system was late.
    """

    domain: str
    system: str
    sla_ms: float
    measured: list[float]
    late: int = 0
    worst: str = ""
    slowest: float = 0.0
    missed: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Nearest rank."""
        ranked = sorted(self.measured)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0

    def take(self, took: float, scenario: str) -> None:
        """One measurement."""
        self.measured.append(took)
        if not self.worst or took > self.slowest:
            self.slowest, self.worst = took, scenario


def latencies(checks: Iterable[Event]) -> list[Latency]:
    """By domain and system."""
    found: dict[tuple[str, str, float], Latency] = {}
    for check in checks:
        for system, took in check.get("latency_ms", {}).items():
            key = (str(check["domain"]), str(system), float(check["sla_ms"]))
            one = found.setdefault(key, Latency(*key, measured=[]))
            if took is not None:
                one.take(took, str(check["scenario"]))
            elif check["verdict"] != "not supported":
                one.late += 1
                one.missed.append(str(check["scenario"]))
    return [found[key] for key in sorted(found)]
