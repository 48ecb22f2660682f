"""The verdict on a task: states, colours, marks, both verdicts of a changed target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scripts.ledger.model.promise import Indicator, Promise
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import Records

from .days import Slot, slots
from .numbers import COLOURS, NumberResult, Step, Value, is_interim, number_results, stands_for, steps_of, values_of
from .pieces import PieceResult, piece_result, standing_word
from .problems import ProblemResult, problem_results
from .public import File, View, accepted, closed_on, files, opened_on, put_off, revisions, spells, within
from .targets import Mode, Target, changed, days_after_the_last, is_parked, judged_indicators, owed, printed

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
    """All that one verdict is come to from.

    `targets`: the targets as in force; `required`: where reports are; `released`: where the changes took a report off that the original
    targets would have owed; `spelled`: the spells of 暂缓.
    """

    view: View
    targets: list[Target]
    required: set[Slot]
    released: set[Slot]
    spelled: list[tuple[date, date]]

    @cached_property
    def told(self) -> list[File]:
        return files(self.view, days_after_the_last(self.targets, self.view.points))

    @cached_property
    def reports(self) -> list[tuple[Slot, date]]:
        """Where and when a report has come, one that was taken down since included.  The report of a day after the last checkpoint is a file
        of the last checkpoint, and its report where one is owed there."""
        found, last = [(each.slot, each.published) for each in self.told], slots(self.view.points)[-1]
        return [*found, *((last, day) for slot, day in found if slot > last and last in self.required)]

    @property
    def filed(self) -> set[Slot]:
        return {slot for slot, _ in self.reports}


def reading(promise: Promise, number: int, records: Records, rules: Rules, as_of: date, known: date | None = None) -> Reading:
    """The standing of a task on `as_of`, as it was known on `known` (default: as_of)."""
    _same_limits(rules)
    view = View(promise, number, records, as_of, known or as_of)
    if opened_on(view) is None:
        return Reading("no_data")
    made, spelled = revisions(view), spells(view)
    found = _verdict(_docket(view, "headline", spelled))
    if made:
        original, every = (_docket(view, mode, spelled) for mode in ("original", "every"))
        found = replace(found, original=_original(original), revised=_verdict(every).verdict, changes=len(made))
    return replace(found, verdict="suspended", before=found.verdict, marks=()) if within(as_of, spelled) else found


def _same_limits(rules: Rules) -> None:
    """The limits are written out again here, from the text; the file must say the same."""
    assert (rules.report_days, rules.notice_days, rules.lateness.yellow, rules.lateness.orange) == (10, 30, 30, 60)


def _docket(view: View, mode: Mode, spelled: list[tuple[date, date]]) -> Docket:
    """ "The original verdict never demands a report that the revision removed", nor one that it added; "what is moved past the plan's closing
    day is judged on closing by its original day too", in the headline."""
    promised, changes = printed(view.promise, view.number), revisions(view)
    targets = changed(promised, changes, mode)
    parked = _parked(view, targets) if mode == "headline" else []
    cells = {each.cell for each in parked}
    required = _required(view, [each for each in targets if each not in parked and (each.cell is None or each.cell not in cells)], spelled)
    asked = _required(view, changed(promised, changes, "headline"), spelled) if mode == "original" else required
    targets = [replace(each, due=each.printed_due) if each in parked else each for each in targets]
    return Docket(view, targets, required & asked, required - asked, spelled)


def _parked(view: View, targets: list[Target]) -> list[Target]:
    """What was moved so that it cannot be judged on the closing day, once that has come."""
    closed, last = closed_on(view), slots(view.points)[-1].ends
    told = [file.published for file in files(view, []) if file.checkpoint == view.points[-1]]
    return [each for each in targets if closed and is_parked(each, closed, last, told)]


def _required(view: View, targets: list[Target], spelled: list[tuple[date, date]]) -> set[Slot]:
    """ "Checkpoints whose report_due precedes the opening of reporting require none"; "reports due in [a 暂缓] are never required"."""
    opened = opened_on(view)
    found = owed(view.promise, view.number, targets)
    return {slot for slot in found if opened and slot.report_due >= opened and not within(slot.report_due, spelled)}


def _original(docket: Docket) -> str:
    """ "The original verdict never demands a report that the revision removed; without a value it is “按原目标：没法评定”"."""
    found = _verdict(docket)
    lacking = [*(each.slot for each in found.pieces if each.word is None), *(each.latest.slot for each in found.numbers if each.missing)]
    return UNDECIDABLE if found.verdict == "incomplete" and set(lacking) <= docket.released else found.verdict


# ---------------------------------------------------------------- one verdict


def _verdict(docket: Docket) -> Reading:
    """ "Tried in the order 1, 2, 4, 5, 6, 7, 3 … States 3 to 6 replace only green and blue." """
    view, told = docket.view, docket.told
    counted = [_number(each, docket) for each in judged_indicators(view.promise.tasks[view.number])]
    judged = [each for each in docket.targets if _is_judged(each, docket, counted)]
    pieces = tuple(piece_result(each, told, view, docket.spelled) for each in judged if each.is_piece and not each.dropped)
    numbers = tuple(result for each in counted for result in each.results)
    problems = tuple(problem_results(view, docket.spelled))
    missing = (
        *(each.id for each in pieces if each.word is None),
        *dict.fromkeys(each.indicator for each in numbers if each.missing),
    )
    overdue, silent = _reports(docket)
    parts: tuple[PieceResult | NumberResult | ProblemResult, ...] = (*pieces, *numbers, *problems)
    colours = [each.colour for each in parts if each.colour]
    verdict = worst = max(colours, key=COLOURS.index, default="green")
    if worst == "green":
        state = _state(docket, judged, bool(pieces or numbers), silent > 0, bool(missing))
        verdict = state or ("blue" if _is_finished(docket, judged, pieces, counted) else "green")
    marks = () if worst == "green" else ("unreported",) if silent else ("incomplete",) if missing else ()
    awaiting = [each for each in docket.targets if not each.dropped and each.due < view.as_of and each not in judged and not each.is_bare]
    return Reading(
        verdict,
        marks=marks,
        required=tuple(sorted(docket.required)),
        overdue=tuple(sorted(overdue)),
        silent=silent,
        numbers=numbers,
        pieces=pieces,
        problems=problems,
        missing=missing,
        awaiting=tuple(each.id for each in awaiting),
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
    return "dropped" if none_left or any(each.dropped and not each.is_bare for each in judged) else "not_due"


# ---------------------------------------------------------------- what is judged


@dataclass(frozen=True)
class Counted:
    """A number: its steps, which of these are judged, what was told of it, and what comes of it."""

    indicator: Indicator
    steps: list[Step]
    judged: list[Step]
    values: list[Value]
    results: tuple[NumberResult, ...]


def _number(indicator: Indicator, docket: Docket) -> Counted:
    view = docket.view
    steps = steps_of(indicator, docket.targets, view)
    values = values_of(indicator, steps, docket.told, view)
    judged = [step for step in steps if _step_is_judged(step, values, indicator, docket)]
    return Counted(indicator, steps, judged, values, tuple(number_results(indicator, steps, values, judged.__contains__, view)))


def _is_judged(target: Target, docket: Docket, counted: list[Counted]) -> bool:
    """A number where its step is; of a dropped number of the year with 推算 the days worked out; `done` from before the day is a word that
    counts."""
    if target.indicator and not target.dropped:
        return any(step.due == target.due for each in counted if each.indicator.id == target.indicator for step in each.judged)
    if target.annual and target.dropped and any(each.indicator.pace and each.indicator.id == target.indicator for each in counted):
        return any(_day_is_judged(slot.ends, slot, False, docket) for slot in slots(docket.view.points) if slot.ends < target.due)
    done = target.is_piece and standing_word(target, docket.told, docket.view)[0] == "done"
    return _day_is_judged(target.due, target.slot(docket.view.points), done, docket)


def _step_is_judged(step: Step, values: list[Value], indicator: Indicator, docket: Docket) -> bool:
    """An early total that reaches it is a word that counts; P = 0 is not judged."""
    if step.is_empty:
        return False
    early = any(stands_for(each, step) and not is_interim(each, step, indicator) for each in values)
    return _day_is_judged(step.due, step.slot, early, docket)


def _day_is_judged(due: date, slot: Slot, settled: bool, docket: Docket) -> bool:
    """ "A target is judged once its due day < as_of and a report for its checkpoint is public or `report_due < as_of`."  Published before
    its day, a report only tells what counts early (`settled`); "the target awaits a word published on or after its day (until
    `report_due`)"; where a 暂缓 excuses the report, until the next one."""
    if put_off(due, docket.spelled) >= docket.view.as_of:
        return False
    last, day = _answering(slot, docket)
    public = [published for place, published in docket.reports if slot <= place <= last]
    return day < docket.view.as_of or any(each >= due for each in public) or (settled and bool(public))


def _answering(slot: Slot, docket: Docket) -> tuple[Slot, date]:
    """The last report that may answer for what falls due in a slot, and the last day for it: "a report that a 暂缓 excuses waits for the
    next required one"; with none left, the day of review."""
    if not within(slot.report_due, docket.spelled):
        return slot, slot.report_due
    following = min((each for each in docket.required if each > slot), default=None)
    return (following, following.report_due) if following else (slot, put_off(slot.report_due, docket.spelled))


def _reports(docket: Docket) -> tuple[set[Slot], int]:
    """Where a report is overdue, and how many in a row: "a required report is overdue and no later one came"; "silence is not washed out
    by [a ——]"."""
    past = {slot for slot in docket.required if slot.report_due < docket.view.as_of}
    overdue, last = past - docket.filed, max(docket.filed, default=None)
    return overdue, sum(1 for slot in overdue if last is None or slot > last)


# ---------------------------------------------------------------- blue


def _is_finished(docket: Docket, judged: list[Target], pieces: tuple[PieceResult, ...], counted: list[Counted]) -> bool:
    """ "蓝 (from the day acceptance counts, never before the last due day; every annual target and deliverable met, levels holding on their
    day, no open problem, evidence and acceptance recorded; without the last two: green)", of what is green."""
    view, empty = docket.view, [each for each in docket.targets if each.is_bare or _asks_nothing(each, counted)]
    return (
        not any(each.dropped for each in docket.targets)
        and all(put_off(each.due, docket.spelled) < view.as_of if each in empty else each in judged for each in docket.targets)
        and all(each.word == "done" for each in pieces)
        and all(_held(each, docket) for each in counted if each.indicator.basis == "level")
        and not problem_results(view, docket.spelled)
        and any(file.report and file.report.evidence for file in docket.told)
        and accepted(view)
        and bool(judged)
    )


def _asks_nothing(target: Target, counted: list[Counted]) -> bool:
    """P = 0."""
    return any(step.is_empty and step.due == target.due for each in counted if each.indicator.id == target.indicator for step in each.steps)


def _held(number: Counted, docket: Docket) -> bool:
    """Whether a level met each of its steps in the report of that very day, where one was given or required."""
    for step in number.steps:
        own = [each for each in number.values if stands_for(each, step) and each.published >= step.due]
        if step.slot in docket.required | docket.filed and not any(step.meets(each.amount) for each in own):
            return False
    return True
