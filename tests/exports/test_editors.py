"""What an editor is told about the data: VS Code knows the schema of every file, and finds no fault with a file that the check accepts."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
import pytest
import yaml

from scripts.exports import dictionary
from scripts.store.project import ROOT

from ..conftest import DATA, SAMPLE

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
WIRED: dict[str, str] = SETTINGS["yaml.schemas"]


class Core(yaml.SafeLoader):
    """Reads YAML as the language server of editors does: YAML 1.2, where days are text and only true and false are truth values."""


Core.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL", "~nN"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def matches(file: PurePosixPath, glob: str) -> bool:
    """As VS Code matches: a star stays within one folder."""
    return re.fullmatch(re.escape(glob).replace(r"\*", "[^/]*"), file.as_posix()) is not None


def schema_of(file: PurePosixPath) -> dict[str, Any]:
    """The one schema that a file of the data is wired to."""
    (found,) = [schema for schema, glob in WIRED.items() if matches(file, glob)]
    schema: dict[str, Any] = json.loads(dictionary.schemas()[PurePosixPath(found).name])
    return schema


@pytest.mark.parametrize("folder", [DATA, SAMPLE], ids=["real", "fictional"])
def test_every_file_has_one_schema_and_fits_it(folder: Path) -> None:
    """Every data file is wired to exactly one schema, and an editor underlines nothing in what the check accepts."""
    faults = []
    files = sorted(folder.rglob("*.yml"))
    for path in files:
        schema = schema_of(PurePosixPath("data") / path.relative_to(folder).as_posix())
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=Core)
        faults += [
            f"{path.name}: {error.json_path}: {error.message[:80]}" for error in jsonschema.Draft202012Validator(schema).iter_errors(value)
        ]
    assert files and faults == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("units.yml", "slug:", "slugg:"),
        ("plans/2023/reports/2023-05/01.yml", "by:", "from:"),
        ("plans/2023/tasks/01.yml", "kind: target", "kind: goal"),
        ("plans/2023/withdrawals/W-01.yml", "filed: 2023-04-06", "filed: [2023-04-06]"),
    ],
)
def test_an_editor_underlines_a_slip(file: str, old: str, new: str) -> None:
    """An unknown field, a word that is not allowed, a list in place of a day."""
    text = (SAMPLE / file).read_text(encoding="utf-8")
    assert old in text
    validator = jsonschema.Draft202012Validator(schema_of(PurePosixPath("data") / file))
    assert validator.is_valid(yaml.load(text, Loader=Core))
    assert not validator.is_valid(yaml.load(text.replace(old, new, 1), Loader=Core))


def test_every_schema_is_wired_and_stands_where_it_is_sought() -> None:
    """No schema without a file kind, none that is not made; `make docs` puts them there."""
    assert set(WIRED) == {f"./data/schema/{name}" for name in dictionary.schemas()}


def test_what_an_editor_is_told_is_what_the_check_wants() -> None:
    """Spaces, LF, a line break at the end, UTF-8 without a mark; the official text is not to be typed into; one extension is proposed."""
    assert SETTINGS["files.eol"] == "\n" and SETTINGS["files.encoding"] == "utf8" and SETTINGS["[yaml]"]["editor.insertSpaces"] is True
    assert SETTINGS["files.readonlyInclude"] == {"data/plans/*/source.txt": True}
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}
