"""Before every commit: what would be committed is checked, and a bad commit is refused with file and line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..store.test_problems import spoil
from .repository import WHO, Repository

REPORT = "plans/2023/reports/2023-09/08.yml"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


@pytest.fixture
def hooked(county: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Repository:
    """The repository of the data with the hook written; the program is elsewhere."""
    monkeypatch.setenv("DATA", str(county.data))
    from scripts.__main__ import main

    assert main(["hook"]) == 0
    assert "以后每次 git commit 之前先检查数据" in capsys.readouterr().err
    return county


def commit(repository: Repository, *options: str) -> subprocess.CompletedProcess[str]:
    """As a clerk commits."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", *WHO[:-2], "commit", "-m", "a change", *options],
        cwd=repository.folder,
        env=known | {"AS_OF": "2023-12-01", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_bad_commit_is_refused_with_the_right_line_and_a_good_one_passes(hooked: Repository) -> None:
    """What is staged counts, whether by `add` or by `commit -a`; nothing is committed; then, put right, it is."""
    before = hooked.git("rev-parse", "HEAD")
    hooked.write("plans/2023/statements/S-90.yml", "published: 2023-12-01\nunit: 样例县教育委\ntask: 3\ntext: 说明。\n")
    hooked.git("add", "-A")
    refused = commit(hooked)
    assert refused.returncode == 1 and hooked.git("rev-parse", "HEAD") == before
    assert "data/plans/2023/statements/S-90.yml:2: unit 必须是" in refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr
    hooked.write("plans/2023/statements/S-90.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    still = commit(hooked)
    assert still.returncode == 1, "the mended file is not staged yet"
    hooked.git("add", "-A")
    spoil(hooked.data, {"file": REPORT, "replace": "signed-rate", "with": "signed-rat"})
    passed = commit(hooked, "--quiet")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert commit(hooked, "-a").returncode == 1, "the spoilt file is part of a commit of everything"


def test_an_edit_of_what_is_published_is_refused_and_a_tombstone_accepted(hooked: Repository) -> None:
    """The guard is part of the hook."""
    spoil(hooked.data, {"file": REPORT, "replace": "signed-rate: 86", "with": "signed-rate: 92"})
    refused = commit(hooked, "-a")
    assert refused.returncode == 1
    assert f"data/{REPORT}:4: indicators.signed-rate 已公布的记录不改。请改回“86”" in refused.stdout + refused.stderr
    hooked.git("checkout", "-q", "--", ".")
    hooked.git("rm", "-q", f"data/{REPORT}")
    hooked.write(
        "plans/2023/withdrawals/W-03.yml", "record: reports/2023-09/08\nfiled: 2023-10-09\nground: 含个人信息\npublished: 2023-12-01\n"
    )
    hooked.git("add", "-A")
    accepted = commit(hooked, "--quiet")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_anothers_hook_is_left_alone(hooked: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to add to it; our own is written anew."""
    from scripts.__main__ import main

    assert main(["hook"]) == 0
    file = hooked.folder / ".git/hooks/pre-commit"
    file.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["hook"]) == 1
    assert f"{sys.executable} -m scripts staged" in capsys.readouterr().err.replace("'", "")
    assert file.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"


def test_outside_git_there_is_no_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from scripts.__main__ import main

    monkeypatch.setenv("DATA", str(tmp_path))
    assert main(["hook"]) == 1
    assert "不在 git 仓库里" in capsys.readouterr().err
