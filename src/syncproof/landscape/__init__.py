"""Which system plays which role, owns which domain, within which SLA.

``definition`` is what a landscape file says, ``reading`` reads it and answers every mistake, ``launch``
starts what the file wants started, ``compose`` makes the adapters: the one composition root.
"""

from syncproof.landscape.definition import Definition, SystemEntry
from syncproof.landscape.reading import load

__all__ = ["Definition", "SystemEntry", "load"]
