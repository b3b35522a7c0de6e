"""What a schema says, in few words: a node is a conjunction of atoms.

Every keyword of draft 7 and 2020-12 becomes atoms. Each atom knows the pointer and the keyword that it comes
from; neither takes part in comparisons. Nodes are equal when their keys are: the same place, and later the same
class (``alike``).
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from syncproof.contracts.compatibility.values import key


@dataclass(slots=True, eq=False)
class Node:
    """A schema: all of its atoms hold. They come after it, for schemas refer to themselves."""

    key: Hashable
    place: str = ""
    atoms: tuple["Atom", ...] = ()
    _hash: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.rename(self.key)

    def rename(self, key: Hashable) -> None:
        """Gives the node another key, before anything is proved with it."""
        self.key = key
        self._hash = hash(key)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Node) and self._hash == other._hash and self.key == other.key)

    def __hash__(self) -> int:
        return self._hash


TRUE = Node("true")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an atom comes from."""

    place: str = field(default="", compare=False)
    keyword: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Types(Origin):
    """The value is of one of these types; ``integer`` is a number without a fraction."""

    kind: ClassVar[str | None] = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Enum(Origin):
    """The value is one of these."""

    kind: ClassVar[str | None] = None
    keys: frozenset[Hashable] = frozenset()
    values: tuple[Any, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Least(Origin):
    """A number, or the size of a string, array or object, is at least ``value`` (or above it)."""

    kind: str = "number"
    value: Fraction = Fraction(0)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Most(Origin):
    """A number, or the size of a string, array or object, is at most ``value`` (or below it)."""

    kind: str = "number"
    value: Fraction = Fraction(0)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Multiple(Origin):
    kind: ClassVar[str | None] = "number"
    value: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Pattern(Origin):
    kind: ClassVar[str | None] = "string"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim(Origin):
    """``format`` and, in draft 7, ``content…``: some validators check it, others take it as a note."""

    kind: ClassVar[str | None] = "string"
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Item(Origin):
    """The item at ``index``, if there is one."""

    kind: ClassVar[str | None] = "array"
    index: int = 0
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Rest(Origin):
    """Every item from ``start`` on."""

    kind: ClassVar[str | None] = "array"
    start: int = 0
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Some(Origin):
    """At least ``count`` items satisfy the node."""

    kind: ClassVar[str | None] = "array"
    count: int = 1
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Few(Origin):
    """At most ``count`` items satisfy the node."""

    kind: ClassVar[str | None] = "array"
    count: int = 0
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Unique(Origin):
    kind: ClassVar[str | None] = "array"


@dataclass(frozen=True, slots=True)
class Required(Origin):
    kind: ClassVar[str | None] = "object"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Property(Origin):
    """The value of ``name``, if it is there."""

    kind: ClassVar[str | None] = "object"
    name: str = ""
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Others(Origin):
    """Every property whose name is not among ``names``, matches none of ``without`` and all of ``matching``."""

    kind: ClassVar[str | None] = "object"
    names: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    matching: frozenset[str] = frozenset()
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Names(Origin):
    """Every name of a property, taken as a string."""

    kind: ClassVar[str | None] = "object"
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class All(Origin):
    kind: ClassVar[str | None] = None
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either(Origin):
    """At least one of the nodes."""

    kind: ClassVar[str | None] = None
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class One(Origin):
    """Exactly one of the nodes."""

    kind: ClassVar[str | None] = None
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not(Origin):
    kind: ClassVar[str | None] = None
    node: Node = TRUE


@dataclass(frozen=True, slots=True)
class Choice(Origin):
    """``then`` where ``condition`` holds, ``otherwise`` where it does not."""

    kind: ClassVar[str | None] = None
    condition: Node = TRUE
    then: Node = TRUE
    otherwise: Node = TRUE


@dataclass(frozen=True, slots=True)
class Unknown(Origin):
    """What we cannot tell: nothing is ever proved with it."""

    kind: ClassVar[str | None] = None


Atom = (
    Types | Enum | Least | Most | Multiple | Pattern | Claim | Item | Rest | Some | Few | Unique | Required | Property
    | Others | Names | All | Either | One | Not | Choice | Unknown
)  # fmt: skip


def single(atom: Atom) -> Node:
    """A schema of one atom."""
    return Node(("single", type(atom).__name__, atom), atom.place, (atom,))


def among(values: tuple[Any, ...]) -> Node:
    """The value is one of these."""
    return single(Enum(keys=frozenset(map(key, values)), values=values))
