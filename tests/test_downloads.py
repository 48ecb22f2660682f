"""What readers take away is valid by the standards that it claims, says the same everywhere, and runs nowhere."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import shutil
import socket
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pytest
from frictionless import FrictionlessException, Package
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from scripts.downloads import files
from scripts.downloads.api import ENDPOINTS
from scripts.downloads.edition import Edition
from scripts.frames.tidy import tables
from scripts.ledger.day import day_of
from scripts.load import load
from scripts.stamp import Stamp

from .conftest import MID_YEAR, SAMPLE

FOLDER = "data/2023"
NUMERIC = {"integer", "number"}


@pytest.fixture(params=["site", "demo_site"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """The real site, and the fictional one in mid-year."""
    return Path(request.getfixturevalue(request.param))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection to anywhere."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def rows(site: Path, table: str) -> list[dict[str, str]]:
    """A published CSV."""
    text = (site / FOLDER / f"{table}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def answer(site: Path, path: str) -> Any:
    """The data of an answer of the API."""
    return json.loads((site / "api/v1" / path).read_text(encoding="utf-8"))["data"]


# ---------------------------------------------------------------- the data package


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


# ---------------------------------------------------------------- CSV, workbook, zip


def test_a_csv_opens_right_everywhere(any_site: Path) -> None:
    """A byte order mark, CR LF, bare numbers, ISO days; one header, taken from the declaration."""
    for table in tables(fictional="demo" in str(any_site)):
        data = (any_site / FOLDER / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
        assert data.decode("utf-8-sig").split("\r\n")[0] == ",".join(column.name for column in table.columns)
        for row in rows(any_site, table.name):
            for column in table.columns:
                cell = row[column.name]
                if column.type in NUMERIC and cell:
                    assert float(cell) == float(cell) and not set(cell) & set("≥%,，"), (table.name, column.name, cell)
                if column.type == "date" and cell:
                    assert date.fromisoformat(cell).isoformat() == cell
                assert not cell or (cell[0] not in "=+@\t\r" and (cell[0] != "-" or column.type in NUMERIC)), (
                    table.name,
                    column.name,
                    cell,
                )


def test_text_that_would_run_as_a_formula_stays_text() -> None:
    """An apostrophe in front in the CSV; a cell of text in the workbook; the words as they are in the JSON."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    promise = ledger.current
    tasks = promise.tasks | {1: promise.tasks[1].model_copy(update={"title": "=1+1", "pledge": '＝HYPERLINK("https://example.org")'})}
    ledger = ledger.model_copy(update={"promises": {promise.id: promise.model_copy(update={"tasks": tasks})}})
    edition = Edition(ledger, day_of(ledger, promise.id, MID_YEAR), Stamp("", 0, MID_YEAR, 1), "本站不是政府网站。")
    made = dict(files([edition]))
    assert b",'=1+1," in made[f"{FOLDER}/tasks.csv"] and "'＝HYPERLINK" in made[f"{FOLDER}/tasks.csv"].decode()
    sheet = openpyxl.load_workbook(io.BytesIO(made[f"{FOLDER}/ledger-2023.xlsx"]))["tasks"]
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert json.loads(made["api/v1/2023/tasks/T01.json"])["data"]["title"] == "=1+1"


def test_the_workbook_holds_every_table_as_values_and_nobodys_name(any_site: Path) -> None:
    """The same cells as the CSV; numbers are numbers, days are days; no formula, no author, no clock."""
    path = any_site / FOLDER / "ledger-2023.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.properties.created == book.properties.modified
    with zipfile.ZipFile(path) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml")
        assert not [word for word in (b"creator", b"lastModifiedBy", b"openpyxl") if word in core]
    for table in tables(fictional="demo" in str(any_site)):
        names, titles, *cells = book[table.name].iter_rows()
        assert [cell.value for cell in names] == [column.name for column in table.columns]
        assert [cell.value for cell in titles] == [column.title for column in table.columns]
        found = [[_said(cell.value) for cell in row] for row in cells]
        assert found == [[row[column.name].removeprefix("'") for column in table.columns] for row in rows(any_site, table.name)]
        assert all(cell.data_type != "f" for row in cells for cell in row)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.date().isoformat()
        case float():
            return f"{value:g}" if value == int(value) else str(value)
        case _:
            return str(value)


def test_the_zip_holds_the_package_and_a_note_with_fixed_times(any_site: Path) -> None:
    """The same bytes as the files beside it."""
    with zipfile.ZipFile(any_site / FOLDER / "ledger-2023.zip") as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(parts.namelist()) - {"README.txt"}
        assert names == {path.name for path in (any_site / FOLDER).iterdir() if path.suffix in (".csv", ".json")}
        assert all(parts.read(name) == (any_site / FOLDER / name).read_bytes() for name in names)
        note = parts.read("README.txt").decode("utf-8-sig")
    assert ("虚构演示" in note) is ("demo" in str(any_site)) and "许可：CC BY 4.0" in note


# ---------------------------------------------------------------- API


@cache
def schema_of(site: Path, path: str) -> Draft202012Validator:
    """The JSON Schema of an answer; no key may stand in it that the schema does not name."""
    name = "task" if "/" in path else path.removesuffix(".json")
    schema = json.loads((site / "api/v1/schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_strict(schema), format_checker=FormatChecker())


def _strict(schema: Any) -> Any:
    """A schema that allows no other keys: what is published allows them, so that old readers may read new answers."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _strict(each) for key, each in schema.items()}
    return inner | {"additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else inner


def answers(site: Path) -> Iterator[tuple[str, Path]]:
    """Every answer: its path below a plan's folder, its file."""
    folder = site / "api/v1"
    for root in (folder, folder / "2023"):
        for path in sorted([*root.glob("*.json"), *root.glob("tasks/*.json")]):
            if path.name != "openapi.json":
                yield path.relative_to(root).as_posix(), path


def test_every_answer_is_what_its_schema_says(any_site: Path) -> None:
    """With every key named, each of one type, no null; the answers without a year are the newest plan's, byte for byte."""
    count = 0
    for name, path in answers(any_site):
        count += 1
        if path.is_relative_to(any_site / "api/v1/2023"):
            assert (any_site / "api/v1" / name).read_bytes() == path.read_bytes()
            continue
        text = path.read_text(encoding="utf-8")
        schema_of(any_site, name if "/" not in name else "tasks/T01.json").validate(json.loads(text))
        assert ": null" not in text, path
    assert count == 1 + 2 * (len(ENDPOINTS) - 1 + len(rows(any_site, "tasks")))


def test_a_schema_notices_a_key_that_is_gone_or_of_another_type(demo_site: Path) -> None:
    """Of every answer, in its envelope and in its first object, key by key."""
    spoiled = 0
    for name, path in answers(demo_site):
        if path.is_relative_to(demo_site / "api/v1/2023") and ("/" not in name or name == "tasks/T01.json"):
            judge = schema_of(demo_site, name)
            whole = json.loads(path.read_text(encoding="utf-8"))
            for wrong in _spoiled(whole):
                spoiled += 1
                assert not judge.is_valid(wrong), (name, spoiled)
    assert spoiled > 150


def _spoiled(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer with one key renamed, or its value of another type."""
    for key in whole:
        yield {f"{name}x" if name == key else name: value for name, value in whole.items()}
    data = whole["data"][0] if isinstance(whole["data"], list) else whole["data"]
    for key, value in data.items():
        for wrong in (
            {f"{name}x" if name == key else name: each for name, each in data.items()},
            data | {key: [[]] if isinstance(value, list) else None},
        ):
            yield whole | {"data": [wrong] if isinstance(whole["data"], list) else wrong}


def test_the_description_of_the_api_is_openapi_and_names_every_answer(any_site: Path) -> None:
    """Valid 3.1; every path of a plan leads to a file; a spoiled description is refused."""
    described = json.loads((any_site / "api/v1/openapi.json").read_text(encoding="utf-8"))
    OpenAPIV31SpecValidator(described).validate()
    for path in described["paths"]:
        assert (any_site / "api/v1" / path.strip("/").replace("{plan}", "2023").replace("{task_id}", "T01")).is_file(), path
    for key in ("info", "openapi"):
        with pytest.raises((OpenAPIValidationError, KeyError)):
            OpenAPIV31SpecValidator({name: value for name, value in described.items() if name != key}).validate()
    broken = copy.deepcopy(described)
    del broken["paths"]["/index.json"]["get"]["responses"]["200"]["description"]
    with pytest.raises(OpenAPIValidationError):
        OpenAPIV31SpecValidator(broken).validate()


def test_one_stamp_stands_on_everything(any_site: Path) -> None:
    """Page, package, API, manifest: the same commit, time, day and version of the rules."""
    index = json.loads((any_site / "api/v1/index.json").read_text(encoding="utf-8"))
    package = json.loads((any_site / FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((any_site / "manifest.json").read_text(encoding="utf-8"))
    stamp = {key: index[key] for key in ("generated_at", "as_of", "commit", "rules_version")}
    assert stamp == {key: manifest[key] for key in stamp}
    assert stamp == {key: package["created" if key == "generated_at" else key] for key in stamp}
    foot = lxml.html.fromstring((any_site / "index.html").read_text(encoding="utf-8")).find_class("foot")[0].text_content()
    assert f"版本 {stamp['commit'][:10]}" in foot
