"""What a visitor of the repository is asked: the form for errors warns that it is public; the templates speak plainly; examples fit the data."""

from __future__ import annotations

import re

import pytest
import yaml

from scripts.ledger.model.testimony import KINDS
from scripts.store.project import ROOT

from ..conftest import DATA

GITHUB = ROOT / ".github"
FORM = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/error.yml").read_text(encoding="utf-8"))
TEMPLATE = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
OWNERS = [
    line.split() for line in (GITHUB / "CODEOWNERS.example").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]
KNOWN = {"markdown": {"value"}, "input": {"label", "description", "placeholder"}, "textarea": {"label", "description"}}
KNOWN["checkboxes"] = {"label", "options"}
"""The parts that the host knows, and what each may say, as far as the form uses them."""


def test_the_form_is_one_that_the_host_accepts() -> None:
    """Name, description and body; known parts with known words; every question has an id of its own and a label."""
    assert FORM.keys() == {"name", "description", "title", "body"}
    for part in FORM["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"} and set(part["attributes"]) <= KNOWN[part["type"]]
    ids = [part["id"] for part in FORM["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) == len(FORM["body"]) - 1
    assert all(re.fullmatch("[a-z]+", each) for each in ids)


def test_the_form_warns_first_that_it_is_public() -> None:
    """Before any question, in bold: everyone can read it, and what must not be written; and the last thing ticked is that."""
    first, last = FORM["body"][0], FORM["body"][-1]
    assert first["type"] == "markdown" and first["attributes"]["value"].startswith("**这里写的，所有人都看得到。请勿写身份证号")
    for word in ("身份证号", "病情", "孩子姓名"):
        assert word in first["attributes"]["value"] and word in last["attributes"]["options"][0]["label"]
    assert last["attributes"]["options"][0]["required"] is True
    assert "12345" in first["attributes"]["value"]


def test_the_form_asks_what_the_site_asks() -> None:
    """Which page, which words, what was seen, on what ground; the ground is not required."""
    required = {part["id"]: part.get("validations", {}).get("required", False) for part in FORM["body"] if "id" in part}
    assert required == {"page": True, "words": True, "seen": True, "evidence": False, "public": False}


def test_there_is_no_way_around_the_form() -> None:
    config = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))
    assert config == {"blank_issues_enabled": False}


def test_the_template_of_a_pull_request_asks_for_ground_and_reminds_of_what_is_public() -> None:
    assert TEMPLATE.startswith("<!-- 这里写的，所有人都看得到。请勿写身份证号")
    for word in ("依据", "corrects", "reason", "public_at", "改名"):
        assert word in TEMPLATE


@pytest.mark.parametrize("pattern", [each[0] for each in OWNERS if each[0] != "*"])
def test_an_owned_path_exists_or_is_a_folder_of_testimony(pattern: str) -> None:
    """Each line of the example means something."""
    kind = pattern.strip("/").rpartition("/")[2]
    within = pattern.strip("/").removeprefix("data/")
    assert kind in KINDS or list((ROOT if within == pattern.strip("/") else DATA).glob(within))


def test_every_folder_of_testimony_has_an_owner() -> None:
    """So that none is merged unseen; the first line owns the rest."""
    assert OWNERS[0][0] == "*"
    assert {each[0].strip("/").rpartition("/")[2] for each in OWNERS} >= set(KINDS)
    assert all(owner.startswith("@county/") for each in OWNERS for owner in each[1:])
