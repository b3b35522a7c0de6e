"""The messages between the systems: JSON Schemas (draft 2020-12) by name and version.

>>> explain("bom", {"domain": "bom"})[0]
('', "'id' is a required property")

The simulators import this at their start, so nothing heavy is imported before it is needed.
"""

from syncproof.contracts.catalogue import Contract, dialect, folder, registry, schema, versions
from syncproof.contracts.validation import explain

__all__ = ["Contract", "dialect", "explain", "folder", "registry", "schema", "versions"]
