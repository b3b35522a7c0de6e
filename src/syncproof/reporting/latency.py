"""How long systems took to agree, against the SLA of the domain; from the checks that waited."""

from collections.abc import Iterable
from dataclasses import dataclass

from syncproof.evidence.reader import Event


@dataclass(slots=True)
class Latency:
    """One system in one domain. Milliseconds of host time from the first look; ``late`` were not in step in time."""

    domain: str
    system: str
    sla_ms: float
    measured: list[float]
    late: int = 0
    worst: str = ""

    def percentile(self, share: float) -> float:
        """Nearest rank."""
        ranked = sorted(self.measured)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def latencies(checks: Iterable[Event]) -> list[Latency]:
    """By domain and system."""
    found: dict[tuple[str, str, float], Latency] = {}
    for check in checks:
        for system, took in check.get("latency_ms", {}).items():
            key = (str(check["domain"]), str(system), float(check["sla_ms"]))
            one = found.setdefault(key, Latency(*key, measured=[]))
            if took is None:
                one.late += check["verdict"] != "not supported"
            else:
                if not one.measured or took > max(one.measured):
                    one.worst = str(check["scenario"])
                one.measured.append(took)
    return [found[key] for key in sorted(found)]
