"""What leads from the data back to the site leads there: every address in a table or an answer, and what OpenAPI says of the addresses."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.site.built_site import BuiltSite, read_site


@pytest.fixture(scope="module", params=["site", "demo_site"])
def built(request: pytest.FixtureRequest) -> BuiltSite:
    """The real site, and the fictional one in mid-year, each read once."""
    return read_site(request.getfixturevalue(request.param))


def answers(built: BuiltSite, path: str) -> bool:
    """Whether an address is that of a page, with its anchor; a page's address ends in /, so that no server has to guess."""
    page, _, anchor = path.partition("#")
    there = built.pages.get(f"{page}index.html")
    return page.endswith("/") and there is not None and (not anchor or anchor in there.ids)


def paths(value: Any) -> Iterator[str]:
    """Every `path` in an answer, at any depth."""
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from paths(each)
    if isinstance(value, dict) and isinstance(value.get("path"), str):
        yield value["path"]


def test_every_address_in_the_tables_and_the_answers_is_a_page_of_the_site(built: BuiltSite) -> None:
    """As it stands, below the site's root: in each CSV that has such a column, in each file of the API."""
    found: dict[str, set[str]] = {}
    for file in sorted((built.folder / "data").rglob("*.csv")):
        rows = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
        found[file.name] = {row["path"] for row in rows if row.get("path")}
    for file in sorted((built.folder / "api/v1").rglob("*.json")):
        if file.parent.name != "schema" and file.name != "openapi.json":
            found[file.name] = set(paths(json.loads(file.read_text(encoding="utf-8"))["data"]))
    assert all(found[name] for name in ("changes.csv", "milestones.csv", "deliverables.csv", "changes.json", "T01.json", "units.json"))
    assert [(name, path) for name, each in found.items() for path in sorted(each) if not answers(built, path)] == []


def test_openapi_names_every_answer_and_says_what_stands_in_its_braces(built: BuiltSite) -> None:
    """From openapi.json alone: each address with examples filled in is a file, each file is at an address, each blank has words, a form
    and an example that has it."""
    root = built.folder / "api/v1"
    said = json.loads((root / "openapi.json").read_text(encoding="utf-8"))
    forms = set[str]()
    for path, methods in said["paths"].items():
        blanks = {each["name"]: each for each in methods["get"].get("parameters", [])}
        assert set(re.findall(r"\{(\w+)\}", path)) == set(blanks)
        for each in blanks.values():
            assert each["description"] and re.fullmatch(each["schema"]["pattern"], each["example"]), path
        assert (root / path[1:].format(**{name: each["example"] for name, each in blanks.items()})).is_file(), path
        form = re.escape(path[1:])
        for name, each in blanks.items():
            form = form.replace(re.escape(f"{{{name}}}"), each["schema"]["pattern"].strip("^$"))
        forms.add(form)
    files = {file.relative_to(root).as_posix() for file in root.rglob("*.json") if file.parent.name != "schema"} - {"openapi.json"}
    assert files and [name for name in sorted(files) if not any(re.fullmatch(form, name) for form in forms)] == []
