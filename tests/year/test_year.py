"""A county's year, from the founding to the next plan and the software's next version; after each push the workflows that it starts.

What the public site says is read after each publication: each sentence below is true of what was filed, and no address that was public
is ever lost.  `make lowest` lives the same year on the lowest Python.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scripts.exchange.workbooks.columns import FORM, FORM_HEADS
from scripts.store.project import ROOT

from ..conftest import SMALL
from ..guide.office import live
from ..house.test_lowest_python import lowest_environment
from .starts import NEW_WORDS, STARTS, Start
from .town import SLOW, Ran, Town, everything

pytestmark = pytest.mark.slow

PUBLISHED = ["make publish", "make manifest"]
HOME, TASK = "", "2031/tasks/01"
LEAK, NAME = "plans/2031/statements/S-01.yml", "某某某"
GONE = "7月2日公布的一份记录（单位说明）已撤下。缘由：含学生个人信息。"
HANDBOOK = (ROOT / "docs/guide/leak.md").read_text(encoding="utf-8")
PYTHONS: dict[str, Callable[[], Path]] = {"this Python": lambda: Path(sys.executable), "the lowest Python": lowest_environment}
PYTHON = "the lowest Python" if os.environ.get("LEDGER_LOWEST") else "this Python"


class Year:
    """The town, and what must be true of it after every step."""

    def __init__(self, town: Town) -> None:
        self.town, self.given = town, set[str]()

    def on(self, day: str) -> None:
        self.town.day = date.fromisoformat(day)

    def published(self, runs: list[Ran], said: Mapping[str, str]) -> None:
        """The workflow went through, the data waited for none of the program's tests, and the public pages say this."""
        *_, build, record, deploy = runs
        assert [run for run in runs if run.stopped] == [], [run.said for run in runs]
        assert (build.workflow, build.job, deploy.job) == ("publish", "build", "deploy") and build.asked[-2:] == PUBLISHED
        assert (record.job, record.asked[-1]) == ("record", "make published")
        assert not set(SLOW) & set(build.asked), build.asked
        self.true(said)

    def true(self, said: Mapping[str, str]) -> None:
        """Each page, by its path, has these words, parted by ……; no page that was public is gone."""
        for path, words in said.items():
            page = self.town.page(path)
            missing = [each for each in words.split("……") if each not in page]
            assert missing == [], (self.town.day, path, missing, page)
        lost = self.given - self.town.addresses()
        assert lost == set(), lost
        self.given |= self.town.addresses()


def settled(year: Year) -> None:
    """Nobody has written yet who runs the site: the first push is refused at once and says what is missing; then it is public, without
    any progress, and says so."""
    town = year.town
    (refused,) = town.push("main")
    assert refused.stopped == "make publishable" and "publisher 缺少 name" in refused.said and "缺少联系方式" in refused.said
    settings = "publisher:\n  kind: independent\n  name: 小溪志愿者小组\n  email: xiaoxi@volunteers.example\nlicence: CC BY 4.0\n"
    town.write("site.yml", settings)
    town.commit("谁办、怎么联系")
    year.published(
        town.push("main"),
        {
            HOME: "2031年，小溪县答应办的4项民生任务……暂无进展数据……没有颜色，不等于没办",
            "about": "本站不是政府网站，由小溪志愿者小组整理",
            TASK: "暂无进展数据……全年新增学位300个以上",
        },
    )


def opened(year: Year) -> None:
    """Nobody owes anything before; afterwards everything is not yet due."""
    town = year.town
    year.on("2031-03-10")
    assert "现在谁也不欠报告" in town.verb("next")
    assert "2031-03-10-opened.yml" in town.verb("event", "opened")
    town.write("plans/2031/events/2031-03-10-opened.yml", "type: opened\nopened_on: 2031-03-10\npublished: 2031-03-10\n")
    assert "暂无进展数据 → 尚未到期" in town.verb("changes")
    assert "第1项 小溪小学综合楼投用：2031年3月节点的报告，2031年4月10日前" in town.verb("next", "--unit", "县教委")
    town.commit("开始报送")
    year.published(town.push("main"), {HOME: "截至2031年3月10日……未评定的4项：尚未到期4", TASK: "尚未到期 还没有到期的目标"})


def reported(year: Year) -> None:
    """By template, as a pull request: its summary says what the public will see, and the public then sees it.  (The push of the branch
    itself runs the first of the same two jobs.)"""
    town = year.town
    year.on("2031-04-05")
    file = "plans/2031/reports/2031-03/01.yml"
    assert file in town.verb("report", "1", "2031-03")
    words = (town.office / "data" / file).read_text(encoding="utf-8")
    assert town.verb("check", fails=True).count("〔待填〕") == words.count("〔待填〕") - 1, "each gap is named; one is in the help"
    for gap, answer in {"published": "2031-04-05", "summary": "主体已经封顶。", "1-1": "done", "new-places": "100"}.items():
        words = words.replace(f"{gap}: 〔待填〕", f"{gap}: {answer}")
    town.write(file, words)
    town.git("checkout", "-q", "-b", "report-1")
    town.commit("第1项3月节点")
    town.git("push", "-q", "origin", "report-1")
    check, preview = town.pull_request("report-1")
    assert check.stopped is None and "make check make guard make site" in " ".join(check.asked) and not set(SLOW) & set(check.asked)
    assert preview.stopped is None and "第1项“小溪小学综合楼投用”：尚未到期 → 绿" in preview.said
    assert "新增学位（2031年3月）没有 → 100个" in preview.said
    year.published(
        town.merge("report-1"),
        {
            HOME: "1●达到进度……未评定的3项：尚未到期3",
            TASK: "绿：新增学位，到3月底应累计100个，公开材料显示100个……4月5日公布，县教委，按期公开“主体已经封顶。”",
        },
    )


def reported_by_workbook(year: Year) -> None:
    """Taken out, filled in, uploaded through the browser: the workflow makes a report and a pull request of it and removes the upload."""
    town = year.town
    year.on("2031-06-08")
    town.verb("sheet", "out", "2031-05", "--unit", "县教委")
    (path,) = town.office.glob("填报*.xlsx")
    book = load_workbook(path)
    answers = {
        ("01", "公布日"): "2031-06-08",
        ("01", "情况"): "室内装修完工，绿化还差一片。",
        ("01/2-1", "完成情况"): "完成",
        ("01/2-2", "完成情况"): "部分完成",
        ("01/new-places", "实际数"): 160,
    }
    rows = {str(row[0].value): row[0].row for row in book[FORM].iter_rows(max_col=1)}
    for (item, head), value in answers.items():
        book[FORM].cell(rows[f"2031/2031-05/{item}"], FORM_HEADS.index(head) + 1).value = value
    town.git("checkout", "-q", "-b", "clerk-patch-1")
    book.save(town.office / "uploads/填好的.xlsx")
    path.unlink()
    town.commit("上传")
    read, ask = town.upload("clerk-patch-1")
    assert (read.stopped, ask.stopped) == (None, None) and "绿 → 黄" in read.said, (read.said, ask.said)
    asked_for = (town.folder / "asked").read_text(encoding="utf-8").strip()
    assert town.head("clerk-patch-1") == "0" * 40 and town.head(asked_for) != "0" * 40
    year.published(
        town.merge(asked_for),
        {
            HOME: "1▲稍慢",
            TASK: "黄：“校园绿化”应在5月31日前做到，到6月8日公开材料只显示部分完成……5月150160●达到进度",
        },
    )
    assert not (town.office / "uploads/填好的.xlsx").exists()


def corrected(year: Year) -> None:
    """An edit of what is public is stopped before it gets anywhere; a correction goes out, and the old value stays to be seen."""
    town = year.town
    year.on("2031-06-20")
    published = town.office / "data/plans/2031/reports/2031-05/01.yml"
    words = published.read_text(encoding="utf-8")
    published.write_text(words.replace("160", "150"), encoding="utf-8")
    town.git("checkout", "-q", "-b", "edit")
    town.commit("改一改")
    (stopped,) = town.push("edit")
    assert stopped.stopped == "make guard" and "01.yml" in stopped.said and "已公布的记录不改" in stopped.said
    town.on_main()
    assert "reports/2031-05/01.2.yml" in town.verb("correction", "1", "2031-05")
    town.write(
        "plans/2031/reports/2031-05/01.2.yml",
        "published: 2031-06-20\nby: 县教委\ncorrects: 01\nreason: 10个学位重复统计\nindicators: {new-places: 150}\n",
    )
    town.commit("更正第1项5月节点")
    told = "5月“新增学位”由160个更正为150个，颜色不变。更正单位：县教委。原因：10个学位重复统计。"
    year.published(town.push("main"), {TASK: f"到5月底应累计150个，公开材料显示150个……首次公布160……{told}", "changes": told})


def problem_found(year: Year) -> None:
    """It stands on its page and beside its task; in the same push a unit's words in which somebody is named, which nobody notices."""
    town = year.town
    year.on("2031-07-02")
    assert "problems/P-01.1.yml" in town.verb("problem", "2")
    town.write(
        "plans/2031/problems/P-01.1.yml",
        "type: found\ntask: 2\ndescription: 溪西小学围墙开裂\nowner: 县住建委\nfound_on: 2031-06-30\nrectify_by: 2031-07-20\n"
        "published: 2031-07-02\n",
    )
    town.write(LEAK, f"published: 2031-07-02\nunit: 县教委\ntask: 1\ntext: 学生{NAME}的家长催过，绿化9月补齐。\n")
    town.commit("一个问题，一份说明")
    year.published(
        town.push("main"),
        {
            "2031/problems": "1公开的问题0逾期未见整改1还在整改期限以内……溪西小学围墙开裂",
            "2031/tasks/02": "问题P-01未见整改完成的公开材料，期限7月20日",
            TASK: NAME,
        },
    )


def brief(year: Year) -> None:
    """The night after the reports were due: the timetable starts publishing, the brief is there, on the web and for Word."""
    town = year.town
    year.on("2031-08-11")
    start, *publish = town.night()
    assert start.stopped is None and start.asked[-2:] == ["make nightly", "make idle"] and "已有40天" in start.said
    year.published(
        publish,
        {
            "2031/checkpoints/2031-07": "2031年8月11日定稿……红：“校园绿化”应在5月31日前做到，到8月11日公开材料只显示部分完成，已逾期72天……逾期未整改的问题……溪西小学围墙开裂2 两所小学扩建县住建委7月20日22天",
        },
    )
    assert (town.public / "2031/checkpoints/2031-07/brief.docx").stat().st_size > 5000


def leak_purged(year: Year) -> None:
    """As the handbook says: taken down with a tombstone; purged from every object; the automatic publication stops and says what helps; by
    hand it goes out."""
    town = year.town
    year.on("2031-08-20")
    town.git("rm", "-q", f"data/{LEAK}")
    town.write(
        "plans/2031/withdrawals/W-01.yml", "record: statements/S-01\nfiled: 2031-07-02\nground: 含学生个人信息\npublished: 2031-08-20\n"
    )
    town.write("plans/2031/statements/S-02.yml", "published: 2031-08-20\nunit: 县教委\ntask: 1\ntext: 绿化9月补齐。\n")
    town.commit("撤下一份含个人信息的说明")
    runs = town.push("main")
    year.published(runs, {"changes": GONE, TASK: "绿化9月补齐"})
    assert "可是项目的历史里还有" in runs[0].said
    assert NAME in everything(town.host), "the test can find it"
    before, second = town.head("main"), HANDBOOK.partition("## 第二步")[2].partition("## 第四步")[0]
    page = second.replace("data/plans/2023/reports/2023-09/11.yml", f"data/{LEAK}")
    assert live(page, town.office, town.environment()) == []
    assert NAME not in everything(town.host) and NAME not in everything(town.office)
    (stopped,) = town.pushed("main", before)
    assert stopped.stopped == "make guard" and all(word in stopped.said for word in ("历史被改写过", "published purged --from", "手动公布"))
    kept = runs[0].folder  # a copy of before the purge
    town.git("fetch", "-q", "origin", at=kept)
    town.git("checkout", "-q", "-B", "main", "origin/main", at=kept)
    town.type("make", "check", at=kept)
    town.type(str(kept / ".venv/bin/python"), "-m", "scripts", "published", "purged", "--from", before, at=kept)
    year.published(town.by_hand(), {"changes": GONE, TASK: "绿化9月补齐"})
    assert [path for path in town.public.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()] == []


def closed(year: Year) -> None:
    """From then on nothing is judged any more; next year's plan is read in as a draft beside it and stops nothing."""
    town = year.town
    year.on("2032-03-31")
    town.verb("event", "closed")
    town.write("plans/2031/events/2032-03-31-closed.yml", "type: closed\nclosed_on: 2032-03-31\npublished: 2032-03-31\n")
    paper = town.folder / "新一年.txt"
    paper.write_text(next_year((SMALL / "plans/2031/source.txt").read_text(encoding="utf-8")), encoding="utf-8")
    assert "读入了4项任务、11格、4个节点" in town.verb("plan", "in", str(paper), "--year", "2032")
    town.commit("结束；新一年的草稿")
    runs = town.push("main")
    year.published(runs, {HOME: "2031年，小溪县答应办的4项民生任务 截至2032年3月31日，4个节点已有结果……2✕很慢"})
    assert "2032年的计划还是草稿，不在网站上" in runs[0].said and not [page for page in town.addresses() if page.startswith("2032")]


def next_plan(year: Year) -> None:
    """Looked through by people: the home is the new year's, without any progress; the old year stays as it ended."""
    town = year.town
    year.on("2032-04-02")
    shutil.rmtree(town.office / "data/plans/2032")
    for path in sorted((SMALL / "plans/2031").rglob("*.*")):
        words = next_year(path.read_text(encoding="utf-8"))
        town.write(f"plans/2032/{path.relative_to(SMALL / 'plans/2031')}", words)
    town.commit("2032年的计划")
    runs = town.push("main")
    assert "2份计划，8项任务，22格" in runs[0].said
    year.published(
        runs,
        {
            HOME: "2032年，小溪县答应办的4项民生任务……暂无进展数据",
            "2032/tasks/01": "暂无进展数据",
            TASK: "到2032年3月31日公开材料只显示部分完成，已逾期305天……由160个更正为150个",
            "2031/checkpoints/2031-07": "2031年8月11日定稿",
        },
    )


def next_year(words: str) -> str:
    """The same plan, a year later."""
    return words.replace("2032", "2033").replace("2031", "2032")


def next_version(year: Year, start: Start) -> None:
    """The program changed: where it lies beside the data, its tests are asked for before it goes out; what was said of the county is said
    still, and an edit of what is public is refused still."""
    town = year.town
    year.on("2032-04-10")
    before = town.page(TASK)
    start.take_next()
    build, record, deploy = town.push("main")
    assert (build.stopped, record.stopped, deploy.stopped) == (None, None, None), build.said + record.said
    assert [each for each in build.asked if each in SLOW] == list(SLOW if start.tested else ()) and build.asked[-2:] == PUBLISHED
    year.true({"about": NEW_WORDS, HOME: "2032年，小溪县答应办的4项民生任务"})
    assert town.page(TASK) == before
    edited = town.office / "data/plans/2031/reports/2031-05/01.2.yml"
    edited.write_text(edited.read_text(encoding="utf-8").replace("150", "160"), encoding="utf-8")
    town.git("fetch", "-q", "origin")
    assert "已公布的记录不改" in town.type("make", "guard", fails=True)


@pytest.mark.parametrize("start", STARTS)
def test_a_county_lives_its_year(start: str, tmp_path: Path) -> None:
    """Every step of it, in order, with the workflows that a push starts; at every step what the public site says is true."""
    begun = STARTS[start](tmp_path, PYTHONS[PYTHON]())
    town, year = begun.town, Year(begun.town)
    for step in (settled, opened, reported, reported_by_workbook, corrected, problem_found, brief, leak_purged, closed, next_plan):
        step(year)
    next_version(year, begun)
    started = {(run.workflow, run.job) for run in town.runs}
    assert started == {
        ("check", "check"),
        ("check", "preview"),
        ("nightly", "start"),
        ("publish", "build"),
        ("publish", "record"),
        ("publish", "deploy"),
        ("workbook", "read"),
        ("workbook", "ask"),
    }
