"""A year's worth of one form: the workflow run job by job in clones of their own, with real git, real make, and a host that keeps what it is told."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ...guide.office import environment, open_office
from ...hosting import Host, Run
from .filling import GOOD, Filled, body, event

pytestmark = pytest.mark.slow

PROBLEM = GOOD["发现问题"]
DONE = {"who": "success", "read": "success", "answer": "success"}
STOPPED = {"who": "success", "read": "skipped", "answer": "skipped"}


class County:
    """A county's repository on a host, and the issues that people send to it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runs = folder, 0
        self.remote = folder / "remote.git"
        office = open_office(folder / "office")
        self.git(folder, "clone", "-q", "--bare", str(office), str(self.remote))
        self.host = Host(folder / "host", {"clerk": "write", "colleague": "write", "citizen": "read"})
        self.next = self._next(office)

    def _next(self, office: Path) -> str:
        names = sorted(path.name for path in (office / "data/plans/2023/problems").glob("P-*.1.yml"))
        return f"P-{int(names[-1][2:4]) + 1:02}"

    def git(self, folder: Path, *arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, text=True).stdout.strip()

    def send(self, filled: Filled | str, number: int = 12, author: str = "clerk") -> Run:
        """An issue is opened or edited; the workflow runs."""
        self.runs += 1
        text = filled if isinstance(filled, str) else body(filled)
        return Run(self.host, "record", event(text, number, author, author), self.remote, self.folder / f"run-{self.runs}")

    def heads(self) -> dict[str, str]:
        """The host's branches but main, with what each adds or takes away."""
        names = self.git(self.remote, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
        return {name: self.git(self.remote, "diff", "--name-status", "main", name) for name in names if name != "main"}

    def merge(self, branch: str) -> None:
        """Somebody presses the button: merged, and marked so by the host."""
        self.git(self.remote, "update-ref", "refs/heads/main", branch)
        kept = self.host.kept
        for each in kept["requests"]:
            each["state"] = "MERGED" if each["head"] == branch else each["state"]
        self.host.keep(kept)


def a_citizens_issue_starts_nothing(county: County) -> None:
    """Not even where it is filled in without a fault: nothing is read, nothing said, nothing pushed."""
    assert county.send(PROBLEM, number=5, author="citizen").results == STOPPED
    assert county.heads() == {} and county.host.kept["comments"] == {} and county.host.kept["requests"] == []


def what_is_wrong_is_said_below_the_issue(county: County) -> None:
    """Every fault with its label, what must hold, what was found, an example; as text; with the number of a person masked and the words on
    how to take it away; no branch, no request."""
    wrong = replace(
        PROBLEM, answers={**PROBLEM.answers, "问题": "<b>松动</b>，找13812345678", "整改期限": "12月15日", "整改单位": "样例县城管"}
    )
    run = county.send(wrong)
    assert run.results == DONE
    said = county.host.last(12)
    assert said.startswith("没有收，有2处要改。请编辑上面那一条")
    assert "1. 整改单位 必须是单位名录里的简称；现在写的是“样例县城管”。是不是想写“样例县城管局”？" in said
    assert "2. 整改期限 必须是日期，写成 年-月-日；现在写的是“12月15日”。是不是想写“2023-12-15”？例：2023-05-20" in said
    assert "Delete revision" in said, "the text holds a mobile number, whatever else is wrong with it"
    only = replace(PROBLEM, answers={**PROBLEM.answers, "问题": "<b>松动</b>，找13812345678"})
    run = county.send(only)
    said = county.host.last(12)
    assert "&lt;b&gt;" in said and "<b>" not in said and "138＊＊＊＊＊＊＊＊" in said
    everything = run.said + json.dumps(county.host.kept, ensure_ascii=False) + (run.room / "summary.md").read_text(encoding="utf-8")
    assert "13812345678" not in everything
    assert county.heads() == {} and county.host.kept["requests"] == []


def a_good_one_becomes_a_request_that_is_led_back_to(county: County) -> None:
    """One commit on main with one new file; the request says what the public will see and closes the issue when it is merged."""
    assert county.send(PROBLEM).results == DONE
    assert county.heads() == {"record-issue-12": f"A\tdata/plans/2023/problems/{county.next}.1.yml"}
    (request,) = county.host.kept["requests"]
    assert request["title"] == "登记：发现问题（#12）" and "closes #12" in request["body"] and "公众会看到的变化" in request["body"]
    assert "北站口袋公园护栏松动" in request["body"] and "Approve workflows to run" in request["body"]
    assert request["url"] in county.host.last(12) and f"编号 {county.next}.1" in county.host.last(12)


def an_edit_brings_its_request_up_to_date(county: County) -> None:
    """The same branch, still one commit, the same request; the number stays.  An edit that is wrong leaves the request as it was."""
    edited = replace(PROBLEM, answers={**PROBLEM.answers, "问题": "北站口袋公园护栏三处松动"})
    assert county.send(edited).results == DONE
    assert county.heads() == {"record-issue-12": f"A\tdata/plans/2023/problems/{county.next}.1.yml"}
    assert "三处松动" in county.git(county.remote, "show", f"record-issue-12:data/plans/2023/problems/{county.next}.1.yml")
    assert county.git(county.remote, "rev-list", "--count", "main..record-issue-12") == "1"
    (request,) = county.host.kept["requests"]
    assert "三处松动" in request["body"] and "合并请求已经照着改了" in county.host.last(12)
    tip = county.git(county.remote, "rev-parse", "record-issue-12")
    assert county.send(replace(edited, answers={**edited.answers, "任务": "99"})).results == DONE
    assert "没有收，有1处要改" in county.host.last(12) and f"原来的合并请求没有变：{request['url']}" in county.host.last(12)
    assert county.git(county.remote, "rev-parse", "record-issue-12") == tip
    assert county.send(edited).results == DONE
    assert county.git(county.remote, "rev-parse", "record-issue-12") == tip, "the same again: not a new commit"


def the_same_in_another_issue_is_not_asked_for_twice(county: County) -> None:
    """It waits in the first one's request; a different one gets the next number, not the same."""
    edited = replace(PROBLEM, answers={**PROBLEM.answers, "问题": "北站口袋公园护栏三处松动"})
    assert county.send(edited, number=13).results == DONE
    assert f"没有新的要登记：和分支 record-issue-12 里等着合并的 {county.next}.1 一样，没有再写。" in county.host.last(13)
    other = replace(PROBLEM, answers={**PROBLEM.answers, "问题": "步道砖松动"})
    assert county.send(other, number=14).results == DONE
    number = f"P-{int(county.next[2:]) + 1}"
    assert county.heads()["record-issue-14"] == f"A\tdata/plans/2023/problems/{number}.1.yml" and "record-issue-13" not in county.heads()


def what_a_person_changed_on_the_branch_is_left_alone(county: County) -> None:
    """The program no longer follows; it says where to go on."""
    clone = county.folder / "colleague"
    county.git(county.folder, "clone", "-q", "-b", "record-issue-14", str(county.remote), str(clone))
    county.git(clone, "commit", "-q", "--allow-empty", "-m", "a word")
    county.git(clone, "push", "-q", "origin", "HEAD")
    tip = county.git(county.remote, "rev-parse", "record-issue-14")
    assert county.send(replace(PROBLEM, answers={**PROBLEM.answers, "问题": "步道砖松动两处"}), number=14).results == DONE
    assert county.git(county.remote, "rev-parse", "record-issue-14") == tip
    assert "有人另外改过" in county.host.last(14)


def what_is_public_is_not_changed_by_an_edit(county: County) -> None:
    """After the merge: the issue's answer says so; the same words in a new issue are on record."""
    county.merge("record-issue-12")
    tip = county.git(county.remote, "rev-parse", "record-issue-12")
    assert county.send(replace(PROBLEM, answers={**PROBLEM.answers, "问题": "另一句"})).results == DONE
    assert "已经合并公布，公布了的不改" in county.host.last(12)
    assert county.git(county.remote, "rev-parse", "record-issue-12") == tip and len(county.host.kept["requests"]) == 2
    edited = replace(PROBLEM, answers={**PROBLEM.answers, "问题": "北站口袋公园护栏三处松动"})
    assert county.send(edited, number=15).results == DONE
    assert f"和已登记的 {county.next}.1 一样，没有再写" in county.host.last(15)


def a_withdrawal_takes_the_record_away(county: County) -> None:
    """The request holds the tombstone and the removal, and nothing else."""
    assert county.send(GOOD["撤下"], number=16).results == DONE
    assert county.heads()["record-issue-16"].splitlines()[-1].startswith("A\tdata/plans/2023/withdrawals/W-")
    assert "D\tdata/plans/2023/statements/S-01.yml" in county.heads()["record-issue-16"]


def where_the_host_refuses_the_request_the_run_is_red(county: County) -> None:
    """The setting is named; nothing is lost: run again, it is asked for."""
    county.host.keep({**county.host.kept, "fails": ["pr", "create"]})
    run = county.send(GOOD["单位说明"], number=17)
    assert run.results == {**DONE, "answer": "failure"} and "Allow GitHub Actions to create and approve pull requests" in run.said
    county.host.keep({**county.host.kept, "fails": None})
    assert county.send(GOOD["单位说明"], number=17).results == DONE
    assert county.host.kept["requests"][-1]["head"] == "record-issue-17"
    assert county.host.kept["requests"][-1]["url"] in county.host.last(17)


def data_that_does_not_hold_is_not_the_clerks_fault(county: County) -> None:
    """What is on main is broken: said so, and whom to ask."""
    clone = county.folder / "breaker"
    county.git(county.folder, "clone", "-q", str(county.remote), str(clone))
    (clone / "data/units.yml").write_text("", encoding="utf-8")
    county.git(clone, "commit", "-qam", "broken")
    county.git(clone, "push", "-q", "origin", "HEAD")
    run = county.send(PROBLEM, number=18)
    assert run.results["read"] == "success" and "不是您填的有错" in (run.room / "artifact-taken/answer.md").read_text(encoding="utf-8")


def no_token_is_where_something_is_read(county: County) -> None:
    """The job that reads was given none; nothing that was written there stood in a command."""
    assert not any("北站" in " ".join(each) or "松动" in " ".join(each) for each in county.host.kept["asked"])


STEPS: tuple[Callable[[County], None], ...] = (
    a_citizens_issue_starts_nothing,
    what_is_wrong_is_said_below_the_issue,
    a_good_one_becomes_a_request_that_is_led_back_to,
    an_edit_brings_its_request_up_to_date,
    the_same_in_another_issue_is_not_asked_for_twice,
    what_a_person_changed_on_the_branch_is_left_alone,
    what_is_public_is_not_changed_by_an_edit,
    a_withdrawal_takes_the_record_away,
    where_the_host_refuses_the_request_the_run_is_red,
    data_that_does_not_hold_is_not_the_clerks_fault,
    no_token_is_where_something_is_read,
)
"""What happens to one county's form, in this order: each step begins where the one before it left the repository."""


def test_the_life_of_a_form(tmp_path: Path) -> None:
    """From a citizen's issue, which starts nothing, to data that is broken on main."""
    county = County(tmp_path)
    for step in STEPS:
        step(county)
