"""A commit that touches data alone waits for no test of the program; one that touches anything else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.cli.changed_kind import FACTS
from scripts.store.load import TOP_PARTS

from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own

Asked = Callable[..., str]
STATEMENT = "plans/2023/statements/S-91.yml"


@pytest.fixture
def asked(county: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """What the verb answers, on standard output and to the workflow."""
    answers = tmp_path / "answers"
    monkeypatch.setenv("GITHUB_OUTPUT", str(answers))

    def ask(*more: str) -> str:
        answers.write_text("before=1\n", encoding="utf-8")
        assert main(["changed-kind", "--data", "data", *more]) == 0
        said = capsys.readouterr().out.strip()
        assert answers.read_text(encoding="utf-8") == f"before=1\nkind={said}\n"
        return said

    return ask


def put(county: Repository, file: str) -> None:
    """A file of the repository, committed."""
    path = county.folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("text: x\n", encoding="utf-8")
    county.commit()


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (f"data/{STATEMENT}", "data"),
        ("data/plans/2031/plan.yml", "data"),
        ("data/site.yml", "data"),
        ("data/redirects.yml", "data"),
        ("uploads/2023-05.xlsx", "data"),
        ("data/README.md", "code"),
        ("data/schema/site.schema.json", "code"),
        ("data/.gitattributes", "code"),
        ("database/x.yml", "code"),
        ("scripts/x.py", "code"),
        ("macros/templates/x.html.j2", "code"),
        ("docs/method.md", "code"),
        ("requirements.lock", "code"),
        (".github/workflows/check.yml", "code"),
        ("x/data/site.yml", "code"),
    ],
)
def test_what_a_change_is(county: Repository, asked: Asked, file: str, kind: str) -> None:
    """By every path that differs from the public branch."""
    put(county, file)
    assert asked() == kind
    put(county, "data/plans/2023/statements/S-92.yml")
    assert asked() == kind, "data beside it changes nothing"


def test_a_file_moved_out_of_the_program_is_a_change_of_it(county: Repository, asked: Asked) -> None:
    """A rename counts under both names, a deletion under its own."""
    put(county, "scripts/x.yml")
    county.git("checkout", "-qB", "main")
    county.git("mv", "scripts/x.yml", "data/plans/2023/x.yml")
    put(county, f"data/{STATEMENT}")
    assert asked("--published", "HEAD~1") == "code"
    put(county, "scripts/y.py")
    county.git("rm", "-q", "scripts/y.py")
    county.commit()
    assert asked("--published", "HEAD~1") == "code"


def test_a_push_is_told_from_what_was_public_before(county: Repository, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code pushed earlier does not count, several commits of one push do; the night and a start by hand have nothing before: data."""
    county.git("checkout", "-q", "main")
    put(county, "scripts/x.py")
    monkeypatch.setenv("PUBLISHED", county.git("rev-parse", "HEAD"))
    put(county, f"data/{STATEMENT}")
    assert asked() == "data"
    put(county, "scripts/z.py")
    put(county, "data/site.yml")
    assert asked() == "code"
    monkeypatch.setenv("PUBLISHED", "")
    assert asked() == "data"


@pytest.mark.parametrize("before", ["0" * 40, "1234567" * 5 + "12345"])
def test_what_cannot_be_told_is_code(county: Repository, asked: Asked, before: str) -> None:
    """The first push of a branch; a forced push whose former commit is gone."""
    put(county, f"data/{STATEMENT}")
    assert asked("--published", before) == "code"


def test_a_shallow_clone_or_none_is_code(county: Repository, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes untested because the history is not here."""
    put(county, f"data/{STATEMENT}")
    county.git("clone", "-q", "--depth", "1", f"file://{county.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert asked() == "code"
    (tmp_path / "none/data").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "none")
    assert asked() == "code"


def test_data_at_the_root_of_its_repository(county: Repository, asked: Asked) -> None:
    """There too, only what people write is data."""
    county.git("mv", *(f"data/{name}" for name in ("plans", "rules.yml", "site.yml", "units.yml")), ".")
    county.commit()
    county.git("branch", "-f", "main")
    put(county, STATEMENT)
    assert asked("--data", ".") == "data"
    put(county, "Makefile")
    assert asked("--data", ".") == "code"


def test_the_facts_are_what_a_data_folder_holds() -> None:
    """All that the loader knows but what is made from the model."""
    assert set(FACTS) == set(TOP_PARTS) - {"README.md", "schema"}
