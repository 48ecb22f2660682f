"""The data package is valid by the standard that it claims, says what it is, and a fault in it is found."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from frictionless import FrictionlessException, Package

from .taken import FOLDER


def complaints(folder: Path) -> list[str]:
    """What frictionless says of a package."""
    report = Package(str(folder / "datapackage.json")).validate()
    return [error.type for task in report.tasks for error in task.errors] + [error.type for error in report.errors]


def test_frictionless_finds_nothing_wrong_with_the_package(any_site: Path, offline: None) -> None:
    """Types, choices, keys, references, sizes and hashes, without the network; the package without a year is the newest plan's."""
    assert complaints(any_site / FOLDER) == []
    newest, plan = (json.loads((any_site / each / "datapackage.json").read_text(encoding="utf-8")) for each in ("data", FOLDER))
    for each in newest["resources"]:
        assert (any_site / "data" / each["path"]).is_file()
        each["path"] = each["path"].removeprefix("2023/")
    assert newest == plan


SPOILED: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a choice that is none": ("milestones", lambda text: text.replace(",target,", ",goal,", 1), "constraint-error"),
    "a key twice": ("tasks", lambda text: text.replace("T02,2,", "T01,2,", 1), "primary-key"),
    "a reference to nothing": ("task_units", lambda text: text.replace("T02,", "T99,", 1), "foreign-key"),
    "a number in words": ("schedules", lambda text: text.replace(",1500,", ",一千五,", 1), "type-error"),
    "a day that is none": ("checkpoints", lambda text: text.replace("2023-03-31", "2023-03-32", 1), "type-error"),
    "a column that was renamed": ("tasks", lambda text: text.replace("task_id,", "id,", 1), "incorrect-label"),
    "a required cell left empty": ("tasks", lambda text: text.replace("employment", "", 1), "constraint-error"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_frictionless_finds_what_is_wrong(demo_site: Path, tmp_path: Path, case: str) -> None:
    """So that finding nothing means something; the file's own hash tells as well.  The package is cut down to the spoiled table and what
    it refers to, which is all that can notice."""
    name, spoil, error = SPOILED[case]
    folder = _cut_down(demo_site / FOLDER, name, tmp_path)
    path = folder / f"{name}.csv"
    text = path.read_bytes().decode("utf-8")
    assert complaints(folder) == [] and spoil(text) != text
    path.write_bytes(spoil(text).encode("utf-8"))
    found = complaints(folder)
    assert {"hash-count"} & set(found) and error in found, found


def _cut_down(folder: Path, name: str, out: Path) -> Path:
    """The package as published, with one table and all that it refers to, directly or not."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    known = {each["name"]: each for each in package["resources"]}
    needed, rest = set[str](), [name]
    while rest:
        each = rest.pop()
        needed.add(each)
        rest += [
            key["reference"]["resource"]
            for key in known[each]["schema"].get("foreignKeys", [])
            if key["reference"]["resource"] not in needed
        ]
    for each in needed:
        shutil.copyfile(folder / f"{each}.csv", out / f"{each}.csv")
    (out / "datapackage.json").write_text(json.dumps(package | {"resources": [known[each] for each in sorted(needed)]}), encoding="utf-8")
    return out


@pytest.mark.parametrize("key", ["path", "type", "fields", "primaryKey", "foreignKeys", "hash", "bytes"])
def test_a_spoilt_description_of_the_package_is_found(demo_site: Path, tmp_path: Path, key: str) -> None:
    """One key of datapackage.json at a time: what it names is not there, or not so.  What frictionless does not look at (names,
    version, profile) is held below."""
    folder = _cut_down(demo_site / FOLDER, "task_units", tmp_path)
    file = folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    pairs = next(each for each in package["resources"] if each["name"] == "task_units")
    wrong: dict[str, tuple[dict[str, Any], Any]] = {
        "path": (pairs, "gone.csv"),
        "type": (pairs["schema"]["fields"][0], "words"),
        "fields": (pairs["schema"], [{"name": "x", "type": "string"}]),
        "primaryKey": (pairs["schema"], ["task_id"]),
        "foreignKeys": (pairs["schema"], [{"fields": ["unit_id"], "reference": {"resource": "tasks", "fields": ["task_id"]}}]),
        "hash": (pairs, "sha256:" + "0" * 64),
        "bytes": (pairs, 1),
    }
    where, value = wrong[key]
    where[key] = value
    file.write_text(json.dumps(package), encoding="utf-8")
    assert refused(folder), key


def refused(folder: Path) -> bool:
    """Whether frictionless finds fault with a package, in its data or in its description."""
    try:
        return bool(complaints(folder))
    except FrictionlessException:
        return True


def test_the_package_says_what_it_is(any_site: Path) -> None:
    """Version 2.0 of the standard: name, title, version, time of the data's commit, licence, who, from what; every file weighed and hashed."""
    package = json.loads((any_site / FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {"name", "title", "version", "created", "licenses", "contributors", "sources"} <= set(package)
    datetime.fromisoformat(package["created"].replace("Z", "+00:00"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for each in package["resources"]:
        content = (any_site / FOLDER / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert each["schema"]["primaryKey"] and all(field["description"] for field in each["schema"]["fields"])
    assert {each.name for each in (any_site / FOLDER).glob("*.csv")} == {each["path"] for each in package["resources"]}
    assert ("虚构演示" in package["title"]) is ("demo" in str(any_site))


def test_search_engines_for_data_find_what_they_ask_for(any_site: Path) -> None:
    """schema.org Dataset on 数据下载, by Google's guideline: required and recommended keys, a description of 50 to 5,000 characters, an
    author who is no blank, files that are there, with their size and checksum."""
    page = lxml.html.fromstring((any_site / "data/index.html").read_text(encoding="utf-8"))
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    found, manifest = json.loads(text), json.loads((any_site / "manifest.json").read_text(encoding="utf-8"))
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert found["name"] and 50 <= len(found["description"]) <= 5000 and found["license"].startswith("https://")
    assert found["creator"]["@type"] == "Organization" and "〔" not in found["creator"]["name"]
    start, end = map(date.fromisoformat, found["temporalCoverage"].split("/"))
    assert start < end and found["spatialCoverage"] in found["name"] and found["isAccessibleForFree"] is True
    assert found["url"] == f"{manifest['base_url']}data/" and manifest["commit"][:10] in found["version"]
    files = {each["path"]: each for each in manifest["files"]}
    assert len(found["distribution"]) >= 3
    for each in found["distribution"]:
        known = files[each["contentUrl"].removeprefix(manifest["base_url"])]
        assert (each["sha256"], each["contentSize"]) == (known["sha256"], f"{known['bytes']} B") and "/" in each["encodingFormat"]
