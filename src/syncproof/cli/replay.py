"""``syncproof evidence replay``: derive every verdict anew from the recorded exchanges."""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from syncproof.cli import suite
from syncproof.cli.verify import show
from syncproof.errors import LandscapeError
from syncproof.evidence import replay as replays
from syncproof.evidence.core_verifier import exit_code
from syncproof.evidence.reader import Record, read_pack
from syncproof.suite_files import suite_root

TAIL = 2000
"""How much of pytest's last words is shown where it could not start."""


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--suite", "root", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The repository that the run was made from. Default: the one here, else the bundled suite.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def replay(pack: Path, root: Path | None, as_json: bool) -> None:
    """Run the features of PACK again on its recorded exchanges: no system is started or spoken to.

    Every verdict is derived anew from the recorded bytes by the suite that is here, and compared with the record:
    verdict and reason of each scenario, each check, each exchange and the user who made it. No code out of the pack is
    run. Reasons are compared where suite, Syncproof, Python and packages are of the run's versions.

    A scenario is derived (all is the same), changed (something differs, or was asked that the record does not hold) or
    not derived (the run broke it off, or it is not in the suite that is here). --json counts them: "scenarios" has
    "recorded", "derived", "changed" and "not derived"; "checks" is the number of checks on record.

    \b
    Exit codes: 0 all verdicts derived anew; 4 one differs; 3 something could not be derived; 2 usage.
    """
    record = read_pack(pack)
    with tempfile.TemporaryDirectory(prefix="syncproof-replay-") as folder:
        play = partial(_play, pack.resolve(), root or suite.repository() or suite_root(), Path(folder))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            replayed = dict(pool.map(play, replays.workers(record)))
        found = list(replays.compared(record, replayed))
    code = exit_code(found)
    if as_json:
        click.echo(
            json.dumps(
                {"verified": code == 0, "findings": [asdict(one) for one in found], **replays.counts(record, found)}
            )
        )
    else:
        show(found, code)
    sys.exit(code)


def _play(pack: Path, root: Path, folder: Path, worker: str) -> tuple[str, Record]:
    """Play one worker's record back, in a process of its own; its new record."""
    evidence, log = folder / worker, folder / f"{worker}.log"
    command = [
        sys.executable, "-m", "pytest", "-c", str(root / "pytest.toml"), "--rootdir", str(root),
        "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:schemathesis", "-p", "no:pact",
        "--assert", "plain", "-q", "--tb", "no",
        "--replay", str(pack), "--replay-worker", worker, "--evidence", str(evidence),
        "--landscape", str(pack / "inputs" / "landscape.toml"), *_features(root),
    ]  # fmt: skip
    paths = os.pathsep.join([str(root), *([os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else [])])
    with log.open("wb") as stream:
        environment = {**os.environ, "PYTHONPATH": paths}
        subprocess.run(command, env=environment, stdout=stream, stderr=stream, cwd=folder, check=False)  # noqa: S603
    made = [read_pack(path) for path in sorted(evidence.glob("0*"))]
    if not made or not made[0].scenarios:
        text = log.read_text(encoding="utf-8", errors="replace")[-TAIL:]
        raise LandscapeError(f"the record of worker {worker} could not be played back:\n{text}")
    return worker, made[0]


def _features(root: Path) -> list[str]:
    places = dict.fromkeys((suite_root() / "features", root / "features"))
    return [str(path) for path in places if path.is_dir()]
