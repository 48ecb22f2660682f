"""The pages for other machines: what they tell to type is there, and the server's script does what the page says, in real repositories."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from scripts.cli import idle, sheet_upload
from scripts.exchange.uploads import BY_MACHINE
from scripts.store.project import ROOT

from ..conftest import MAKEFILE, snapshot
from ..store.test_problems import spoil
from .office import TODAY, blocks, environment, live, open_office

GUIDE = ROOT / "docs/guide"
SERVER, FORGEJO, GITHUB, GITEE = ((GUIDE / f"{name}.md").read_text(encoding="utf-8") for name in ("server", "forgejo", "github", "gitee"))
REPORT = "plans/2023/reports/2023-09/08.yml"


def block(page: str, kind: str) -> str:
    """The one block of a kind."""
    (found,) = [each.body for each in blocks(page) if each.kind == kind]
    return found


@pytest.mark.parametrize("page", [SERVER, FORGEJO, GITHUB, GITEE], ids=["server", "forgejo", "github", "gitee"])
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    """With a line in `make help`."""
    named = set(re.findall(r"\bmake ([a-z]+)\b", page))
    assert named
    assert [name for name in named if not re.search(rf"^{name}:.*## ", MAKEFILE, re.MULTILINE)] == []


def test_the_other_hosts_workflow_runs_our_targets_in_order() -> None:
    """Data first, then what is public, then what will change; nothing but git and make; the base goes in by the environment."""
    workflow = yaml.load(block(FORGEJO, "yaml"), Loader=yaml.BaseLoader)
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"]][1:] == ["make check", "make guard", "make changes", "make site"]
    assert job["env"] == {"BASE": "${{ github.event.pull_request.base.sha }}"}
    assert not any("uses" in step for step in job["steps"])


def test_the_server_shows_the_folder_that_the_script_writes() -> None:
    """nginx and cron speak of the same places as the script; the braces match; the hour is just after midnight in China."""
    script, nginx, cron = (block(SERVER, kind) for kind in ("bash", "nginx", "cron"))
    (root,) = re.findall(r"^\s*root (\S+);", nginx, re.MULTILINE)
    assert f"OUT:-{root}" in script and nginx.count("{") == nginx.count("}")
    assert all(line.strip().endswith((";", "{", "}")) for line in nginx.splitlines() if line.strip())
    zone, _, line = cron.strip().splitlines()
    assert zone == "CRON_TZ=Asia/Shanghai"
    assert re.fullmatch(r"[1-5]?\d 0 \* \* \* /srv/taizhang/update\.sh", line) and "/srv/taizhang/update.sh" in SERVER


def test_the_page_for_github_names_what_is_there() -> None:
    """The checks to be required, the workflows, the days and the setting are those of the workflows and of the messages."""
    workflows = {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in (ROOT / ".github/workflows").glob("*.yml")
    }
    assert [job["name"] for job in workflows["check"]["jobs"].values() if f"“{job['name']}”" not in GITHUB] == []
    assert {"publish", "nightly", "workbook"} == set(re.findall(r"Actions → ([a-z]+)", GITHUB)) & set(workflows)
    assert f"满{idle.STOPPED_AFTER}天没有活动" in GITHUB and f"满{idle.LOUD_FROM}天没有提交" in GITHUB
    (setting,) = re.findall(r"“(Allow [^”]+)”", GITHUB)
    assert setting in sheet_upload.ALLOW and "Re-run failed jobs" in sheet_upload.ALLOW
    assert "Approve workflows to run" in BY_MACHINE and "Approve workflows to run" in GITHUB
    assert all((ROOT / path).exists() for path in re.findall(r"`(\.github/[^`]+?)/?`", GITHUB) if path != ".github/CODEOWNERS")


@pytest.mark.slow
def test_whoever_reviews_on_gitee_can_check_by_hand(tmp_path: Path) -> None:
    """What the page says comes true with a repository of a host that runs nothing by itself; cron calls the server's own script."""
    office = open_office(tmp_path / "office")
    git(tmp_path, "init", "-q", "--bare", "host")
    git(office, "remote", "add", "origin", str(tmp_path / "host"))
    git(office, "push", "-q", "origin", "main")
    (office / "data/plans/2023/statements/S-90.yml").write_text(
        f"published: {TODAY}\nunit: 样例县卫生健康委\ntask: 8\ntext: 下周补签。\n", encoding="utf-8"
    )
    git(office, "checkout", "-q", "-b", "report-11")
    git(office, "add", "-A")
    git(office, "commit", "-qm", "a statement")
    git(office, "push", "-q", "origin", "report-11")
    git(office, "checkout", "-q", "main")
    assert live(GITEE, office) == []
    assert block(GITEE, "cron").split()[-1] in SERVER


@pytest.mark.slow
def test_the_servers_script_publishes_what_is_good_and_stops_at_an_edit_of_what_is_public(tmp_path: Path) -> None:
    """A new report goes out; an edited one does not, today or tomorrow, and yesterday's site stands; put right, it goes on."""
    office = open_office(tmp_path / "office")
    spoil(office / "data", {"file": "site.yml", "replace": "ledger@example.org", "with": "taizhang@county.example"})
    git(office, "commit", "-qam", "who can be reached")
    server, out = tmp_path / "ledger", tmp_path / "site"
    git(tmp_path, "clone", "-q", str(office), str(server))
    for lock in server.glob("requirements*.lock"):
        os.utime(lock, (0, 0))
    script = tmp_path / "update.sh"
    script.write_text(block(SERVER, "bash"), encoding="utf-8")
    script.chmod(0o755)

    def update(told: str = "") -> subprocess.CompletedProcess[str]:
        """The script; or what a part of the page tells to type, at this server's places."""
        typed = "".join(each.body for each in blocks(told)).replace("/srv/taizhang", str(tmp_path)) or str(script)
        places = {"LEDGER": str(server), "OUT": str(out), "BASE_URL": "https://minsheng.county.example/"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", typed],
            env=environment() | places,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    first = update()
    assert first.returncode == 0, first.stdout + first.stderr
    assert (out / "index.html").is_file() and (out / "404.html").is_file()
    published = snapshot(out)
    spoil(office / "data", {"file": REPORT, "replace": "signed-rate: 86", "with": "signed-rate: 92"})
    git(office, "commit", "-qam", "edited")
    for _ in ("today", "tomorrow"):
        stopped = update()
        assert stopped.returncode != 0 and f"{REPORT}:4: indicators.signed-rate 已公布的记录不改" in stopped.stdout
        assert snapshot(out) == published
    git(office, "revert", "--no-edit", "HEAD")
    (office / "data/plans/2023/statements/S-90.yml").write_text(
        f"published: {TODAY}\nunit: 样例县卫生健康委\ntask: 8\ntext: 下周补签。\n{GONE}\n", encoding="utf-8"
    )
    git(office, "add", "-A")
    git(office, "commit", "-qm", "a statement")
    again = update()
    assert again.returncode == 0, again.stdout + again.stderr
    assert "下周补签。" in (out / "2023/tasks/08/index.html").read_text(encoding="utf-8")

    _purge(office)
    refused = update()
    assert refused.returncode != 0 and "Not possible to fast-forward" in refused.stderr
    again = update(SERVER.partition("## 历史被改写过以后")[2])
    assert again.returncode == 0, again.stdout + again.stderr
    assert (
        GONE.encode()
        not in subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=server, check=True, capture_output=True).stdout
    )


GONE = "# 一个人的姓名"


def _purge(office: Path) -> None:
    """A record with somebody's name in it is made public, taken down, and taken out of the history, as the handbook says."""
    file = "data/plans/2023/statements/S-90.yml"
    said = (office / file).read_text(encoding="utf-8").replace(f"{GONE}\n", "")
    (office / "data/plans/2023/statements/S-91.yml").write_text(said, encoding="utf-8")
    git(office, "rm", "-q", file)
    (office / "data/plans/2023/withdrawals/W-90.yml").write_text(
        f"record: statements/S-90\nfiled: {TODAY}\nground: 含个人信息\npublished: {TODAY}\n", encoding="utf-8"
    )
    git(office, "add", "-A")
    git(office, "commit", "-qm", "taken down")
    git(office, "filter-branch", "-f", "--index-filter", f"git rm -q --cached --ignore-unmatch {file}", "--", "--all")


def git(folder: Path, *arguments: str) -> None:
    """Run git there as the clerk."""
    subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True)
