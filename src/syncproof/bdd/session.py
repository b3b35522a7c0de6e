"""From the first to the last moment of a pytest session: the pack, the workers, the counts."""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syncproof.bdd import inputs, wire
from syncproof.bdd.collection import ScenarioItem
from syncproof.bdd.judged import Judged
from syncproof.bdd.leftout import command_line, left_out
from syncproof.bdd.replaying import replayed_run
from syncproof.bdd.run import MAIN, RUN, Run, new_seed
from syncproof.bdd.selection import Selection, sites_of
from syncproof.bdd.suites import JUDGED
from syncproof.bdd.verdicts import NOT_SUPPORTED, PASSED
from syncproof.errors import EvidenceError
from syncproof.evidence import deviations, fitness
from syncproof.evidence.environment import environment
from syncproof.evidence.pack import Evidence
from syncproof.evidence.reader import Record, count_events, read_pack
from syncproof.evidence.signing.statements import attest
from syncproof.suite_files import suite_root

WORKER_INPUT = "syncproof"
ENDED_EARLY = {pytest.ExitCode.INTERRUPTED: "interrupted", pytest.ExitCode.INTERNAL_ERROR: "internal error"}


def make_run(config: pytest.Config) -> Run:
    """The run of this process: in a worker, the one its controller started."""
    if config.getoption("replay"):
        return replayed_run(Path(config.getoption("replay")), config.getoption("replay_worker"))
    given: dict[str, Any] = getattr(config, "workerinput", {}).get(WORKER_INPUT, {})
    run = Run(
        seed=str(given.get("seed") or config.getoption("seed") or new_seed()),
        worker=os.environ.get("PYTEST_XDIST_WORKER", MAIN) if given else MAIN,
        selection=Selection(
            requirements=frozenset(config.getoption("requirement") or ()),
            phases=frozenset(config.getoption("phase") or ()),
            sites=frozenset(config.getoption("site") or ()),
        ),
    )
    run.arguments = tuple(given.get("arguments", ()))
    if given.get("pack"):
        run.record_into(Path(given["pack"]))
    return run


def landscape_file(config: pytest.Config) -> Path | None:
    """The landscape file of the run: the option, or ``landscape.toml`` beside the suite."""
    given = config.getoption("landscape")
    path = Path(given) if given else config.rootpath / "landscape.toml"
    if path.is_file():
        return path.resolve()
    if given:
        text = f"there is no landscape file {given}: give the path of a TOML file with --landscape"
        raise pytest.UsageError(text)
    return None


def start_record(config: pytest.Config) -> None:
    """Number the run, make its pack and write ``run_started``; once, and only if it records."""
    run = config.stash[RUN]
    if run.pack is not None or config.getoption("no_record") or config.option.collectonly:
        return
    landscape = landscape_file(config)
    given = config.getoption("evidence")
    beside = config.rootpath if landscape is None else landscape.parent
    directory = Path(given) if given else beside / "evidence"
    info = environment(config.rootpath, landscape) | {
        "seed": run.seed,
        "command": list(config.invocation_params.args),
        "selection": {
            "requirements": sorted(run.selection.requirements),
            "phases": sorted(run.selection.phases),
            "sites": sorted(run.selection.sites),
            "keyword": config.option.keyword,
            "paths": [_within(config.rootpath, config.invocation_params.dir / path) for path in config.args],
        },
    }
    config.hook.pytest_syncproof_run_info(config=config, info=info)
    run.pack = Evidence(directory.resolve()).open_run({"who": info["who"], "seed": run.seed})
    run.record_into(run.pack.path)
    run.recorder.sink.append("run_started", {"run": run.pack.number, **info})
    _keep_inputs(config, run, landscape)


def _keep_inputs(config: pytest.Config, run: Run, landscape: Path | None) -> None:
    if run.pack is not None:
        roots = dict.fromkeys((suite_root(), config.rootpath))
        landscape = landscape or suite_root() / "landscapes" / "reference.toml"
        files = [*inputs.registries(roots), *([("landscape.toml", landscape)] if landscape.is_file() else [])]
        measured = fitness.newest(run.pack.path.parent)
        files += [(fitness.KEPT, measured)] if measured else []
        inputs.keep(run.pack.path, files, run.redactor)


def _within(suite: Path, path: Path) -> str:
    """A path as it is in the suite; what lies elsewhere goes by its name, for the record holds no machine's paths."""
    return path.relative_to(suite).as_posix() if path.is_relative_to(suite) else f"…/{path.name}"


def brief_worker(config: pytest.Config, workerinput: dict[str, Any]) -> None:
    """Tell an xdist worker which run it belongs to; the first worker starts the record."""
    if _has_features(config):
        start_record(config)
    run = config.stash[RUN]
    pack = None if run.pack is None else str(run.pack.path)
    arguments = [str(argument) for argument in config.invocation_params.args]
    workerinput[WORKER_INPUT] = {"seed": run.seed, "pack": pack, "arguments": arguments}


def _has_features(config: pytest.Config) -> bool:
    """The controller of workers does not collect: look for feature files where they will."""
    for argument in config.args:
        path = config.invocation_params.dir / argument.partition("::")[0]
        if path.suffix == ".feature" or (path.is_dir() and next(path.rglob("*.feature"), None) is not None):
            return True
    return False


def finish_collection(session: pytest.Session) -> None:
    """What is going to be run is known now: count it, and write the plan."""
    config = session.config
    run = config.stash[RUN]
    run.faults = left_out(session)
    if not run.seen_features:
        return
    selected = {item.spec.id for item in session.items if isinstance(item, ScenarioItem)}
    run.written = sum(len(document.scenarios) for document in run.documents.values())
    run.selected = len(selected)
    specs = [spec for document in run.documents.values() for spec in document.scenarios]
    run.carried = {id_ for spec in specs for id_ in spec.requirements}
    run.sites = {site for spec in specs for site in sites_of(spec)}
    if run.worker == MAIN:
        start_record(config)
    pack = run.recorder.sink.pack
    if pack is not None and run.worker in {MAIN, "gw0"}:
        run.recorder.sink.append("plan", run.plan(selected, config.stash.get(JUDGED, Judged())))
        inputs.keep(pack, run.feature_files(), run.redactor)


def finish_worker(config: pytest.Config, workeroutput: dict[str, Any]) -> None:
    """A worker's last word: its journal is complete, and this is what it was asked to do."""
    run = config.stash[RUN]
    wire.hold(run)
    run.recorder.sink.close()
    workeroutput[WORKER_INPUT] = {
        "written": run.written,
        "selected": run.selected,
        "seen": run.seen_features,
        "carried": sorted(run.carried),
        "sites": sorted(run.sites),
        "faults": run.faults,
    }


def hear_worker(config: pytest.Config, workeroutput: dict[str, Any], worker: str) -> None:
    """Take over a worker's counts; all workers collect the same."""
    run = config.stash[RUN]
    said = workeroutput.get(WORKER_INPUT)
    if said is None:
        run.lost.append(worker)
        return
    run.faults = list(dict.fromkeys([*run.faults, *said["faults"]]))
    run.sites.update(said["sites"])
    run.written = max(run.written, said.get("written", 0))
    run.selected = max(run.selected, said.get("selected", 0))
    run.seen_features = max(run.seen_features, said.get("seen", 0))
    run.carried.update(said.get("carried", ()))


def finish_run(session: pytest.Session, exitstatus: int) -> list[str]:
    """Close the record and say why the run is not green, if the numbers do not add up."""
    run = session.config.stash[RUN]
    faults = _only_collected(session.config) if session.config.option.collectonly else _count_faults(run)
    if session.exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly:
        faults += _unpassed(run)
    if run.pack is None:
        return faults
    wire.hold(run)
    counts = run.counts()
    counts["recorded"] = count_events(run.pack.path, "scenario_finished")
    inputs.clean_again(run.pack.path, run.redactor)
    record = read_pack(run.pack.path)
    for deviation in deviations.opened(record, run.pack.number):
        run.recorder.sink.append("deviation", deviation)
    faults += [*wire.faults(record), *_contradicted(run, record)]
    early = ENDED_EARLY.get(pytest.ExitCode(exitstatus)) if exitstatus in set(pytest.ExitCode) else None
    if early is None and counts["recorded"] != counts["executed"]:
        faults.append(f"{counts['executed']} scenarios were executed, but {counts['recorded']} are on record")
    if early is not None:
        run.recorder.sink.append("run_aborted", {"reason": early})
    run.recorder.sink.append("run_finished", {"counts": counts, "exit": int(exitstatus), "faults": faults})
    run.recorder.sink.close()
    try:
        run.head = run.pack.finish({"counts": counts, "exit": int(exitstatus)}, aborted=early)
    except EvidenceError as error:
        return [*faults, str(error)]
    attest(record)
    return faults


def _count_faults(run: Run) -> list[str]:
    if not run.seen_features:
        return run.faults
    faults = [_not_carried(id_, run) for id_ in sorted(set(run.selection.requirements) - run.carried)]
    faults += [_no_site(site, run) for site in sorted(set(run.selection.sites) - run.sites) if run.sites]
    faults += run.faults
    faults += [f"worker {name} ended without its last word: it was killed, or broke" for name in run.lost]
    if run.selected != len(run.verdicts):
        faults.append(f"{run.selected} scenarios were collected, but {len(run.verdicts)} executed")
    if run.verdicts and "passed" not in run.verdicts.values() and set(run.verdicts.values()) != {"failed"}:
        faults.append("no scenario passed: nothing was verified")
    return faults


def _unpassed(run: Run) -> Iterator[str]:
    """Scenarios that did not pass in a run that pytest calls green: it was told to skip them, or to expect it."""
    for id_, verdict in run.verdicts.items():
        if verdict not in {PASSED, NOT_SUPPORTED}:
            why = run.reasons[id_].partition("\n")[0]
            yield f"{id_}: {verdict}" + (f" ({why})" if why else "")


def _contradicted(run: Run, record: Record) -> Iterator[str]:
    """Scenarios that passed, but not in the record."""
    recorded = record.scenarios.verdicts()
    for id_, verdict in run.verdicts.items():
        if verdict == PASSED and recorded.get(id_, PASSED) != PASSED:
            yield f"{id_}: it passed, but its record says: {recorded[id_]}"


def _only_collected(config: pytest.Config) -> list[str]:
    """Nothing is run, and the command did not say so."""
    options = {"--collect-only", "--co", "--collectonly"}
    if config.stash[RUN].seen_features and not options.intersection(command_line(config)):
        return ["nothing was run: PYTEST_ADDOPTS or addopts asks for --collect-only; take it away"]
    return []


def _no_site(site: str, run: Run) -> str:
    near = difflib.get_close_matches(site.upper(), run.sites, n=1, cutoff=0)
    return f"no scenario is of site {site}; the nearest is {near[0]}"


def _not_carried(id_: str, run: Run) -> str:
    near = difflib.get_close_matches(id_.upper(), run.carried, n=1)
    return f"no scenario carries {id_}" + (f"; the nearest that one carries is {near[0]}" if near else "")
