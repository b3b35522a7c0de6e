"""Small valid documents, to be made wrong in one place."""

from syncproof.contracts.rules.base import Source

BOM = {
    "domain": "bom", "id": "B", "revision": "A", "item": "CREAM", "base_quantity": {"value": "100", "unit": "C62"},
    "lines": [{"line_no": 10, "item": "OIL", "quantity": {"value": "1.5", "unit": "KGM"}}],
}  # fmt: skip
MATERIAL = {"domain": "material", "id": "OIL", "revision": "A", "description": "", "base_unit": "KGM"}
UOM = {"domain": "uom", "id": "OIL", "revision": "A", "base_unit": "KGM"}
ORDER = {"id": "O", "item": "CREAM", "quantity": {"value": "100", "unit": "C62"}, "site": "EAST", "status": "Completed"}
OUTPUT = {"kind": "output", "order_id": "O", "item": "CREAM", "lot": "L", "quantity": {"value": "60", "unit": "C62"}}


def conversion(unit, numerator, denominator=1):
    return {"from_unit": unit, "numerator": numerator, "denominator": denominator}


def bom(**line):
    return {**BOM, "lines": [{**BOM["lines"][0], **line}]}


def told(rule, contract, document):
    return [(each.rule.id, each.pointer, each.actual) for each in rule(contract, document)]


def across(rule, *documents):
    """What a rule over all documents tells, and what it could not check."""
    for line, (contract, document) in enumerate(documents, 1):
        rule.look(contract, document, Source("file", line, ""))
    found = [(each.found.rule.id, each.source.line, each.found.pointer) for each in rule.end()]
    return found, sum(rule.unchecked().values())
