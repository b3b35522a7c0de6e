"""Nothing is released that a site in use cannot live with, and nothing of which nothing is known."""

import json
import shutil

import pytest
from click.testing import CliRunner

from syncproof.cli.contracts.check import check
from syncproof.contracts import catalogue
from syncproof.errors import ConfigurationError


def gate(*arguments, env=None):
    found = CliRunner().invoke(check, [str(one) for one in arguments], env=env or {"GITHUB_ACTIONS": ""})
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.exit_code, found.output


def told(*arguments):
    code, output = gate(*arguments, "--json")
    return code, json.loads(output)


def optional(record):
    """Harmless: a field more that may be left out."""
    record["properties"]["note"] = {"type": "string"}


def renamed(record):
    """Harmful both ways."""
    record["properties"]["amount"] = record["properties"].pop("quantity")
    record["required"] = ["amount" if name == "quantity" else name for name in record["required"]]


def test_versions_that_are_in_use_and_here_may_be_released(contracts, evidence, verified):
    """With a provider that was verified."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0))
    code, said = told("--site", f"EAST={east}", "--verified", verified("verified"))
    assert (code, said["releasable"], said["why"]) == (0, True, "may be released to EAST")
    assert [(row["contract"], row["state"]) for row in said["matrix"]] == [("order", "same")]


def test_a_harmless_version_may_be_released(contracts, release, evidence, verified):
    """Consumers of the new one read what is still sent."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0))
    release("order", "1.1.0", optional)
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, said["matrix"][0]["state"]) == (0, "compatible")
    assert said["why"] == "may be released to east: consumers of order 1.1.0 first"  # old ones refuse the new field
    assert said["matrix"][0]["move_first"] == "consumers"


def test_two_systems_of_one_site_speak_versions_that_fit(contracts, release, evidence, verified):
    """Each may fit what is here, and not what the other one sends."""

    def narrow(record):
        record["properties"]["id"]["maxLength"] = 5

    release("order", "1.1.0", narrow)
    release("order", "1.2.0", lambda record: record["properties"]["id"].pop("maxLength"), old="1.1.0")
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), ("mes", "order:1.1.0", 5, 0))
    code, said = told("--site", east, "--verified", verified("verified"))
    assert [row["state"] for row in said["matrix"]] == ["compatible", "compatible", "break"]
    assert code == 1
    assert said["why"].startswith("not to east: erp speaks order 1.0.0, and mes speaks order 1.1.0 there; ")
    fits = evidence("west", ("erp", "order:1.1.0", 5, 0), ("mes", "order:1.2.0", 5, 0))
    assert told("--site", fits, "--verified", verified("verified"))[0] == 0
    odd = evidence("odd", ("erp", "order:1.1.0", 5, 0), ("mes", "order:one", 5, 0))
    assert told("--site", odd, "--verified", verified("verified"))[0] == 3


def test_a_break_is_told_with_the_site_the_rule_and_who_must_move_first(contracts, release, evidence, verified):
    """And the witness is in the matrix."""
    east, west = evidence("east", ("mes", "order:1.0.0", 5, 0)), evidence("west", ("erp", "bom:1.0.0", 1, 0))
    release("order", "2.0.0", renamed)
    code, said = told("--site", f"EAST={east}", "--site", f"WEST={west}", "--verified", verified("verified"))
    assert (code, said["releasable"]) == (1, False)
    assert said["why"].startswith("not to EAST: mes speaks order 1.0.0, and ")
    assert said["why"].endswith("must move first")
    [row] = [row for row in said["matrix"] if row["state"] == "break"]
    assert row["breaks"][0]["witness"] is not None


def test_a_contract_that_was_changed_and_kept_its_version_is_a_break(contracts, evidence, verified):
    """Two things of one name."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0))
    path = contracts / "order" / "1.0.0" / "schema.json"
    path.write_text(path.read_text().replace('"scrapped"', '"wasted"'))
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, "was changed since that run and kept its version" in said["why"]) == (1, True)


def test_a_contract_that_is_gone_or_was_broken_there_is_not_released(contracts, evidence, verified):
    """What is in use is in use."""
    gone = evidence("east", ("erp", "forecast:1.0.0", 5, 0))
    assert told("--site", gone, "--verified", verified("verified"))[0] == 1
    broken = evidence("west", ("erp", "order:1.0.0", 5, 2))
    code, said = told("--site", broken, "--verified", verified("verified"))
    assert (code, "2 of 5 messages of order 1.0.0 broke it" in said["why"]) == (1, True)


def test_bad_messages_that_were_refused_do_not_stand_against_it(contracts, evidence, verified):
    """Every qualification sends some on purpose, also of versions that there are not."""
    refused = ["erp", "POST /masters", "request", "422", "order:1.0.0", 3, 3, 0]
    unknown = ["erp", "POST /inbox", "event", "rejected", "order:9.0.0", 2, 2, 0]
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), more=[refused, unknown])
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, [(row["in_use"], row["messages"]) for row in said["matrix"]]) == (0, [("1.0.0", 5)])


def test_what_is_not_known_cannot_be_said(contracts, evidence, verified):
    """A version without schema, a run without messages, no provider verified, a pack that does not verify."""
    good = evidence("east", ("erp", "order:1.0.0", 5, 0))
    code, said = told("--site", evidence("old", ("erp", "order:0.9.0", 5, 0)), "--verified", verified("verified"))
    assert (code, "its schema is not here" in said["why"]) == (3, True)
    assert told("--site", evidence("silent"), "--verified", verified("verified"))[0] == 3
    code, said = told("--site", good)
    assert (code, "no provider was verified" in said["why"]) == (3, True)
    [journal] = good.glob("0001-*/record/journal-main.ndjson")
    journal.write_bytes(journal.read_bytes().replace(b'"GET /x"', b'"GET /y"'))
    code, said = told("--site", good, "--verified", verified("verified"))
    assert (code, "the pack does not verify" in said["why"]) == (3, True)


def test_a_run_that_was_aborted_proves_nothing(contracts, evidence, verified):
    """Even if its pack is named."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), finished=False)
    [pack] = east.glob("0001-*")
    code, said = told("--site", pack, "--verified", verified("verified"))
    assert (code, said["why"].endswith("was aborted: what came after is not known")) == (3, True)


def test_a_schema_that_the_record_does_not_hold_is_not_the_same(contracts, evidence, verified):
    """A version's name says nothing of what it was."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), schemas={})
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, said["matrix"][0]["state"]) == (3, "unknown")


def test_an_old_version_that_was_another_there_is_a_break(contracts, release, evidence, verified):
    """What is proved of the schema here is nothing proved of the one in use."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), schemas={"order:1.0.0": "0" * 64})
    release("order", "1.1.0", optional)
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, "order 1.0.0 was changed since that run" in said["why"]) == (1, True)


def test_a_newer_version_at_a_site_is_held_against_the_one_here(contracts, release, evidence, verified):
    """What is sent there must be understood by what would be released."""
    release("order", "1.1.0", optional)
    east = evidence("east", ("erp", "order:1.1.0", 5, 0))
    index = contracts / "index.toml"
    index.write_text(
        index.read_text().replace('name = "order"\nversion = "1.1.0"', 'name = "order"\nversion = "1.0.0"')
    )
    catalogue.registry.cache_clear()
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, said["matrix"][0]["state"], said["matrix"][0]["new"]) == (1, "break", "1.0.0")


def test_messages_that_broke_the_description_of_an_operation_are_not_passed_over(contracts, evidence, verified):
    """No contract's row tells of them."""
    served = ["erp", "GET /forecasts", "answer", "200", "", 4, 4, 4]
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), more=[served])
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, "4 of 4 messages of erp, GET /forecasts" in said["why"]) == (3, True)


def test_an_older_pack_does_not_stand_in_for_the_latest(contracts, evidence, verified):
    """Whoever takes away the pack of a bad run must not get the verdict of the good one before."""
    evidence("east", ("erp", "order:1.0.0", 5, 0))
    east = evidence("east", ("erp", "order:0.9.0", 1, 0))
    [latest] = east.glob("0002-*")
    shutil.rmtree(latest)
    with pytest.raises(ConfigurationError, match=f"does not hold {latest.name}"):
        gate("--site", east, "--verified", verified("verified"))


def test_a_record_or_ledger_of_another_form_is_told(contracts, evidence, verified):
    """Without a traceback."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), more=[["erp", 5]])
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, "does not have the form it should have" in said["why"]) == (3, True)
    (east / "ledger.ndjson").write_text("5\n")
    with pytest.raises(ConfigurationError, match=r"ledger.ndjson is no ledger"):
        gate("--site", east)


def test_a_site_has_a_name_wherever_it_is_looked_at_from(contracts, evidence, verified, monkeypatch):
    """The folder that its evidence lies in; a path may have an equals sign in it."""
    east = evidence("a=b", ("erp", "order:1.0.0", 5, 0))
    assert told("--site", east, "--verified", verified("verified"))[1]["why"] == "may be released to a=b"
    assert told("--site", f"EAST={east}", "--verified", verified("verified"))[1]["why"] == "may be released to EAST"
    monkeypatch.chdir(east)
    assert told("--site", ".", "--verified", verified("verified"))[1]["why"] == "may be released to a=b"


def test_a_compatibility_that_there_is_not_is_a_mistake(contracts, release, evidence, verified):
    east = evidence("east", ("erp", "order:1.0.0", 5, 0))
    release("order", "1.1.0", optional)
    index = contracts / "index.toml"
    index.write_text(index.read_text().replace('"backward-transitive"', '"backwards"'))
    catalogue.registry.cache_clear()
    with pytest.raises(ConfigurationError, match="states the compatibility 'backwards' of order"):
        gate("--site", east, "--verified", verified("verified"))


def test_the_answer_says_which_pack_it_rests_on_and_of_whom_it_says_nothing(contracts, evidence, verified):
    """Systems behind an adapter have messages of their own."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), apart=["tryton"])
    [pack] = east.glob("0001-*")
    _, output = gate("--site", east, "--verified", verified("verified"))
    assert f"east: {pack.name}, ended 20" in output
    assert "east: tryton speaks messages of its own, and is in no row" in output
    assert told("--site", east, "--verified", verified("verified"))[1]["sites"][0]["apart"] == ["tryton"]


def test_a_provider_that_does_not_keep_its_contract_stands_against_it(contracts, evidence, verified):
    """What failed, or could not be asked."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0))
    code, said = told("--site", east, "--verified", verified("verified", "error", verified=False))
    assert (code, said["why"]) == (1, "a provider does not keep its contract: erp: one 1 (error)")
    for verdicts, sound in ((["not supported"], False), ([], True), (["not supported"], True)):
        code, said = told("--site", east, "--verified", verified(*verdicts, verified=sound))
        assert (code, "verified nothing" in said["why"]) == (3, True)


def test_a_verification_of_something_else_proves_nothing(contracts, release, evidence, verified):
    """Other contracts, another schema, others' Pact files, or a version that came later."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), ("erp", "receipt:1.0.0", 1, 0))
    for options in ({"driven": ["bom"]}, {"changed": ["order"]}, {"driven": []}):
        code, said = told("--site", east, "--verified", verified("verified", **options))
        assert (code, "no provider of order 1.0.0 was verified with the schema that is here" in said["why"]) == (
            3,
            True,
        )
    before = verified("verified")
    release("order", "1.1.0", optional)
    code, said = told("--site", east, "--verified", before)
    assert (code, "no provider of order 1.1.0 was verified" in said["why"]) == (3, True)


@pytest.mark.parametrize(
    "content",
    [
        '{"interactions": [{"verdict": "failed"}], "verified": false}',
        '{"interactions": [{"verdict": ["failed"]}], "verified": false}',
        '{"interactions": [], "verified": true}',
        '{"interactions": 5, "contracts": {}, "verified": true}',
        '{"interactions": [{"verdict": "FAILED", "system": "erp", "description": "x", "pending": false, "contract": null}],'
        ' "contracts": {}, "verified": true}',
        '{"landscape": "x", "interactions": [], "contracts": [], "verified": true}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_result_is_told(contracts, evidence, tmp_path, content):
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(ConfigurationError, match="is no result of 'syncproof contracts verify --json'"):
        gate("--site", evidence("east", ("erp", "order:1.0.0", 5, 0)), "--verified", tmp_path / "x.json")


def test_the_latest_run_that_finished_counts(contracts, evidence, verified):
    """Not one that was aborted later."""
    evidence("east", ("erp", "order:1.0.0", 5, 0))
    evidence("east", ("erp", "order:1.0.0", 7, 0))
    east = evidence("east", ("erp", "order:0.9.0", 1, 0), finished=False)
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, said["matrix"][0]["messages"]) == (0, 7)


def test_pipelines_get_annotations(contracts, release, evidence, verified, tmp_path):
    """As GitHub and GitLab read them."""
    east = evidence("east", ("mes", "order:1.0.0", 5, 0))
    release("order", "2.0.0", renamed)
    report = tmp_path / "gl.json"
    _code, output = gate(
        "--site", f"EAST={east}", "--verified", verified("verified"), "--gitlab", report, env={"GITHUB_ACTIONS": "true"}
    )
    pair, whole = [line for line in output.splitlines() if line.startswith("::")]
    assert pair.startswith("::error file=contracts/order/2.0.0/schema.json,line=1,title=order 1.0.0 at EAST (mes)::")
    assert whole.startswith("::error title=Contracts::not to EAST: mes speaks order 1.0.0")
    issues = json.loads(report.read_text())
    assert [(issue["location"]["path"], issue["severity"]) for issue in issues] == [
        ("contracts/index.toml", "blocker"),
        ("contracts/order/2.0.0/schema.json", "blocker"),
    ]
    assert {len(issue["fingerprint"]) for issue in issues} == {64}


@pytest.mark.parametrize(
    ("verdict", "why"), [("failed", "does not keep its contract"), ("not supported", "verified nothing")]
)
def test_pipelines_are_told_what_is_in_no_row(contracts, evidence, verified, tmp_path, verdict, why):
    """Beside a row that stands against it, too: the decision is what the pipeline went red for."""
    for name, version in (("east", "1.0.0"), ("west", "0.9.0")):
        east, report = evidence(name, ("mes", f"order:{version}", 5, 0)), tmp_path / "gl.json"
        result = verified(verdict, verified=False)
        _, output = gate("--site", east, "--verified", result, "--gitlab", report, "--github")
        said = json.loads(report.read_text())[0]["description"]
        assert f"::error title=Contracts::{said}" in output.splitlines()
        assert why in said or "its schema is not here" in said


def test_a_release_leaves_no_issue(contracts, evidence, verified, tmp_path):
    """An empty report is how a merge request shows that all is well."""
    report = tmp_path / "gl.json"
    east = evidence("east", ("mes", "order:1.0.0", 5, 0))
    assert gate("--site", east, "--verified", verified("verified"), "--gitlab", report)[0] == 0
    assert json.loads(report.read_text()) == []


@pytest.mark.parametrize("given", ["nowhere", "EAST=nowhere"])
def test_a_wrong_place_is_named(contracts, given):
    with pytest.raises(ConfigurationError, match="nowhere is no evidence folder and no pack"):
        gate("--site", given)


def test_a_folder_without_a_finished_run_and_a_file_that_is_no_result_are_named(contracts, evidence, tmp_path):
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), finished=False)
    with pytest.raises(ConfigurationError, match="holds no pack of a run that finished"):
        gate("--site", east)
    (tmp_path / "x.json").write_text("[]")
    good = evidence("west", ("erp", "order:1.0.0", 5, 0))
    with pytest.raises(ConfigurationError, match="is no result of 'syncproof contracts verify --json'"):
        gate("--site", good, "--verified", tmp_path / "x.json")


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        ({"requirements": ["URS-REV-001"]}, "--requirement URS-REV-001"),
        ({"paths": ["features/back_out"]}, "features/back_out"),
        ({"phases": ["iq"]}, "--phase iq"),
        ({"keyword": "label"}, "-k label"),
    ],
)
def test_a_run_of_a_part_is_not_believed_as_if_it_were_whole(contracts, evidence, verified, asked, told_of):
    """The latest whole run counts; if there is none, nothing can be said, and the sentence says why."""
    east = evidence("east", ("erp", "order:1.0.0", 1, 0), **asked)
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, told_of in said["why"], "no run of the whole suite" in said["why"]) == (3, True, True)
    pack = next(path for path in east.iterdir() if path.is_dir())
    assert gate("--site", pack, "--verified", verified("verified"))[0] == 3
    evidence("east", ("erp", "order:1.0.0", 7, 0))
    evidence("east", ("erp", "order:1.0.0", 1, 0), **asked)
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, said["sites"][0]["pack"][:4], said["matrix"][0]["messages"]) == (0, "0002", 7)


def test_a_run_of_one_site_is_whole_for_that_site(contracts, evidence, verified):
    """What it left out is another site's."""
    east = evidence("east", ("erp", "order:1.0.0", 5, 0), sites=["EAST"])
    assert gate("--site", east, "--verified", verified("verified"))[0] == 0


def test_what_a_later_part_met_and_the_whole_run_did_not_is_not_passed_over(contracts, release, evidence, verified):
    """The systems have changed since the whole run."""
    release("order", "1.1.0", optional)
    evidence("east", ("erp", "order:1.0.0", 7, 0))
    east = evidence("east", ("erp", "order:1.1.0", 1, 0), requirements=["URS-REV-001"])
    code, said = told("--site", east, "--verified", verified("verified"))
    assert (code, "erp speaks order 1.1.0 in 0002-" in said["why"]) == (3, True)
