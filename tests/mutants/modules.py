"""Which files are changed, and under which tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "oracle": ["src/syncproof/oracle/**/*.py"],
    "checks": [
        f"src/syncproof/{name}.py"
        for name in ("agreement", "check_making", "checks", "comparison", "seen", "step_checks")
    ],
    "evidence": ["src/syncproof/evidence/**/*.py"],
}
"""What is changed, against the tests in ``tests/unit/`` of the same name."""
MIRRORED = {"evidence"}
"""Packages whose tests together take long: each module is changed against its own test file, if it has one."""
GONE_THROUGH = (
    "oracle",
    "checks",
    "evidence/baseline",
    "evidence/canonical",
    "evidence/deviations",
    "evidence/difference",
    "evidence/dossier",
    "evidence/environment",
    "evidence/exchange/declarations",
    "evidence/execution/acts",
    "evidence/execution/configuration",
    "evidence/execution/deviation",
    "evidence/execution/history",
    "evidence/execution/items",
    "evidence/execution/outline",
    "evidence/execution/register",
    "evidence/execution/rules",
    "evidence/files",
    "evidence/fitness",
    "evidence/journal",
    "evidence/ledger",
    "evidence/locks",
    "evidence/manifest",
    "evidence/matrix",
    "evidence/pack",
    "evidence/plain",
    "evidence/protocols",
    "evidence/reader",
    "evidence/registry",
    "evidence/registry_file",
    "evidence/replay",
    "evidence/reviews",
    "evidence/risk",
    "evidence/scenarios",
    "evidence/seal",
    "evidence/signing/keys",
    "evidence/signing/passphrase",
    "evidence/signing/seen",
    "evidence/signing/stamps",
    "evidence/signing/statements",
    "evidence/syncing",
    "evidence/toml_file",
    "evidence/verdicts",
    "evidence/verification",
    "evidence/wording",
)
"""Where each survivor was killed or explained, so that another one is news."""


def chosen(module: str | None) -> dict[str, list[str]]:
    """The files to change by package; SystemExit with what there is if the module is unknown."""
    found: dict[str, list[str]] = {}
    for name in GONE_THROUGH if module is None else (module,):
        package, _, rest = name.partition("/")
        some = [file for file in _files(package) if not rest or _is(file, package, rest)]
        if not some:
            valid = f"{', '.join(PACKAGES)}, or a module of one, such as oracle/quantities"
            sys.exit(f"there is no {name!r}; valid: {valid}")
        found[package] = found.get(package, []) + some
    return found


def _files(package: str) -> list[str]:
    paths = (path for pattern in PACKAGES.get(package, ()) for path in ROOT.glob(pattern))
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def _is(file: str, package: str, module: str) -> bool:
    return file in {f"src/syncproof/{package}/{module}.py", f"src/syncproof/{module}.py"}


def units(package: str, files: list[str]) -> list[tuple[str, list[str]]]:
    """What is run at once: some tests, and the files that are changed under them."""
    if package not in MIRRORED:
        return [(f"tests/unit/{package}", files)]
    return [(mirror(name), [name]) for name in files]


def mirror(name: str) -> str:
    """The test file of a module, or the folder of that name with several; else the tests of its package."""
    path = Path(name.replace("src/syncproof", "tests/unit"))
    own = (path.with_name(f"test_{path.name}"), path.with_suffix(""))
    return str(next((one for one in own if (ROOT / one).exists()), path.parent))
