"""The verdict on a task: states, colours, marks, both verdicts of a changed target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from scripts.ledger.model import Promise
from scripts.ledger.rulebook.rules import Rules
from scripts.ledger.testimony.folders import Records

from .days import Slot, slot_of
from .numbers import COLOURS, NumberResult, Step, Value, is_total, number_result, steps_of, values_of
from .pieces import PieceResult, piece_result, standing_word
from .problems import ProblemResult, problem_results
from .public import File, View, accepted, closed_on, files, opened_on, put_off, revisions, spells, within
from .targets import Mode, Target, back_on_closing, changed, days_after_the_last, judged_indicators, owed, printed

UNDECIDABLE = "没法评定"


@dataclass(frozen=True)
class Reading:
    """A task on a day.  `verdict`: a colour or a state; `original`, `revised`: the verdicts without and with every change, None where no
    change is public; `required`, `overdue`: where reports are owed, and which of these are overdue; `silent`: how many in a row are;
    `awaiting`: targets past their day that still wait for their report."""

    verdict: str
    original: str | None = None
    revised: str | None = None
    before: str | None = None
    changes: int = 0
    marks: tuple[str, ...] = ()
    required: tuple[Slot, ...] = ()
    overdue: tuple[Slot, ...] = ()
    silent: int = 0
    numbers: tuple[NumberResult, ...] = ()
    pieces: tuple[PieceResult, ...] = ()
    problems: tuple[ProblemResult, ...] = ()
    missing: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Docket:
    """All that one verdict is come to from: the targets as in force (`targets`), those that say where reports are owed (`duties`)."""

    view: View
    targets: list[Target]
    duties: list[Target]
    until: date | None = None
    """暂缓前: only what falls due before this day."""
    spelled: list[tuple[date, date]] = field(default_factory=list)

    @property
    def told(self) -> list[File]:
        return files(self.view, days_after_the_last(self.targets, self.view.points))

    @property
    def filed(self) -> set[Slot]:
        """Where a report has come, one that was taken down since included."""
        return {each.slot for each in files(self.view, days_after_the_last(self.duties, self.view.points))}


def reading(promise: Promise, number: int, records: Records, rules: Rules, as_of: date, known: date | None = None) -> Reading:
    """The standing of a task on `as_of`, as it was known on `known` (default: as_of)."""
    _same_limits(rules)
    view = View(promise, number, records, as_of, known or as_of)
    if opened_on(view) is None:
        return Reading("no_data")
    made, spelled = revisions(view), spells(view)
    headline = _docket(view, "headline", spelled)
    running = [first for first, last in spelled if first <= as_of <= last]
    until = _chained(min(running), spelled) if running else None
    found = _verdict(replace(headline, until=until))
    if made:
        every = replace(_docket(view, "every", spelled), until=until)
        found = replace(found, original=_original(view, headline, spelled, until), revised=_verdict(every).verdict, changes=len(made))
    return replace(found, verdict="suspended", before=found.verdict, marks=()) if running else found


def _same_limits(rules: Rules) -> None:
    """The limits are written out again here, from the text; the file must say the same."""
    assert (rules.report_days, rules.notice_days, rules.lateness.yellow, rules.lateness.orange) == (10, 30, 30, 60)


def _chained(start: date, spelled: list[tuple[date, date]]) -> date:
    """The first day of the first of spells that touch."""
    for first, last in reversed(spelled):
        if first < start <= last:
            start = first
    return start


def _docket(view: View, mode: Mode, spelled: list[tuple[date, date]]) -> Docket:
    promised = printed(view.promise, view.number)
    duties = changed(promised, revisions(view), mode)
    targets = back_on_closing(duties, closed_on(view), view.as_of) if mode == "headline" else duties
    return Docket(view, targets, duties, None, spelled)


def _original(view: View, headline: Docket, spelled: list[tuple[date, date]], until: date | None) -> str:
    """ "The original verdict never demands a report that the revision removed; without a value it is 「按原目标：没法评定」"."""
    original = _verdict(Docket(view, _docket(view, "original", spelled).targets, headline.duties, until, spelled))
    by_changed_days = _verdict(Docket(view, headline.duties, headline.duties, until, spelled))
    if original.verdict == "incomplete" and set(original.missing) - set(by_changed_days.missing):
        return UNDECIDABLE
    return original.verdict


# ---------------------------------------------------------------- one verdict


def _verdict(docket: Docket) -> Reading:
    """ "Tried in the order 1, 2, 4, 5, 6, 7, 3 … States 3 to 6 replace only green and blue." """
    view, told = docket.view, docket.told
    due = [each for each in docket.targets if not docket.until or each.due < docket.until]
    judged = [each for each in due if _is_judged(each, docket, told)]
    live = [each for each in judged if not each.dropped]
    pieces = tuple(piece_result(each, told, view, docket.spelled) for each in live if each.is_piece)
    numbers = tuple(_numbers(docket, told))
    problems = tuple(each for each in problem_results(view, docket.spelled) if not docket.until or each.deadline < docket.until)
    missing = (*(each.id for each in pieces if each.word is None), *(each.indicator for each in numbers if each.missing))
    required, overdue, silent = _reports(docket)
    colours = [each.colour for each in (*pieces, *numbers, *problems) if each.colour]
    worst = max(colours, key=COLOURS.index, default="green")
    verdict = worst
    if worst == "green":
        verdict = _state(docket, judged, bool(pieces or numbers), silent > 0, bool(missing)) or _green_or_blue(
            docket, told, pieces, numbers, problems
        )
    marks = () if worst == "green" else ("unreported",) if silent else ("incomplete",) if missing else ()
    awaiting = tuple(
        each.id for each in due if not each.dropped and each.due < view.as_of and each not in judged and not each.id.startswith("cell")
    )
    return Reading(
        verdict,
        marks=marks,
        required=tuple(sorted(required)),
        overdue=tuple(sorted(overdue)),
        silent=silent,
        numbers=numbers,
        pieces=pieces,
        problems=problems,
        missing=missing,
        awaiting=awaiting,
    )


def _state(docket: Docket, judged: list[Target], parts: bool, silent: bool, missing: bool) -> str | None:
    """States 4, 5, 6, 7 and 3."""
    if silent:
        return "unreported"
    if missing:
        return "incomplete"
    rolling = any(cell.kind == "rolling" for cell in docket.view.promise.tasks[docket.view.number].milestones)
    if rolling and not parts and docket.filed:
        return "unmeasured"
    if parts:
        return None
    none_left = bool(judged) and all(each.dropped for each in docket.targets)
    return "dropped" if none_left or any(each.dropped and not each.id.startswith("cell") for each in judged) else "not_due"


def _is_judged(target: Target, docket: Docket, told: list[File]) -> bool:
    """ "A target is judged once its due day < as_of and a report for its checkpoint is public or `report_due < as_of`."  Published before
    its day, a report only tells what counts early; "the target awaits a word published on or after its day (until `report_due`)"."""
    view, slot = docket.view, slot_of(target.due, docket.view.points)
    return _day_is_judged(target.due, slot, docket, told) or (
        put_off(target.due, docket.spelled) < view.as_of
        and target.is_piece
        and any(file.slot == slot and file.report for file in told)
        and standing_word(target, told, view)[0] == "done"
    )


def _day_is_judged(due: date, slot: Slot, docket: Docket, told: list[File]) -> bool:
    as_of = docket.view.as_of
    if put_off(due, docket.spelled) >= as_of:
        return False
    public = any(file.slot == slot and file.report and file.published >= due for file in told)
    return public or put_off(slot.report_due, docket.spelled) < as_of


def _step_is_judged(step: Step, values: list[Value], total: bool, docket: Docket, told: list[File]) -> bool:
    """As for every target; an early total that reaches it is a word that counts."""
    if docket.until and step.due >= docket.until:
        return False
    early = total and any(value.slot == step.slot and step.meets(value.amount) for value in values)
    return _day_is_judged(step.due, step.slot, docket, told) or (early and put_off(step.due, docket.spelled) < docket.view.as_of)


def _numbers(docket: Docket, told: list[File]) -> Iterable[NumberResult]:
    view = docket.view
    for indicator in judged_indicators(view.promise.tasks[view.number]):
        steps = steps_of(indicator, docket.targets, view)
        values, total = values_of(indicator, steps, told, view), is_total(indicator)
        judged = [step for step in steps if _step_is_judged(step, values, total, docket, told)]
        found = number_result(indicator, steps, values, judged.__contains__, view)
        if found:
            yield found


def _reports(docket: Docket) -> tuple[set[Slot], set[Slot], int]:
    """Required, overdue, and how many in a row.

    "Checkpoints whose report_due precedes the opening of reporting require none"; "reports due in [a 暂缓] are never required"; "a required
    report is overdue and no later one came"; "silence is not washed out by [a ——]".
    """
    view, opened = docket.view, opened_on(docket.view)
    required = {slot for slot in owed(view.promise, view.number, docket.duties) if opened and slot.report_due >= opened}
    required = {slot for slot in required if not within(slot.report_due, docket.spelled)}
    if docket.until:
        required = {slot for slot in required if slot.report_due < docket.until}
    overdue = {slot for slot in required if slot.report_due < view.as_of and slot not in docket.filed}
    last = max(docket.filed, default=None)
    return required, overdue, sum(1 for slot in overdue if last is None or slot > last)


# ---------------------------------------------------------------- blue


def _green_or_blue(
    docket: Docket,
    told: list[File],
    pieces: tuple[PieceResult, ...],
    numbers: tuple[NumberResult, ...],
    problems: tuple[ProblemResult, ...],
) -> str:
    """ "蓝 (from the day acceptance counts, never before the last due day; every annual target and deliverable met, levels holding on their
    day, no open problem, evidence and acceptance recorded; without the last two: green)"."""
    view = docket.view
    live = [each for each in docket.targets if not each.dropped]
    finished = (
        not any(each.dropped and (each.is_piece or each.annual or each.indicator in _levels(view)) for each in docket.targets)
        and all(each.due < view.as_of and (each.id.startswith("cell") or _is_judged(each, docket, told)) for each in live)
        and all(each.word == "done" for each in pieces)
        and all(_held(name, docket, told) for name in _levels(view))
        and not problems
        and any(file.report and file.report.evidence for file in told)
        and accepted(view)
    )
    return "blue" if finished and (pieces or numbers) else "green"


def _levels(view: View) -> list[str]:
    return [each.id for each in judged_indicators(view.promise.tasks[view.number]) if each.basis == "level"]


def _held(name: str, docket: Docket, told: list[File]) -> bool:
    """Whether a level met each of its steps in the report of that very day, where one was given or required."""
    view = docket.view
    indicator = next(each for each in view.promise.tasks[view.number].indicators if each.id == name)
    steps = steps_of(indicator, docket.targets, view)
    values, opened = values_of(indicator, steps, told, view), opened_on(view)
    for step in steps:
        given = step.slot in {each.slot for each in told}
        asked = opened is not None and step.slot.report_due >= opened and not within(step.slot.report_due, docket.spelled)
        own = [each for each in values if each.slot == step.slot and not each.early and each.day >= step.due]
        exact = [each for each in own if each.day == step.due]
        if (given or asked) and not any(step.meets(each.amount) for each in exact or own):
            return False
    return True
