"""Exact numbers: rational inside, decimal at the end, rounded once by a stated policy."""

from decimal import Decimal
from fractions import Fraction

from syncproof import model as m
from syncproof.errors import MisuseError


def round_to(amount: Fraction, policy: m.RoundingPolicy) -> Decimal:
    """``amount`` as a multiple of the policy's increment, without exponent and trailing zeros.

    ``up`` is away from zero and ``down`` towards it; ``half_up`` and ``half_even`` take the nearest
    multiple, and of two equally near ones that away from zero or the even one.
    """
    if policy.increment <= 0:
        raise MisuseError(f"the rounding increment {policy.increment} is not positive")
    steps = abs(amount) / Fraction(policy.increment)
    whole, rest = divmod(steps.numerator, steps.denominator)
    if rest and _goes_up(policy.mode, whole, Fraction(rest, steps.denominator)):
        whole += 1
    sign = -1 if amount < 0 else 1
    return as_decimal(sign * whole * Fraction(policy.increment))


def as_decimal(amount: Fraction) -> Decimal:
    """``amount`` as the Decimal that is equal to it, in its shortest plain form (``100``, ``12.5``);
    MisuseError for one that no decimal is equal to (1/3)."""
    twos, fives = _multiplicity(amount.denominator, 2), _multiplicity(amount.denominator, 5)
    if amount.denominator != 2**twos * 5**fives:
        raise MisuseError(f"{amount} has no exact decimal form: round it first")
    places = max(twos, fives)
    digits = abs(amount.numerator) * 10**places // amount.denominator
    # built from its parts: arithmetic on Decimals would round to the precision of the context
    return Decimal((int(amount < 0), tuple(map(int, str(digits))), -places))


def within(expected: Decimal | Fraction | int, actual: Decimal | Fraction | int, tolerance: Decimal | int) -> bool:
    """Whether two amounts of one unit differ by ``tolerance`` at most (inclusive, exact)."""
    return abs(Fraction(expected) - Fraction(actual)) <= Fraction(tolerance)


def exceeds(required: Decimal | Fraction | int, consumed: Decimal | Fraction | int, tolerance: Decimal | int) -> bool:
    """Whether a total consumption is a discrepancy that must be explained: beyond what is required
    plus the tolerance of the item, all in its base unit."""
    return Fraction(consumed) > Fraction(required) + Fraction(tolerance)


def _goes_up(mode: str, whole: int, rest: Fraction) -> bool:
    half = Fraction(1, 2)
    return {
        "up": True,
        "down": False,
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
    }[mode]


def _multiplicity(number: int, prime: int) -> int:
    count = 0
    while number % prime == 0:
        number, count = number // prime, count + 1
    return count
