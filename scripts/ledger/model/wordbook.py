"""The words of the rules file: every word that the engine says, in the two ways of saying it.

A sentence names its blanks (`{planned}`); each field here says which blanks it may have, so a
wrong one is refused when the file is read, never when a page is written.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from .values import Fact, Line, refuse

Publisher = Literal["official", "independent"]
"""Who speaks: a site of the government, or one that no unit owes a report."""


INNER = str.maketrans("\u201c\u201d\u300c\u300d\u300e\u300f", "\u2018\u2019\u2018\u2019\u2018\u2019")


def inner(text: str) -> str:
    """Text with its quotation marks made those of the inside, to stand between marks of ours.

    >>> inner("用好“五色图”")
    '用好‘五色图’'
    """
    return text.translate(INNER)


class Said(Fact):
    """One sentence or word in the two ways of saying it."""

    official: Line
    independent: Line

    def by(self, publisher: Publisher) -> str:
        return self.official if publisher == "official" else self.independent

    def other(self, publisher: Publisher) -> str:
        """How the other kind of publisher says it."""
        return self.independent if publisher == "official" else self.official

    def fill(self, publisher: Publisher, **values: object) -> str:
        """The sentence with its blanks filled.  Raises `KeyError` for a blank without a value."""
        text = self.by(publisher)
        return text.format(**{name: inner(str(value)) if f"“{{{name}}}”" in text else value for name, value in values.items()})


def _both(value: Any) -> Any:
    return {"official": value, "independent": value} if isinstance(value, str) else value


def _blanks(allowed: str) -> AfterValidator:
    names = allowed.split()

    def check(said: Said) -> Said:
        for text in (said.official, said.independent):
            _refuse_blanks(text, names)
        return said

    return AfterValidator(check)


def _refuse_blanks(text: str, names: list[str]) -> None:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise refuse("花括号必须配对，空格处写成 {名称}", "{days}天") from None
    for _, name, spec, conversion in parts:
        if name is not None and (name not in names or spec or conversion):
            raise refuse(f"这里能用的空格只有 {'、'.join(f'{{{n}}}' for n in names) or '（没有）'}", f"{{{names[0]}}}" if names else None)


Both = Annotated[Said, BeforeValidator(_both)]
Plain = Annotated[Both, _blanks("")]
"""Words without blanks."""


class BadgeWords(Fact):
    """牌子上的短词、简报里的正式叫法、形状。"""

    badge: Plain
    term: Plain
    shape: Plain


class ColourWords(BadgeWords):
    """一种颜色的几个叫法。"""

    name: Plain


class AllColours(Fact):
    """五种颜色的叫法。"""

    blue: ColourWords
    green: ColourWords
    yellow: ColourWords
    orange: ColourWords
    red: ColourWords


class StateWords(Fact):
    """一种没有颜色的状态：名称和说明。"""

    name: Plain
    sentence: Annotated[Both, _blanks("approver approved_on document review_by before checkpoint report_due as_of missing day")]


class AllStates(Fact):
    """七种没有颜色的状态，和数据不全、未报送时的补充说明。"""

    no_data: StateWords
    suspended: StateWords
    not_due: StateWords
    awaiting: Annotated[Both, _blanks("report_due")]
    unreported: StateWords
    incomplete: StateWords
    unmeasured: StateWords
    dropped: StateWords
    withdrawn: Annotated[Both, _blanks("missing")]
    unkept: Annotated[Both, _blanks("missing")]
    unasked: Annotated[Both, _blanks("missing")]
    interim: Annotated[Both, _blanks("missing")]
    other_day: Annotated[Both, _blanks("missing")]
    parked: Annotated[Both, _blanks("missing")]
    unreported_moved: Annotated[Both, _blanks("due report_due as_of")]
    kept: Annotated[Both, _blanks("verdict day")]
    kept_before: Annotated[Both, _blanks("verdict")]
    unsaved: StateWords
    unsaved_before: Both
    last: Annotated[Both, _blanks("colour checkpoint")]
    in_a_row: Annotated[Both, _blanks("count")]
    item: Annotated[Both, _blanks("name due")]
    item_of_day: Annotated[Both, _blanks("name due")]


class MarkWords(Fact):
    """颜色或状态旁边的标注；键就是标注的种类。"""

    unreported: Plain
    incomplete: Plain
    unmeasured: Plain
    dropped: Plain
    in_a_row: Annotated[Both, _blanks("count")]
    unmet: Plain
    paced: Plain
    readings: Plain
    partial: Annotated[Both, _blanks("text")]
    early: Annotated[Both, _blanks("text")]
    interim: Annotated[Both, _blanks("name value published")]
    interim_piece: Annotated[Both, _blanks("text state published")]
    finished_late: Annotated[Both, _blanks("text days")]
    awaiting: Plain
    open_problem: Annotated[Both, _blanks("id rectify_by")]
    extended: Annotated[Both, _blanks("id extended_to rectify_by")]
    by_original: Annotated[Both, _blanks("verdict")]
    by_revised: Annotated[Both, _blanks("verdict")]
    by_every_change: Annotated[Both, _blanks("verdict")]
    revisions: Annotated[Both, _blanks("count")]
    unscheduled_report: Annotated[Both, _blanks("checkpoint")]
    differs: Annotated[Both, _blanks("checkpoint colour document ours")]


class CellWords(Fact):
    """历史格（任务×节点）里的话；键就是格的种类。"""

    met: Plain
    late: Annotated[Both, _blanks("days")]
    caught_up: Annotated[Both, _blanks("checkpoint")]
    unmet: Plain
    unreported: Plain
    reported_late: Annotated[Both, _blanks("days")]
    incomplete: Plain
    suspended: Plain
    no_target: Plain
    unmeasured: Plain
    dropped: Plain
    moved: Annotated[Both, _blanks("day")]
    undecided: Plain
    spanning: Plain
    awaiting_report: Plain
    not_due: Plain


class ReasonWords(Fact):
    """理由的句子，一条一种；括号里是该色的规则。"""

    verdict: Annotated[Both, _blanks("colour reasons")]
    verdict_revised: Annotated[Both, _blanks("colour reasons")]
    join: Plain
    note: Annotated[Both, _blanks("text")]
    named: Annotated[Both, _blanks("name")]
    cumulative: Annotated[Both, _blanks("due planned unit actual")]
    paced: Annotated[Both, _blanks("due planned unit actual")]
    at_least: Annotated[Both, _blanks("due planned unit actual")]
    at_most: Annotated[Both, _blanks("due planned unit actual")]
    between: Annotated[Both, _blanks("due range low high unit actual")]
    share_of_plan: Annotated[Both, _blanks("percent")]
    share_of_limit: Annotated[Both, _blanks("percent")]
    share_of_range: Annotated[Both, _blanks("percent")]
    done: Annotated[Both, _blanks("count")]
    overdue: Annotated[Both, _blanks("text due as_of days")]
    partly: Annotated[Both, _blanks("text due as_of days")]
    late: Annotated[Both, _blanks("text due done days")]
    problem: Annotated[Both, _blanks("id rectify_by days")]
    problem_again: Annotated[Both, _blanks("id rectify_by days")]
    reopened: Annotated[Both, _blanks("id reopened_on")]
    accepted: Annotated[Both, _blanks("by accepted_on document")]
    awaiting: Plain
    revised: Annotated[Both, _blanks("document decided changes")]
    subject: Annotated[Both, _blanks("text")]
    value_revised: Annotated[Both, _blanks("due before after unit")]
    year_revised: Annotated[Both, _blanks("before after unit")]
    due_revised: Annotated[Both, _blanks("before after")]
    drop_revised: Annotated[Both, _blanks("due")]
    year_dropped: Plain
    listed: Plain
    noticed: Annotated[Both, _blanks("changes notice")]
    decided_at_once: Annotated[Both, _blanks("day")]
    decided: Annotated[Both, _blanks("approved_on published")]
    in_time: Annotated[Both, _blanks("due days")]
    too_late: Annotated[Both, _blanks("due days")]
    parked: Annotated[Both, _blanks("due days")]
    unchanged: Annotated[Both, _blanks("verdict")]
    original_verdict: Annotated[Both, _blanks("verdict")]
    original_undecided: Annotated[Both, _blanks("verdict")]
    undecided: Plain
    revised_verdict: Annotated[Both, _blanks("verdict")]
    every_change_verdict: Annotated[Both, _blanks("verdict")]
    band_yellow: Annotated[Both, _blanks("low colour")]
    band_orange: Annotated[Both, _blanks("low high colour")]
    band_red: Annotated[Both, _blanks("high colour")]
    days: Annotated[Both, _blanks("first last colour")]
    days_red: Annotated[Both, _blanks("last colour")]
    small: Annotated[Both, _blanks("short unit limit colour")]
    points: Annotated[Both, _blanks("short limit colour")]
    points_red: Annotated[Both, _blanks("short limit colour")]
    unmet: Annotated[Both, _blanks("colour")]
    pace_cap: Annotated[Both, _blanks("colour")]
    none_allowed: Annotated[Both, _blanks("colour")]
    reopening: Annotated[Both, _blanks("colour")]


class CorrectionWords(Fact):
    """更正的句子，和事项几种情况的叫法。"""

    sentence: Annotated[Both, _blanks("published checkpoint subject before after change by reason")]
    of_day: Annotated[Both, _blanks("day")]
    changed: Annotated[Both, _blanks("before after")]
    same: Plain
    done: Plain
    partial: Plain
    not_done: Plain
    withdrawn: Plain


class DateWords(Fact):
    """日期的写法；计划年度以内不写年。"""

    day: Annotated[Both, _blanks("month day")]
    day_of_year: Annotated[Both, _blanks("year month day")]
    month_end: Annotated[Both, _blanks("month")]
    month_end_of_year: Annotated[Both, _blanks("year month")]
    checkpoint: Annotated[Both, _blanks("month")]
    checkpoint_of_year: Annotated[Both, _blanks("year month")]


class FigureWords(Fact):
    """单位数字的写法。"""

    ratio: Annotated[Both, _blanks("part whole")]
    ratio_percent: Annotated[Both, _blanks("part whole percent")]
    none: Plain
    left: Plain
    left_note: Plain
    postponed: Annotated[Both, _blanks("count")]
    dropped: Annotated[Both, _blanks("count")]
    paused: Annotated[Both, _blanks("count")]
    removed: Annotated[Both, _blanks("count")]
    stale: Annotated[Both, _blanks("day days")]


class AllWords(Fact):
    """引擎说的每一个词。"""

    colours: AllColours
    uncoloured: BadgeWords
    states: AllStates
    marks: MarkWords
    cells: CellWords
    reasons: ReasonWords
    corrections: CorrectionWords
    dates: DateWords
    figures: FigureWords
