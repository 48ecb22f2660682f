"""The task pages and place pages of a county with data: what they promise a reader, held against the engine's own values."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from lxml import html

from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.formats import number_words
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.series.corrections import corrections
from scripts.ledger.series.day import Day, day_of
from scripts.site.build import build_site
from scripts.store.load import load
from scripts.store.project import ROOT

from ..reading import all_of, one, read_page, text, tones

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "tests" / "fixtures" / "sample"
MID, CLOSE, BEFORE = date(2023, 8, 11), date(2024, 1, 15), date(2023, 4, 2)
SIGNS = "不足 5 < 6 & 7 > 6，&lt;b&gt;粗&lt;/b&gt;"
"""The worst that the checker lets through: signs of markup, and entities that must stay as they are."""
LONGEST_CHART = 5 * 1024
TASKS = range(1, 17)


@dataclass(frozen=True)
class Site:
    """A built county and the engine's reading of the same data on the same day."""

    folder: Path
    day: Day

    def page(self, path: str) -> html.HtmlElement:
        return read_page(self.folder / path / "index.html")

    def task(self, number: int) -> html.HtmlElement:
        return self.page(f"2023/tasks/{number:02}")


def _day(data: Path, day: date) -> Day:
    ledger = load(data).ledger
    assert ledger is not None, "\n".join(load(data).messages())
    return day_of(ledger, "2023", day)


def _build(data: Path, out: Path, day: date) -> Site:
    return Site(build_site(data, out, day).out, _day(data, day))


def _independent(folder: Path) -> Path:
    """The sample as a site that no unit owes a report, with signs of markup in a report."""
    shutil.copytree(SAMPLE, folder)
    settings = folder / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("kind: official", "kind: independent"), encoding="utf-8")
    report = folder / "plans/2023/reports/2023-07/02.yml"
    report.write_text(re.sub(r"summary: .*", f"summary: '{SIGNS}'", report.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mid(demo_site: Path) -> Site:
    """The sample in the middle of its year."""
    return Site(demo_site, _day(SAMPLE, MID))


@pytest.fixture(scope="module")
def close(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample at its close."""
    return _build(SAMPLE, tmp_path_factory.mktemp("close") / "site", CLOSE)


@pytest.fixture(scope="module")
def independent(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same middle of the year, published by somebody whom no unit owes a report."""
    folder = tmp_path_factory.mktemp("independent")
    return _build(_independent(folder / "data"), folder / "site", MID)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample before reporting opened."""
    return _build(SAMPLE, tmp_path_factory.mktemp("before") / "site", BEFORE)


def cell(page: html.HtmlElement, checkpoint: str) -> html.HtmlElement:
    """The place in the timeline that a checkpoint's link leads to."""
    return one(page, f"#{checkpoint}").getparent()


# ---------------------------------------------------------------- now, and why


@pytest.mark.parametrize("number", TASKS)
def test_the_head_says_badge_sentence_and_marks_of_the_day_word_for_word(mid: Site, close: Site, independent: Site, number: int) -> None:
    for site in (mid, close, independent):
        page, standing = site.task(number), site.day.standings[number]
        assert text(one(page, ".hero .reason")) == standing.sentence
        badge = text(one(page, ".hero .ours .badge"))
        assert (standing.badge.badge if standing.colour else standing.badge.name) in badge
        said = [text(each) for each in all_of(page, ".hero .marks li")]
        beside = ("by_original", "by_revised", "by_every_change")
        assert said == [mark.text for mark in standing.marks if mark.kind not in beside]


@pytest.mark.parametrize("number", TASKS)
def test_the_head_shows_the_verdicts_beside_ours(close: Site, number: int) -> None:
    facts = {text(each.find("dt")): each.find("dd") for each in all_of(close.task(number), ".hero .facts div")}
    standing = close.day.standings[number]
    assert ("按原目标" in facts) == ("按调整后" in facts) == (standing.verdicts is not None)
    if standing.verdicts:
        assert tones(facts["按原目标"]) == [standing.verdicts.original if standing.verdicts.original in COLOURS else "grey"]
    assert ("督查评定的颜色" in facts) == (standing.official is not None)
    if standing.official:
        assert tones(facts["督查评定的颜色"]) == [standing.official.colour] and standing.official.document in text(facts["督查评定的颜色"])
    assert ("上次" in facts) == (standing.last is not None)


@pytest.mark.parametrize("number", TASKS)
def test_why_gives_every_reason_its_colour_and_its_rule(mid: Site, number: int) -> None:
    section, standing = one(mid.task(number), "#why"), mid.day.standings[number]
    rows = {text(all_of(each, "p")[0]): each for each in section.xpath("./div/ul/li")}
    for reason in standing.reasons:
        if reason.kind in ("number", "overdue", "problem", "late", "done", "accepted", "awaiting"):
            row = next(row for said, row in rows.items() if said.startswith(reason.sentence))
            assert tones(row) == [reason.colour]
    for said, row in rows.items():
        if tones(row) != ["grey"] and not any(words in said for words in ("验收", "全部完成")):
            assert "规则：" in text(row)
    assert any(href.endswith("method/") for href in section.xpath(".//a/@href"))


def test_why_of_the_orange_task_names_the_report_that_gave_the_number(mid: Site) -> None:
    first = one(mid.task(2), "#why").xpath("./div/ul/li")[0]
    assert "8月9日公布，样例县人力社保局" in text(first)
    assert first.xpath(".//a/@href") == ["#2023-07"]


def test_what_is_due_next_is_the_changed_number_and_the_promised_thing(mid: Site) -> None:
    facts = {text(each.find("dt")): text(each.find("dd")) for each in all_of(mid.task(2), ".hero .facts div")}
    assert facts["下一步"] == "9月30日前：补贴性技能培训累计6000人次；“县职教中心实训设备投入使用”"


# ---------------------------------------------------------------- checkpoint by checkpoint


@pytest.mark.parametrize("number", TASKS)
def test_every_checkpoint_and_deliverable_keeps_its_link(mid: Site, number: int) -> None:
    page, task = mid.task(number), mid.day.promise.tasks[number]
    for point in mid.day.promise.plan.checkpoints:
        assert all_of(page, f"#{point.id}")
    for index, milestone in enumerate(task.milestones, start=1):
        for order, piece in enumerate(milestone.deliverables, start=1):
            assert text(one(page, f"#{index}-{order}")) == piece.text


@pytest.mark.parametrize("number", TASKS)
def test_each_checkpoint_says_its_cell_of_history_and_its_verdict(close: Site, number: int) -> None:
    page, day = close.task(number), close.day
    timeline = text(one(page, "#cells"))
    merged = day.promise.tasks[number].span is not None or len(day.promise.tasks[number].milestones) < len(day.promise.plan.checkpoints)
    for position, history in enumerate(day.histories[number]):
        where = one(page, "#cells") if merged else cell(page, history.checkpoint)
        for label in history.labels:
            assert label.text in (timeline if merged else text(where))
        if position in day.published_checkpoints and history.kind not in ("no_target", "spanning", "moved"):
            verdict = day.now(position)[number].verdict
            assert (verdict if verdict in COLOURS else "grey") in tones(where)


@pytest.mark.parametrize("number", TASKS)
def test_every_published_report_is_there_with_its_day_its_unit_and_its_evidence(mid: Site, number: int) -> None:
    page = text(one(mid.task(number), "#cells"))
    links = one(mid.task(number), "#cells").xpath(".//a/@href")
    for filing in mid.day.seen[number].filings:
        assert f"{mid.day.speech.day(filing.report.published)}公布，{filing.report.by}" in page
        assert filing.report.summary is None or filing.report.summary in page
        assert all(each.url in links for each in filing.report.evidence if each.url)


def test_a_report_that_came_in_time_says_so_and_a_late_one_how_late(mid: Site) -> None:
    assert "4月7日公布，样例县人力社保局，按期" in text(cell(mid.task(2), "2023-03"))
    assert "6月14日公布，样例县人力社保局，逾期4天报送" in text(one(mid.task(4), "#cells"))


def test_the_first_result_stands_beside_the_present_one_where_they_differ(close: Site) -> None:
    for number in TASKS:
        for position in close.day.published_checkpoints:
            first, now = close.day.first(position)[number], close.day.now(position)[number]
            if first.verdict != now.verdict:
                where = text(one(close.task(number), "#cells"))
                assert f"首次公布（{close.day.speech.day(first.as_of)}）：" in where
    changed = text(cell(close.task(2), "2023-05"))
    assert "2760人次，为应完成数的92%" in changed
    assert "3000人次" in changed.partition("首次公布（6月11日）：")[2]


def test_a_changed_target_shows_what_the_document_printed(mid: Site) -> None:
    assert "累计5000人次（调整过，原文5400人次）" in text(cell(mid.task(2), "2023-07"))


def test_deliverables_that_were_done_late_are_all_named(close: Site) -> None:
    for number in TASKS:
        page = text(one(close.task(number), "#cells"))
        for part in close.day.standings[number].pieces:
            if part.state == "done" and part.days:
                assert f"{part.piece.text}，今天：逾期{part.days}天完成" in page


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("number", TASKS)
def test_the_table_of_a_number_holds_the_told_values_and_stands_before_its_chart(close: Site, number: int) -> None:
    page, seen = close.task(number), close.day.seen[number]
    points = [point.id for point in close.day.promise.plan.checkpoints]
    for indicator in close.day.promise.tasks[number].indicators:
        if indicator.role != "target":
            continue
        section = one(page, f"#n-{indicator.id}")
        head = [text(each) for each in all_of(section, "thead th")]
        rows = {text(row.find("th")): [text(each) for each in row.findall("td")] for row in all_of(section, "tbody tr")}
        for position, value in seen.values(indicator.id).items():
            name = close.day.speech.checkpoint(points[position])
            told = [row for month, row in rows.items() if month.startswith(name)][-1][head.index("实际") - 1]
            assert told.split("首次公布")[0].strip() == number_words(value)
        kinds = [each.tag for each in section.iter() if each.tag in ("table", "svg")]
        assert kinds in (["table"], ["table", "svg"])


def test_the_orange_number_reads_as_in_the_sketch(mid: Site) -> None:
    rows = [[text(each) for each in row] for row in all_of(one(mid.task(2), "#n-trained"), "tbody tr")]
    assert rows[:3] == [
        ["3月", "1000", "1000", "1040", "●达到进度"],
        ["5月", "3000", "3000", "2760首次公布3000", "▲稍慢"],
        ["7月", "5000", "5400", "4000", "◆较慢"],
    ]
    assert rows[3] == ["9月", "6000", "6600", "尚未到期", ""]


def charts(site: Site) -> Iterator[tuple[int, html.HtmlElement]]:
    for number in TASKS:
        yield from ((number, each) for each in all_of(site.task(number), ".chart svg"))


def test_charts_are_small_speak_to_those_who_cannot_see_them_and_say_that_they_are_fiction(mid: Site, close: Site) -> None:
    found = [each for site in (mid, close) for each in charts(site)]
    assert len(found) > 10
    for _, chart in found:
        assert len(html.tostring(chart)) <= LONGEST_CHART
        named = chart.get("aria-labelledby").split()
        title, description = (one(chart, f"#{each}") for each in named)
        assert "虚构演示" in text(title) and "应完成" in text(description)
        assert any(text(each) == "虚构演示" for each in all_of(chart, "text"))
        assert not chart.xpath(".//@style") and not all_of(chart, "style, script, image")


def test_a_number_worked_out_by_days_says_so(mid: Site) -> None:
    page = mid.task(4)
    assert "推算" in text(one(page, "#n-workshops"))
    assert "推算的数，没有报全年的数以前最多评为黄" in text(one(page, "#cells"))


# ---------------------------------------------------------------- problems, money, words, changes


def test_a_problem_is_told_step_by_step_and_only_as_far_as_known(mid: Site, close: Site) -> None:
    now, later = (text(one(site.task(2), "#P-03")) for site in (mid, close))
    assert "7月20日前" in now and "已逾期22天" in now and "仍按原期限评定" in now
    assert "整改完成" not in now
    assert "8月18日整改完成" in later and "逾期29天完成" in later and "三个班已开课" in later


def test_money_is_the_reports_yuan_in_ten_thousands(mid: Site) -> None:
    last: dict[str, tuple[Decimal | None, ...]] = {}
    for filing in mid.day.seen[2].filings:
        last |= {each.source: (each.planned, each.received, each.spent) for each in filing.report.funding}
    for row in all_of(one(mid.task(2), "#money"), "tbody tr"):
        source = row.find("th").text
        assert [Decimal(text(each)) * 10000 for each in row.findall("td")] == list(last.pop(source))
    assert not last


def test_a_units_own_words_appear_when_they_are_public(mid: Site, close: Site) -> None:
    assert not all_of(mid.task(2), "#words")
    assert "设备已到货两批，第三批预计9月上旬到" in text(one(close.task(2), "#words"))


@pytest.mark.parametrize("number", TASKS)
def test_every_correction_is_told_in_the_engines_words_newest_first(close: Site, number: int) -> None:
    day, section = close.day, one(close.task(number), "#changes")
    said = text(section).replace(" ", "")
    for each in corrections(day.promise, number, day.records, day.rules, day.known, day.publisher):
        kind, _, sentence = each.sentence.partition("：")
        assert kind.replace(" ", "") + sentence.replace(" ", "") in said
    days = [match for each in all_of(section, ".log strong") for match in re.findall(r"\d{4}-\d\d-\d\d", text(each))]
    assert days == sorted(days, reverse=True)


def test_what_was_taken_down_leaves_its_trace_and_none_of_its_content(close: Site) -> None:
    page = close.task(10)
    assert "4月6日公布的一份报告已撤下。缘由：附件含个人信息。" in text(one(page, "#changes"))
    assert "4月6日公布的一份已撤下" in text(cell(page, "2023-03"))


def test_a_decision_that_changed_targets_names_who_and_why(mid: Site) -> None:
    said = text(one(mid.task(2), "#changes"))
    assert "样例府办〔2023〕0-11号" in said and "样例县政府常务会议批准" in said and "上级补贴资金分两年下达" in said


# ---------------------------------------------------------------- who publishes, fiction, no data, escaping


WORDS_OF_THE_OTHER = "[not(ancestor-or-self::*[@data-k='政府办的站这样写']) and not(starts-with(normalize-space(), '政府办的站这样写'))]"
"""The method page sets the words of the other kind of publisher beside its own, under this head."""


def test_an_independent_site_says_not_seen_wherever_an_official_one_says_not_reported(independent: Site, mid: Site) -> None:
    """On every page of the whole site, head and foot too, and in every brief to paste from: never 未报送, and 未见公开进展 at the same places."""
    found = 0
    for path in sorted(mid.folder.rglob("*.html")):
        name = path.relative_to(mid.folder)
        if name.parts[0] == "guide":
            continue  # the handbook explains both ways of saying it
        ours, theirs = (_said(site.folder / name) for site in (independent, mid))
        assert not [words for words in ours if "未报送" in words or "天报送" in words or "待报送" in words], name
        assert sum(words.count("未见公开进展") for words in ours) == sum(words.count("未报送") for words in theirs), name
        found += sum(words.count("未见公开进展") for words in ours)
    assert found > 50
    for path in sorted(mid.folder.rglob("*.docx")):
        official, seen = (_pasted(site.folder / path.relative_to(mid.folder)) for site in (mid, independent))
        assert "未报送" not in seen and seen.count("未见公开进展") == official.count("未报送") > 0
    assert "未见公开进展" in text(one(independent.task(9), ".hero .ours .badge"))
    assert "公开材料显示" in [text(each) for each in all_of(independent.task(2), "#n-trained thead th")]


OWN_VOICE = re.compile(
    r"\d日(?:整改)?完成|整改完成|已办结|已经整改|正在整改|已完成、待验收|目标全部完成|\d日验收|都已(?:报告)?完成|还没有(?:报告完成|整改|办结)|已逾期\d+天|逾期\d+天(?:报送|完成)|报送"
)
"""What states of a unit that it did something, or did not; and the words of a duty to report."""
SHOWN = re.compile(r"公开材料|未见")
OTHERS_WORDS = "[not(ancestor::q or ancestor::*[contains(@class, 'song') or contains(@class, 'said') or contains(@class, 'pledge') or contains(@class, 'seen') or contains(@class, 'log') or self::blockquote or self::iframe])]"
EXPLAINED = {"glossary", "method", "data", "guide", "about", "bench", "source"}
"""Pages that explain rules, fields and verbs: they state nothing of a unit."""


def test_an_independent_site_states_no_units_fact_in_its_own_voice(independent: Site) -> None:
    """On pages, in feeds and in briefs to paste from: every sentence says that public material shows it; where only the short word of a cell
    or a bead stands, the page says once whose words these are."""
    stated, read = list[tuple[str, str]](), 0
    for path in sorted(independent.folder.rglob("*.html")):
        name = path.relative_to(independent.folder)
        if EXPLAINED & set(name.parts):
            continue
        page = read_page(path)
        nodes = [str(each).strip() for each in page.xpath(f"//main//text(){OTHERS_WORDS}") if OWN_VOICE.search(each)]
        read += len(nodes)
        whose = bool(SHOWN.search(" ".join(page.xpath("//main//text()"))))
        stated += [(str(name), said) for said in nodes if not SHOWN.search(said) and not (whose and len(said) < LABEL)]
    for path in sorted(independent.folder.rglob("*feed*.xml")):
        for said in re.findall(r'<content type="text">(.*?)</content>', path.read_text(encoding="utf-8"), re.DOTALL):
            ours = [line for line in said.splitlines() if not line.startswith("“") and OWN_VOICE.search(line)]
            read += len(ours)
            stated += [(path.name, line) for line in ours if not SHOWN.search(line) and "由" not in line]
    assert read > 100
    assert stated == []


LABEL = 24
"""A cell's words are shorter; a sentence is longer."""
STEPS = ("发现，应在", "延期到", "整改完成", "再次出现")


def test_two_pages_tell_the_steps_of_a_problem_in_the_same_words(independent: Site, mid: Site) -> None:
    """The ledger of problems and the task's page, on both kinds of site; the feed says them too, with the day inside."""
    for site in (independent, mid):
        ledger = site.page("2023/problems")
        for problem in ledger.xpath("//section[starts-with(@id, 'P-')]"):
            steps_there = [text(each) for each in problem.xpath("./ol/li")]
            number = int(re.search(r"tasks/(\d+)", "".join(problem.xpath(".//a/@href")))[1])  # type: ignore[index]
            steps_here = [text(each) for each in site.task(number).xpath(f"//section[@id='{problem.get('id')}']/ol/li")]
            assert steps_there == steps_here and all(any(word in each for word in STEPS) for each in steps_here)
    assert all(not said.startswith("整改完成") for said in map(text, independent.page("2023/problems").xpath("//ol/li")))


def _said(path: Path) -> list[str]:
    """All words of a page but those that the method page quotes from the other kind of publisher, and titles in the head."""
    page = read_page(path)
    said = [re.sub(r"（政府办的站这样写：.*?。）", "", each) for each in page.xpath(f"//*{WORDS_OF_THE_OTHER}/text()")]
    return said + [str(each) for each in page.xpath("//head//@content")]


def _pasted(path: Path) -> str:
    document = docx.Document(str(path))
    return "\n".join(
        [each.text for each in document.paragraphs] + [c.text for table in document.tables for r in table.rows for c in r.cells]
    )


def test_fiction_is_named_inside_everything_that_can_be_cut_out(mid: Site) -> None:
    for number in TASKS:
        page = mid.task(number)
        assert "虚构演示" in text(one(page, ".hero h1"))
        for caption in all_of(page, "table caption"):
            assert "虚构演示" in text(caption)
        for section in all_of(page, "#why, #cells, #lines, #problems, #money, #words, #changes"):
            assert "虚构演示" in text(section)
        assert not page.xpath(".//main//@style")


def test_before_reporting_opens_a_page_has_no_verdict_at_all(before: Site) -> None:
    folders = (before.folder / "2023" / kind for kind in ("tasks", "places"))
    for page in (each for folder in folders for each in folder.rglob("index.html")):
        main = one(read_page(page), "main")
        assert not tones(main) and not all_of(main, "#why, #changes, .chart, .deed"), page


def test_text_from_a_report_is_never_markup(independent: Site) -> None:
    page = independent.task(2)
    assert SIGNS in text(one(page, "#cells"))
    assert not page.xpath("//b[text()='粗']")


# ---------------------------------------------------------------- places


def test_a_place_shows_what_was_told_of_each_thing_promised_there(mid: Site) -> None:
    shown = 0
    for slug, site in mid.day.promise.sites.items():
        page = mid.page(f"2023/places/{slug}")
        for step in steps(site, mid.day.promise):
            part = next((each for each in mid.day.standings[step.task].pieces if each.piece.id == step.anchor), None)
            if part is None:
                continue
            link = next(each for each in all_of(page, ".line a") if each.get("href").endswith(f"{step.task:02}/#{step.anchor}"))
            stop = link.getparent().getparent()
            assert tones(stop) == [part.colour or "grey"]
            words = {"done": "完成", "partial": "部分完成，已逾期", "not_done": "未完成，已逾期", "unknown": "未报送"}[part.state]
            assert words in text(one(stop, ".deed"))
            shown += 1
    assert shown > 15


def test_the_list_of_places_carries_the_same_beads_as_their_pages(mid: Site) -> None:
    entries = mid.page("2023/places")
    for slug in mid.day.promise.sites:
        lines = [each for each in all_of(entries, ".line") if each.get("id", "").startswith(f"line-{slug}-")]
        own = all_of(mid.page(f"2023/places/{slug}"), ".line")
        assert [tones(each) for each in lines] == [tones(each) for each in own]


def test_a_place_promised_a_number_shows_the_number(mid: Site) -> None:
    said = [text(each) for each in all_of(mid.page("2023/places/binhe-budao"), ".line .deed")]
    assert "●今天：1.3公里" in said


def test_the_verdict_is_not_among_the_things_that_print_leaves_out(mid: Site) -> None:
    left_out = re.findall(r"@media print\{.*?\n\}", (mid.folder / "assets/ledger.css").read_text(encoding="utf-8"), re.S)
    rules = (each for block in left_out for rule in re.findall(r"([^{}]+)\{display:none\}", block) for each in rule.split(","))
    hidden = {each.strip().removeprefix(".") for each in rules if re.fullmatch(r"\.[\w-]+", each.strip())}
    assert hidden, "the style sheet hides something in print"
    for badge in all_of(mid.task(2), ".hero .badge"):
        classes = {name for each in (badge, *badge.iterancestors()) for name in (each.get("class") or "").split()}
        assert not classes & hidden
