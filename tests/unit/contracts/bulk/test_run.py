"""The whole: everything is counted, and as much told as was asked for."""

import json
import resource
import sys

import pytest

from syncproof.contracts import folder
from syncproof.contracts.bulk.routing import router
from syncproof.contracts.bulk.run import validate
from syncproof.contracts.rules import Rules

GOOD = '{"domain":"security","id":"u","revision":"A","roles":[]}'


@pytest.fixture
def report(tmp_path):
    def run(*files, contract="auto", most=10, rules=True):
        paths = [tmp_path / f"{number}{suffix}" for number, (suffix, _) in enumerate(files)]
        for path, (_, text) in zip(paths, files, strict=True):
            path.write_text(text)
        return validate(paths, router(contract), rules=Rules() if rules else None, most=most, told=lambda *_: None)

    return run


def test_each_mistake_is_told_with_line_and_pointer(report):
    found = report((".ndjson", f'{GOOD}\n{GOOD.replace("[]", "5")}\n{{"a":\n'), contract="security")
    assert (found.documents, found.invalid, found.total) == (3, 2, 2)
    assert [(each.line, each.pointer) for each in found.errors] == [(2, "/roles"), (3, "")]


def test_in_a_document_of_many_lines_the_line_is_that_of_the_value(report):
    text = json.dumps(json.loads(GOOD.replace("[]", "5")), indent=1)
    assert [each.line for each in report((".json", text)).errors] == [5]
    twice = '{"domain":"security",\n"id":"u",\n"id":"u"}'
    assert [(each.line, each.pointer) for each in report((".json", twice)).errors] == [(2, "/id")]
    assert [each.line for each in report((".json", '{\n"domain":"security",\n"id":NaN}')).errors] == [3]


def test_what_is_not_told_is_counted(report):
    found = report((".ndjson", '{"domain":"security"}\n' * 5), most=4)
    assert (len(found.errors), found.total, found.invalid) == (4, 15, 5)
    assert found.plain()["total"] == 15


def test_rules_across_documents_count_each_document_once(report):
    material = '{"domain":"material","id":"M","revision":"A","description":"","base_unit":"KGM"}'
    bom = '{"domain":"bom","id":"B","revision":"A","item":"M","base_quantity":{"value":"0","unit":"XXX"},"lines":[{"line_no":1,"item":"N","quantity":{"value":"1","unit":"KGM"}}]}'
    found = report((".ndjson", f"{material}\n{bom}\n"))
    assert (found.documents, found.invalid) == (2, 1)
    assert {each.rule for each in found.errors} == {"unit-known", "total-positive", "reference-component"}
    assert report((".ndjson", f"{material}\n{bom}\n"), rules=False).total == 0


def test_rules_apply_to_the_data_of_an_event(report):
    text = (folder() / "event/1.0.0/examples/good-master.json").read_text(encoding="utf-8")
    event = json.loads(text.replace('"KGM"', '"no"'))
    assert [each.pointer for each in report((".ndjson", json.dumps(event))).errors] == ["/data/base_unit"]


def test_a_file_that_is_refused_does_not_end_the_run(report):
    found = report((".ndjson", ""), (".ndjson", GOOD))
    assert (found.documents, found.invalid, found.total) == (1, 0, 1)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_documents(tmp_path):
    """Ten times the documents, one of them broken, take no more memory."""
    line = GOOD.encode() + b"\n"
    peaks = []
    for number in (100_000, 1_000_000):
        file = tmp_path / "many.ndjson"
        with file.open("wb") as stream:
            stream.writelines(line for _ in range(number))
            stream.write(b'{"domain"\n')
        found = validate([file], router("security"), rules=None, most=5, told=lambda *_: None)
        assert (found.documents, found.invalid) == (number + 1, 1)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert peaks[1] - peaks[0] < 20_000 * (1024 if sys.platform == "darwin" else 1)
