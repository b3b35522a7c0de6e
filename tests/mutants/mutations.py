"""What mutmut would change, and what became of it."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name, orig_function_and_class_names_from_key


@dataclass(frozen=True)
class Mutation:
    """One change: mutmut's name of it, where it is, and the changed lines before and after."""

    name: str
    file: str
    function: str
    was: str
    becomes: str


def mutations(name: str) -> list[Mutation]:
    """Every mutation of a file of the folder that mutmut runs in."""
    return list(_of_file(name))


def _of_file(name: str) -> Iterator[Mutation]:
    made = mutate_file_contents(name, Path(name).read_text(encoding="utf-8"))
    functions = dict(_functions(ast.parse(made.code)))
    for mangled in made.mutant_names:
        original = functions[mangled.partition("__mutmut_")[0] + "__mutmut_orig"]
        key = get_mutant_name(Path(name), mangled)
        function, of = orig_function_and_class_names_from_key(key)
        place = f"{of}.{function}" if of else function
        yield Mutation(key, name, place, *_difference(original, functions[mangled]))


def _functions(module: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The lines of each function and method, one per statement whatever the layout."""
    for node in module.body:
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                yield each.name, ast.unparse(each).replace(each.name, "_").splitlines()


def _are_same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _difference(before: list[str], after: list[str]) -> tuple[str, str]:
    """What stands between the lines that both begin and both end with."""
    same = len(list(takewhile(_are_same, zip(before, after, strict=False))))
    before, after = before[same:], after[same:]
    same = len(list(takewhile(_are_same, zip(reversed(before), reversed(after), strict=False))))
    return tuple(" ".join(line.strip() for line in part[: len(part) - same]) for part in (before, after))


def outcomes(files: list[str]) -> dict[str, str]:
    """What became of each mutation that was tried, by mutmut's name."""
    results: dict[str, str] = {}
    for name in files:
        codes = json.loads(Path(f"mutants/{name}.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
        results |= {key: status_by_exit_code[code] for key, code in codes.items() if code is not None}
    return results
