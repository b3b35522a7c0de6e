"""What a benchmark found, held against its bounds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One measure; it may be at most ``bound``."""

    what: str
    value: float
    bound: float
    unit: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.bound


def report(*found: Found) -> int:
    """Prints a table; 0 if every bound is kept, else 1."""
    width = max(len(each.what) for each in found)
    for each in found:
        verdict = "kept" if each.kept else "MISSED"
        print(f"{each.what:{width}}  {each.value:8.2f} {each.unit:2}  bound {each.bound:6g} {each.unit:2}  {verdict}")
    return 0 if all(each.kept for each in found) else 1
