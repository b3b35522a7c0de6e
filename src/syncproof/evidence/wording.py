"""A check in words: for the terminal, and for every view made from the record."""

from typing import Any

from syncproof.evidence.difference import differences, shown


def wording(check: dict[str, Any]) -> str:
    """Several lines: the claim, expected and actual, and where to look."""
    lines = [f"✗ {check['requirement']}: {check['claim']}"]
    if check["kind"] == "agreed":
        lines += _agreed(check)
    elif check["verdict"] == "not supported":
        lines += [f"expected {shown(check['expected'])}", f"not asked: {check['actual']['not supported']}"]
    elif "error" in _as_dict(check["actual"]):
        lines += [f"expected {shown(check['expected'])}", f"no usable answer: {check['actual']['error']}"]
    elif check["kind"] in {"absent", "present"}:
        member = shown(check["expected"][check["kind"]])
        lines += [f"expected {check['kind']}: {member}", f"actual   {shown(check['actual'])}"]
    else:
        lines += _compared(check)
    if check.get("tolerance") is not None:
        lines.append(f"tolerance {check['tolerance']}")
    lines.append(f"exchanges {', '.join(check['exchanges'])}")
    return "\n    ".join(lines)


def _compared(check: dict[str, Any]) -> list[str]:
    expected, actual = check["expected"], check["actual"]
    where = f" ({check['system']})" if check.get("system") else ""
    if check["kind"] in {"equal", "in_order"} and isinstance(expected, dict | list):
        return [f"differences{where}:", *(f"  {line}" for line in differences(expected, actual))]
    return [f"expected {shown(expected)}", f"actual   {shown(actual)}{where}"]


def _agreed(check: dict[str, Any]) -> list[str]:
    width = max(len("expected"), *(len(system) for system in check["actual"]))
    lines = [f"{'expected':{width}}  {shown(check['expected'])}"]
    for system, value in check["actual"].items():
        latency, attempts = check["latency_ms"][system], check["attempts"][system]
        if latency is not None:
            lines.append(f"{system:{width}}  as expected after {latency:.0f} ms")
            continue
        tries = f"within {check['sla_ms']:.0f} ms, {attempts} attempt{'s' if attempts > 1 else ''}"
        if "not supported" in _as_dict(value):
            lines.append(f"{system:{width}}  not asked: {value['not supported']}")
            continue
        if "error" in _as_dict(value):
            lines.append(f"{system:{width}}  no usable answer {tries}: {value['error']}")
            continue
        lines.append(f"{system:{width}}  differs {tries}: {shown(value)}")
        if isinstance(check["expected"], dict | list):
            lines += [f"{'':{width}}    {line}" for line in differences(check["expected"], value)]
    return lines


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
