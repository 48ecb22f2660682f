"""A different county's plan goes from file to site, and no code is touched: two counties, as unlike ours as they come."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser

from scripts.__main__ import main
from scripts.ledger.model.promise import Promise
from scripts.site.build import build_site
from scripts.store.load import load

from ...browser.test_accessibility import Listener
from ...conftest import SMALL


def promise(folder: Path) -> Promise:
    """The plan of a data folder without errors."""
    loaded = load(folder)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    return loaded.ledger.current


@pytest.mark.parametrize("county", ["qingshi", "yunze"])
def test_what_was_read_passes_the_check_but_for_what_is_marked(county: str, read_in: dict[str, Path]) -> None:
    """No error; and every warning is a mark that a person has to look at, on the line where it stands."""
    loaded = load(read_in[county])
    assert loaded.errors == []
    marks = [problem for problem in loaded.problems if problem.must.startswith("还没有核")]
    assert loaded.problems == marks and len(marks) > 30
    for mark in marks:
        lines = (read_in[county] / mark.at.file).read_text(encoding="utf-8").split("\n")
        assert "# 待核：" in lines[loaded.line(mark) - 1]


def test_the_sheet_by_quarters_has_the_shape_that_it_prints(read_in: dict[str, Path]) -> None:
    found = promise(read_in["qingshi"])
    assert [(point.id, point.printed) for point in found.plan.checkpoints] == [
        ("2025-03", "一季度"),
        ("2025-06", "二季度"),
        ("2025-09", "三季度"),
        ("2025-12", "四季度"),
    ]
    assert [chapter.heading for chapter in found.plan.chapters] == ["办好学校", "看好病", "扶好老幼", "修好路和水", "安好家"]
    assert found.plan.frame.order == ("chapter", "number", "pledge", "other", "cells", "lead")
    assert (found.plan.document.number, found.plan.document.dated, found.plan.county) == (
        "青石府办发〔2025〕6号",
        date(2025, 2, 18),
        "青石县",
    )
    assert len(found.tasks) == 16 and all(task.span is None for task in found.tasks.values())


def test_merged_cells_of_a_sheet_give_real_spans(read_in: dict[str, Path]) -> None:
    """A cell over two quarters covers both; one over the year is for the whole year; a box down several rows counts in each."""
    tasks = promise(read_in["qingshi"]).tasks
    assert [cell.covers for cell in tasks[2].milestones] == [("2025-03",), ("2025-06", "2025-09"), ("2025-12",)]
    assert [(cell.covers, cell.kind) for cell in tasks[16].milestones] == [(("2025-03", "2025-06", "2025-09", "2025-12"), "rolling")]
    assert tasks[4].lead == tasks[5].lead == ("县卫生健康局",)
    assert all("合并成一格" in tasks[number].notes[-1].text for number in (4, 5))
    assert not tasks[6].notes


def test_empty_cells_are_said_to_be_empty(read_in: dict[str, Path]) -> None:
    """A slash is kept as it is printed; for nothing at all the text says that there is nothing."""
    found = promise(read_in["qingshi"])
    assert [cell.text for cell in found.tasks[9].milestones] == ["/", "建成8处儿童友好驿站。", "/"]
    assert [(cell.text, cell.kind) for cell in found.tasks[3].milestones][-1] == ("〔空〕", "none")
    assert [note.quote for note in found.plan.notes] == ["〔空〕"]


def test_who_leads_is_read_where_the_cell_says_so(read_in: dict[str, Path]) -> None:
    sheet, letter = promise(read_in["qingshi"]).tasks, promise(read_in["yunze"]).tasks
    assert (sheet[1].lead, sheet[1].cooperating.units) == (("县教育局",), ("县住房城乡建设局", "青石镇"))
    assert (sheet[9].lead, sheet[9].cooperating.units, sheet[9].cooperating.collectives) == (("县妇联",), ("团县委",), ("各乡镇",))
    assert (letter[14].lead, letter[14].cooperating.collectives) == (("区城管局", "区林业局"), ("各街道（镇）",))
    assert letter[1].lead_printed == "牵头：区教育局\n配合：区住建局、湖滨街道"


def test_a_letter_by_months_keeps_both_its_numberings(read_in: dict[str, Path]) -> None:
    """（一） starts anew in each chapter of the text, the table counts 1.1; what only the text has is machinery."""
    found = promise(read_in["yunze"])
    assert [task.label for task in found.tasks.values()][:6] == ["（一）", "（二）", "（三）", "（四）", "（一）", "（二）"]
    assert [task.row for task in found.tasks.values()][3:6] == ["1.4", "2.1", "2.2"]
    assert len(found.plan.checkpoints) == 10 and len(found.tasks) == 15
    assert [(each.number, each.label) for each in found.plan.mechanisms] == [(16, "（一）"), (17, "（二）")]
    assert found.plan.frame.tail == ("（此件公开发布）",)
    assert found.tasks[1].table_pledge == "改造湖滨小学运动场。"
    assert found.tasks[9].milestones[-1].due == date(2025, 12, 20)


@pytest.mark.slow
@pytest.mark.parametrize(("county", "rhythm", "points"), [("qingshi", "每季", 4), ("yunze", "每月", 10)])
def test_its_site_speaks_of_its_own_rhythm(
    county: str,
    rhythm: str,
    points: int,
    filled_in: Callable[[str], Path],
    tmp_path: Path,
    browser: Browser,
    serve: Callable[[Path], str],
) -> None:
    """Navigation, wordmark, checkpoints and boards follow from the data; no page speaks of ours.  (The build checks every link.)
    Axe finds nothing where they look unlike ours: on home with its board, on the time axis, on a task."""
    site = build_site(filled_in(county), tmp_path / "site", date(2025, 8, 11), "https://county.example.org/").out
    home = lxml.html.fromstring((site / "index.html").read_bytes())
    words = [each.text_content() for each in home.xpath("//nav[@class='nav']//a")]
    assert f"{rhythm}节点" in words
    assert len(home.xpath("//a[@class='mark']//rect")) == len(home.xpath("//ol[@class='year']/li")) == points
    assert len(home.xpath("(//table[starts-with(@class, 'board')])[1]//col[starts-with(@class, 'm')]")) == points
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    foreign = re.compile("每两月|每两个月|12月底.一格|六个节点")
    assert [name for name, text in pages.items() if foreign.search(text) and not name.startswith("guide/")] == []
    whole = {"qingshi": "全县", "yunze": "全区"}
    assert {word for text in pages.values() for word in re.findall("全[县区市旗]", text)} == {whole[county]}, "the handbook too"
    assert all("虚构演示" in text for text in pages.values())
    assert all("数据版本不明" in text for name, text in pages.items() if not name.startswith("embed/")), "outside git there is no commit"
    assert "看第1项" in pages["2025/source/index.html"]
    heard, root = Listener(browser.new_page()), serve(site)
    for path in ("", "2025/timeline/", "2025/tasks/01/"):
        heard.open(root + path)
        for width, scheme in ((360, "light"), (1280, "light"), (360, "dark")):
            heard.look(width, scheme)
    heard.page.close()
    assert heard.found == [] and heard.asked == 9


DATED = """某县人民政府办公室
某府办〔2025〕1号
关于印发《2025年民生实事方案》的通知
2025年1月5日
一、学校
1.建两所学校。
\t序号
\t重点任务
\t目标
\t牵头单位
\t3月
\t6月

\t1
\t建两所学校。
\t完成选址；7月1日起招标。
\t甲小学6月20日前封顶、乙小学6月底封顶；食堂6月20日前开业，7月公示；丙小学3月底前完工。
\t县教育局
"""


def test_a_thing_with_a_day_of_its_own_is_due_on_it(tmp_path: Path) -> None:
    """What the words set as a limit becomes `due`; a day from which on, or a bare month, is none; several days, or one outside the
    cell's months, are marked for a person.  The check agrees: no error."""
    paper = tmp_path / "dated.txt"
    paper.write_text(DATED, encoding="utf-8")
    assert main(["plan", "in", str(paper), "--year", "2025", "--county", "某县", "--into", str(tmp_path / "data")]) == 0
    loaded = load(tmp_path / "data")
    assert loaded.errors == [], "\n".join(loaded.messages())
    cells = promise(tmp_path / "data").tasks[1].milestones
    assert [[piece.due for piece in cell.deliverables] for cell in cells] == [
        [None, None],
        [date(2025, 6, 30), date(2025, 6, 20), date(2025, 3, 31)],
    ]
    told = [problem.must for problem in loaded.problems if "日期" in problem.must]
    assert [("6月20日前、6月底" in each, "3月底前" in each) for each in told] == [(True, False), (False, True)]


NEXT_YEAR = """某县人民政府办公室
某府办〔2025〕1号
关于印发《2025年民生实事方案》的通知
2025年1月5日
一、学校
1.建两所学校。
2.修三条路。
\t序号
\t重点任务
\t目标
\t牵头单位
\t3月
\t11月
\t次年1月

\t1
\t建两所学校。
\t1月20日前开工。
\t12月底前封顶；次年1月10日前验收。
\t1月15日前开学；甲小学12月20日前交付。
\t县教育局

\t2
\t修三条路。
\t完成选线。
\t1月底全面通车。
\t县交通局
"""


def test_a_date_without_a_year_in_a_cell_of_the_next_year_is_read_in_it(tmp_path: Path) -> None:
    """1月15日前 in the cell of 次年1月 is of the next year, 12月20日前 there of the plan's own, 1月20日前 in the first cell too; a row whose
    widths are lost is read the same way.  The check holds the same reading: the wrong year is refused."""
    paper, data = tmp_path / "dated.txt", tmp_path / "data"
    paper.write_text(NEXT_YEAR, encoding="utf-8")
    assert main(["plan", "in", str(paper), "--year", "2025", "--county", "某县", "--into", str(data)]) == 0
    told = load(data)
    assert [problem.must for problem in told.errors] == ["不在该格所跨的节点（2025-11）里"]  # 12月底前封顶, in the cell of November
    assert any("第2格写的日期（2025-12-31）不在这一格的节点里" in problem.must for problem in told.problems)
    task = data / "plans/2025/tasks/01.yml"
    words = task.read_text(encoding="utf-8")
    assert [line.split("due: ")[1][:10] for line in words.split("\n") if "due: " in line][:1] == ["2025-01-20"]
    assert "2026-01-15" in words and "2026-01-10" in words and "2025-12-20" in words
    road = (data / "plans/2025/tasks/02.yml").read_text(encoding="utf-8")
    assert "due: 2026-01-31" in road
    (data / "plans/2025/tasks/02.yml").write_text(road.replace("due: 2026-01-31", "due: 2025-01-31"), encoding="utf-8")
    assert any("due 必须是 2026-01-31" in message for message in load(data).messages())


def test_a_unit_known_under_another_name_is_called_by_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Next year's paper names it as it likes: the draft has no error for it, the cell stays as printed, and the registry gets no second entry."""
    data = tmp_path / "data"
    data.mkdir()
    units = "县教育委: {slug: jiaowei, kind: department, aliases: [县教委]}\n县住建委: {slug: zjw, kind: department, aliases: [县住房城乡建委]}\n"
    (data / "units.yml").write_text(units, encoding="utf-8")
    assert main(["plan", "in", str(SMALL / "plans/2031/source.txt"), "--year", "2031", "--into", str(data)]) == 0
    task = promise(data).tasks[1]
    assert (task.lead, task.lead_printed) == (("县教育委",), "县教委")
    assert task.cooperating.units == ("县住建委", "县财政局") and task.cooperating.printed == "县住房城乡建委、县财政局、各乡镇"
    assert "草稿有错" not in capsys.readouterr().out
    assert (data / "units.yml").read_text(encoding="utf-8").startswith(units) and "县教委:" not in (data / "units.yml").read_text(
        encoding="utf-8"
    )
