"""How such documents are worded: heads of columns, heads of checkpoints, numbers of items, lists of units, pieces of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scripts.ledger.model.promise import EMPTY, Column
from scripts.ledger.plan.schedule import ROLLING_WORDS, head_date

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

KINDS: tuple[tuple[Column, str], ...] = (
    ("number", "序号|编号|项号|项目?序|No"),
    ("cooperating", "(配合|协办|协助|参与)"),
    ("lead", "(牵头|责任|主办|承办|实施|主管|负责)(单位|部门|人)?|单位"),
    ("chapter", "类别|分类|领域|板块|类型"),
    ("cells", "每|季度|进度|节点|时序|计划安排|推进|目标$"),
    ("pledge", "任务|事项|项目|内容|工作|实事"),
)
"""What the head of a column says it holds; the first that fits."""

ANNUAL = re.compile("全年|年度|总")
"""A head that speaks of the whole year: a column beside the checkpoints."""


PROGRESS = re.compile("完成情况|完成数|完成率|完成比例|进展|推进情况|落实情况|办理情况|实际完成|是否达序|存在问题")
"""A head that speaks of what was done: never a promise."""
PERSON = re.compile("领导|责任人|负责人|联系人|联络人|分管|包抓")
"""A head that names persons: nobody's unit."""


def column_kind(head: str) -> Column:
    """What a column holds, by its head; `other` where nothing fits, of what was done, and of persons."""
    bare = re.sub(r"\s", "", head)
    if PROGRESS.search(bare) or (PERSON.search(bare) and not re.search("单位|部门", bare)):
        return "other"
    for kind, pattern in KINDS:
        if re.search(pattern, bare):
            return kind
    return "other"


def month_of(head: str, year: int, after: str | None = None) -> str | None:
    """The checkpoint that a head names, as year-month, or None.  A month not after the checkpoint before is the next year's.

    >>> [month_of(head, 2024) for head in ("3月", "2025年1月", "第二季度（4—6月）", "1—3月", "上半年", "12月底前完成", "十月", "近期")]
    ['2024-03', '2025-01', '2024-06', '2024-03', '2024-06', '2024-12', '2024-10', None]
    >>> month_of("1月", 2024, "2024-11"), month_of("次年1月", 2024)
    ('2025-01', '2025-01')
    """
    bare = re.sub(r"[（(].*?[）)]|前?完成.*", lambda m: "前" if m[0].startswith("前") else "", head)
    bare = re.sub(r"\s|目标|任务|工作|进度|计划|安排|要求|节点|完成情况|截至|至|到", lambda m: m[0] if m[0] in "至到" else "", bare)
    bare = bare.lstrip("至到")
    found = re.match(r"(?:(20\d\d)年|(次年|下年|明年))?(.*)", bare)
    named, following, rest = found.groups() if found else (None, None, bare)
    month = _month(rest)
    if month is None:
        return None
    own = int(named) if named else year + bool(following)
    if after and not named and not following and f"{own}-{month:02}" <= after:
        own = int(after[:4]) + (month <= int(after[5:]))
    return f"{own}-{month:02}"


def _month(words: str) -> int | None:
    """The last month of what words name: a month, a range of months, a quarter, a half year, the year's end."""
    end = r"(?:底|末|上旬|中旬|下旬)?(?:前|之前)?"
    if found := re.fullmatch(
        rf"(?:(?:\d{{1,2}}|{'|'.join(DIGITS)})月?(?:[—\-–－~～]|至)+)?(\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?(?:\d{{1,2}}日)?{end}",
        words,
    ):
        month = int(found[1]) if found[1].isdigit() else DIGITS[found[1]]
        return month if 1 <= month <= 12 else None
    if found := re.fullmatch(rf"第?([一二三四1-4])季度?{end}|[Qq]([1-4])", words):
        quarter = found[1] or found[2]
        return 3 * (int(quarter) if quarter.isdigit() else DIGITS[quarter])
    return {"上半年": 6, "年中": 6, "下半年": 12, "全年": 12, "年底": 12, "年底前": 12, "年末": 12}.get(words)


LABELS = (
    r"\d+\.\d+(?:\.\d+)*[.．、]?\s*",
    r"\d+[.．、]\s*",
    r"（\d+）\s*|\(\d+\)\s*",
    r"（[一二三四五六七八九十]+）\s*",
    r"[一二三四五六七八九十]+[、.．]\s*",
    r"第[一二三四五六七八九十]+[章节部分项条][　\s]*",
)
"""How items and headings are numbered."""


def label_of(line: str, style: int) -> str | None:
    """The number that opens a line, in one of the styles of `LABELS`."""
    found = re.match(LABELS[style], line)
    if not found or (style == 1 and re.match(LABELS[0], line)):
        return None
    return found[0]


COLLECTIVE = re.compile("^(各|相关|有关|其他|全县|全区|全市|涉及)|成员单位$|^等")
"""A name that stands for several units and is not split."""


def names_in(cell: str) -> tuple[list[str], list[str]]:
    """Units and collectives of a cell, in order.  等… belongs to what follows it, up to the next comma.

    >>> names_in("县教委、县科技局等27个部门，县供销联社、各乡镇（街道）等")
    (['县教委', '县科技局', '县供销联社'], ['等27个部门', '各乡镇（街道）等'])
    """
    units: list[str] = []
    collectives: list[str] = []
    for stretch in _split(cell, "，,；;"):
        head, mark, rest = stretch.partition("等")
        if mark and not COLLECTIVE.match(_split(head, "、")[-1] if _split(head, "、") else ""):
            parts = [*_split(head, "、"), mark + rest.strip("。 ")]
        else:
            parts = _split(stretch, "、")
        for name in parts:
            (collectives if COLLECTIVE.search(name) else units).append(name)
    return list(dict.fromkeys(units)), list(dict.fromkeys(collectives))


def parted(text: str) -> str:
    """A list of units with 、 where the document parts them by blanks or strokes.

    >>> parted("县城管局 县住建局/各街道"), parted("县 教 委")
    ('县城管局、县住建局、各街道', '县 教 委')
    """
    return re.sub(r"(?<=[\u4e00-\u9fff）)]{2})(?:[ \u3000]+|[ \u3000]*[/／][ \u3000]*)(?=[\u4e00-\u9fff]{2})", "、", text)


def _split(text: str, marks: str) -> list[str]:
    """A list cut at its marks and line breaks, not inside brackets."""
    parts, depth = [""], 0
    for char in parted(text):
        depth += (char in "（(") - (char in "）)")
        if (char in marks and depth <= 0) or (char == "\n" and depth <= 0):
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip(" 　。\t") for part in parts if part.strip(" 　。\t")]


ROLE = re.compile(r"(?P<lead>牵头|责任|主办|主管)(?:单位|部门)?[：:]|(?P<help>配合|协办|协助|参与)(?:单位|部门)?[：:]")
TRAILING = re.compile(r"(?P<lead>.+?)牵头[，,；;、\s]*(?P<help>.+?)(?:参与|协助)?配合[。]?$", re.S)


def roles_in(cell: str) -> tuple[list[str], list[str], list[str], bool]:
    """A cell that may name both: leads, cooperating units, collectives, and whether it says who is which.

    >>> roles_in("牵头：县教育局；配合：县财政局、各乡镇")
    (['县教育局'], ['县财政局'], ['各乡镇'], True)
    >>> roles_in("县教育局牵头，县财政局、县住建局配合")
    (['县教育局'], ['县财政局', '县住建局'], [], True)
    >>> roles_in("县教育局（牵头）、县财政局")
    (['县教育局'], ['县财政局'], [], True)
    >>> roles_in("县教育局、各乡镇")
    (['县教育局', '各乡镇'], [], [], False)
    """
    if found := list(ROLE.finditer(cell)):
        pieces: dict[str, str] = {"lead": cell[: found[0].start()], "help": ""}
        for match, end in zip(found, [*(each.start() for each in found[1:]), len(cell)], strict=True):
            pieces[match.lastgroup or "lead"] += "、" + cell[match.end() : end].strip("；;，, \n")
        return (*_both(pieces["lead"], pieces["help"]), True)
    if trailing := TRAILING.match(cell):
        return (*_both(trailing["lead"], trailing["help"]), True)
    units, collectives = names_in(cell)
    marked = [name for name in units if re.search("[（(]牵头[）)]", name)]
    if marked:
        bare = [re.sub("[（(](牵头|配合)[）)]", "", name) for name in units]
        leads = [re.sub("[（(]牵头[）)]", "", name) for name in marked]
        return leads, [name for name in bare if name not in leads], collectives, True
    return [*units, *collectives], [], [], False


def _both(lead: str, cooperating: str) -> tuple[list[str], list[str], list[str]]:
    leads, grouped = names_in(lead)
    helpers, collectives = names_in(cooperating)
    return [*leads, *grouped], helpers, collectives


PUNCTUATION = "。；：，、！？.;:,!?）)”"


def joined(text: str) -> str:
    """A cell's lines on one line: nothing between them after a mark, else one blank; nothing at all is written as what it is.

    >>> joined("完成选址。\\n开工建设"), joined("完成选址\\n开工建设"), joined(" ")
    ('完成选址。开工建设', '完成选址 开工建设', '〔空〕')
    """
    line = ""
    for part in (each.strip() for each in re.split(r"[\n\r\v\f\t]+", text)):
        line += (" " if line and part and line[-1] not in PUNCTUATION else "") + part
    return line or EMPTY


def pieces(text: str) -> list[str]:
    """The things that a cell promises: cut at 。 ； and line breaks, without the date at the head and 序时推进."""
    head = head_date(joined(text))
    parts: list[str] = []
    for part in (each for stretch in re.split(r"[\n\r\v\f]+", text) for each in re.split("[。；]", stretch)):
        clean = joined(part)
        if head and not parts:
            clean = clean.removeprefix(head)
        clean = clean.replace(ROLLING_WORDS, "").strip("。；，、,. 　\t") if clean != EMPTY else ""
        if clean:
            parts.append(clean)
        head = head if not parts and clean == "" else ""
    return parts


NUMBERED = re.compile(r"\d")


def clauses_with_numbers(text: str) -> list[str]:
    """The clauses of a text that print a number: candidates for indicators."""
    return [part for part in re.split("[。；，、\n]", text) if NUMBERED.search(part)]


def title_from(pledge: str, taken: Iterable[str]) -> str:
    """The opening words of a pledge as a short title that is not taken; at most 20 characters, none of the signs of markup."""
    bare = re.sub(r"[<>{}\s]", "", pledge)
    first = re.split("[。；，：:,;]", bare)[0] or bare
    short = first if len(first) <= 20 else (first[:20].rpartition("、")[0] or first[:19] + "…")
    used = set(taken)
    if short not in used:
        return short
    longer = bare[:19] + "…"
    return longer if longer not in used else next(name for n in range(2, 999) if (name := f"{short[:15]}（{n}）") not in used)
