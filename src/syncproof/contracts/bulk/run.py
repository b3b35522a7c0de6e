"""The whole run: every document judged, every mistake placed, the rules applied to what is valid."""

from collections.abc import Iterable
from pathlib import Path

from syncproof.contracts.bulk.explaining import count, explain
from syncproof.contracts.bulk.faults import Unreadable
from syncproof.contracts.bulk.judge import Invalid, plain
from syncproof.contracts.bulk.lines import line_of
from syncproof.contracts.bulk.report import Mistake, Report, Told
from syncproof.contracts.bulk.routing import Part, Router, Unnamed
from syncproof.contracts.bulk.source import Document, Refused, documents
from syncproof.contracts.rules import Rules
from syncproof.contracts.rules.base import Found, Source


def validate(paths: Iterable[Path], router: Router, *, rules: Rules | None, most: int, told: Told) -> Report:
    """Validates every document of these files and directories."""
    run = Run(router, rules, Report(most))
    for each in documents(paths):
        if isinstance(each, Refused):
            run.refused(each)
        else:
            run.document(each)
            told(run.report, len(each.raw))
    run.end()
    return run.report


class Run:
    """What is going on."""

    def __init__(self, router: Router, rules: Rules | None, report: Report) -> None:
        self.report, self._router, self._rules = report, router, rules
        self._broken: set[tuple[str, int]] = set()  # only with rules: a document is counted once
        self._told = 0

    def refused(self, what: Refused) -> None:
        self.report.documents += what.counts
        self.report.invalid += what.counts
        self.report.add(Mistake(what.file, what.line, "", what.message, what.expected, what.actual))

    def document(self, document: Document) -> None:
        """Judges one; the rules look at it only if it has the right shape."""
        report, before = self.report, self.report.total
        report.documents += 1
        try:
            for part in self._router(document.raw):
                self._part(document, part)
        except Unnamed as problem:
            report.add(_mistake(document, "", str(problem), "the name of a contract", "none"))
        except Unreadable as problem:
            report.add(_unreadable(document, problem))
        if report.total > before:
            self._invalid(document)

    def _invalid(self, document: Document) -> None:
        self.report.invalid += 1
        if self._rules:
            self._broken.add((document.file, document.line))
            self._told += 1

    def _part(self, document: Document, part: Part) -> None:
        try:
            found = part.judge.valid(part.raw)
        except Invalid as problem:
            self._explain(document, part, problem)
            return
        if self._rules:
            source = Source(document.file, document.line, part.place)
            for each in self._rules.look(part.judge.target.contract or "", plain(found), source):
                self.report.add(_of_rule(each, source, document))

    def _explain(self, document: Document, part: Part, problem: Invalid) -> None:
        target, report = part.judge.target, self.report
        if report.room <= 0:
            report.total += count(target, problem.document)
            return
        for broken in explain(target, problem.document, len(part.raw)):
            report.add(_mistake(document, part.place + broken.place, *broken[1:]))

    def end(self) -> None:
        """What only the whole can tell."""
        if self._rules:
            for each, source in self._rules.end():
                self.report.add(_of_rule(each, source, None))
                self._broken.add(source[:2])
            self.report.unchecked = self._rules.unchecked()
            self.report.invalid += len(self._broken) - self._told


def _mistake(document: Document, pointer: str, message: str, expected: str, actual: str) -> Mistake:
    return Mistake(document.file, _line(document, pointer), pointer, message, expected, actual)


def _line(document: Document, pointer: str) -> int:
    return line_of(document.raw.decode("utf-8", "replace"), pointer) if document.whole else document.line


def _unreadable(document: Document, problem: Unreadable) -> Mistake:
    line = document.line + document.raw.count(b"\n", 0, problem.byte) if document.whole else document.line
    line = _line(document, problem.place) if problem.place else line
    return Mistake(document.file, line, problem.place, problem.message, problem.expected, problem.actual)


def _of_rule(found: Found, source: Source, document: Document | None) -> Mistake:
    pointer = source.place + found.pointer
    line = _line(document, pointer) if document else source.line
    rule = (found.rule.id, found.rule.requirement)
    return Mistake(source.file, line, pointer, found.message, found.expected, found.actual, *rule)
