"""A site without publisher, contact or address is refused, in words that say which file and field to fill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.ledger.model.promise import Settings
from scripts.site.publishable import unpublishable
from scripts.store.project import ROOT

NAME, PHONE, EMAIL, HOME = "夔门志愿者", "023-56550000", "editor@kuimen.net", "https://ledger.kuimen.net/"
FULL = f"""\
publisher:
  kind: independent
  name: {NAME}
  phone: {PHONE}
  email: {EMAIL}
base_url: {HOME}
licence: CC BY 4.0
"""
NAMELESS = "publisher 缺少 name（名称）；正式发布要写明由谁整理，请在 publisher 下面加一行。例：name: 某某志愿者小组"
UNREACHABLE = (
    "publisher 缺少联系方式；正式发布要让读者能报错，请在 publisher 下面加一行 phone（电话）或 email（电子邮箱）。"
    "例：email: ledger@example.org"
)
HOMELESS = (
    "缺少 base_url（网址）；正式发布后，打印件和二维码都用它，请加一行，或设环境变量 BASE_URL。"
    "例：base_url: https://www.example.org/ledger/"
)


def without(*fields: str) -> str:
    """A complete site.yml, less the lines of these fields."""
    return "".join(line for line in FULL.splitlines(keepends=True) if line.split(":")[0].strip() not in fields)


@pytest.fixture(autouse=True)
def no_address_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tester's shell sets is not part of the test."""
    for name in ("BASE_URL", "DATA", "OUT", "AS_OF"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ask(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """Run the verb on a site.yml; gives the exit code and the lines printed, without the folder's own path."""

    def run(site: str, *options: str) -> tuple[int, list[str]]:
        (data_copy / "site.yml").write_text(site, encoding="utf-8")
        code = main(["publishable", "--data", str(data_copy), *options])
        return code, [line.removeprefix(f"{data_copy.as_posix()}/") for line in capsys.readouterr().out.splitlines()]

    return run


def test_a_complete_site_may_go_public(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """Name, contact, address: nothing is printed, exit 0."""
    assert ask(FULL) == (0, [])


def test_everything_missing_is_said_at_once(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """The site as it is shipped: three problems, each with file, line, field and example, exit 1."""
    assert ask(without("name", "phone", "email", "base_url")) == (
        1,
        [f"site.yml:1: {NAMELESS}", f"site.yml:1: {UNREACHABLE}", f"site.yml:1: {HOMELESS}"],
    )


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (("name",), [f"site.yml:1: {NAMELESS}"]),
        (("phone", "email"), [f"site.yml:1: {UNREACHABLE}"]),
        (("base_url",), [f"site.yml:1: {HOMELESS}"]),
        (("phone",), []),
        (("email",), []),
    ],
)
def test_each_gap_is_refused_by_itself(ask: Callable[..., tuple[int, list[str]]], missing: tuple[str, ...], said: list[str]) -> None:
    """One gap, one message; telephone or e-mail, one of them is enough."""
    assert ask(without(*missing)) == (bool(said), said)


def test_an_official_site_needs_a_contact_too(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """Whoever publishes, a reader can report an error."""
    assert ask(without("phone", "email").replace("independent", "official")) == (1, [f"site.yml:1: {UNREACHABLE}"])


def test_the_message_names_the_line_of_the_publisher(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """The line is looked up, not assumed."""
    head, tail = "licence: CC BY 4.0\n", without("phone", "email").replace("licence: CC BY 4.0\n", "")
    assert ask(head + tail) == (1, [f"site.yml:2: {UNREACHABLE}"])


def test_the_address_may_come_from_the_workflow(ask: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch) -> None:
    """BASE_URL stands in for base_url; an empty one is none; one that is no address is refused even where site.yml has one."""
    monkeypatch.setenv("BASE_URL", "https://owner.github.io/ledger")
    assert ask(without("base_url")) == (0, [])
    monkeypatch.setenv("BASE_URL", "")
    assert ask(without("base_url")) == (1, [f"site.yml:1: {HOMELESS}"])
    monkeypatch.setenv("BASE_URL", "owner.github.io/ledger")
    assert ask(FULL) == (
        1,
        [
            "site.yml:1: 环境变量 BASE_URL（代替这里的 base_url）必须是 http 或 https 开头的网址；现在写的是“owner.github.io/ledger”。"
            "例：https://www.example.org/ledger/"
        ],
    )


def test_the_examples_of_the_messages_are_not_enough(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """Pasting the examples makes a site.yml that can be read, and is refused line by line until they are real."""
    pasted = FULL
    for real, example in (
        (NAME, "某某志愿者小组"),
        (PHONE, "023-00000000"),
        (EMAIL, "ledger@example.org"),
        (HOME, "https://www.example.org/ledger/"),
    ):
        pasted = pasted.replace(real, example)
    assert ask(pasted) == (
        1,
        [
            "site.yml:3: publisher.name 还是说明里的例子；正式发布要换成真的名称；现在写的是“某某志愿者小组”。",
            "site.yml:4: publisher.phone 还是说明里的例子；正式发布要换成真的电话；现在写的是“023-00000000”。",
            "site.yml:5: publisher.email 还是说明里的例子；正式发布要换成真的电子邮箱；现在写的是“ledger@example.org”。",
            "site.yml:6: base_url 还是说明里的例子；正式发布要换成真的网址；现在写的是“https://www.example.org/ledger/”。",
        ],
    )


def test_wrong_data_is_not_publishable(ask: Callable[..., tuple[int, list[str]]]) -> None:
    """The checker's own problems come first: what cannot be read is not judged."""
    code, lines = ask(FULL.replace("independent", "private"))
    assert code == 1
    assert lines == ["site.yml:2: publisher.kind 只能是 independent、official 之一；现在写的是“private”。"]


def test_the_rule_is_a_pure_function() -> None:
    """Settings in, problems out; no file, no environment."""
    settings = Settings.model_validate({"publisher": {"kind": "independent"}, "licence": "CC BY 4.0"})
    assert [problem.at.field for problem in unpublishable(settings, HOME)] == ["publisher", "publisher"]
    assert not any(problem.warning for problem in unpublishable(settings))


# ---------------------------------------------------------------- make


@pytest.fixture
def make(tmp_path: Path, data_copy: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a real make target with this Python, on a copy of the data, into a folder of its own."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    for name in ("bin/python", ".site", ".test"):
        (venv / name).touch()

    def run(target: str, site: str, **env: str) -> subprocess.CompletedProcess[str]:
        (data_copy / "site.yml").write_text(site, encoding="utf-8")
        own = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")}
        paths = {"DATA": str(data_copy), "OUT": str(tmp_path / "site"), "AS_OF": "2026-11-23"}
        command = ["make", target, f"VENV={venv}", f"PY={sys.executable}"]
        return subprocess.run(command, cwd=ROOT, env=own | paths | env, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.mark.parametrize("target", ["publishable", "publish"])
def test_make_refuses_before_anything_is_built(make: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, target: str) -> None:
    """No contact: the step of the workflow ends red and there is no site to upload."""
    done = make(target, without("phone", "email"))
    assert done.returncode
    assert UNREACHABLE in done.stdout
    assert not (tmp_path / "site").exists()


@pytest.mark.slow
def test_make_publish_builds_for_the_address_given(make: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """Pages gives its address without a slash at the end; the built site carries it, not the one of site.yml."""
    done = make("publish", FULL, BASE_URL="https://owner.github.io/ledger")
    assert done.returncode == 0, done.stdout + done.stderr
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "https://owner.github.io/ledger/" in home
    assert HOME not in home


def test_pages_may_read_every_file_of_a_site(site: Path) -> None:
    """Pages refuses files that others may not read, folders that they may not enter, and links; it leaves hidden files out."""
    for path in (site, *site.rglob("*")):
        needed = 0o005 if path.is_dir() else 0o004
        assert path.stat().st_mode & needed == needed, path
        assert not path.is_symlink(), path
        assert not path.name.startswith("."), path
