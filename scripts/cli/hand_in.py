"""What was filled in becomes records, all or none: a workbook of reports or of other records.  Said to whoever handed it in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.markup import escape

from scripts.exchange.forms.new_record import New
from scripts.exchange.intake.book_in import is_record_book, plans_of, read_book
from scripts.exchange.intake.compose import Waiting, compose
from scripts.exchange.intake.handing import Hand, hand_in, plan_stamps
from scripts.exchange.intake.issue_body import read_body
from scripts.exchange.intake.labels import PLAN
from scripts.exchange.intake.reading import Reader
from scripts.exchange.workbooks.columns import FORM
from scripts.exchange.workbooks.reports import Reading, plan_of
from scripts.exchange.workbooks.staging import Disturbed
from scripts.exchange.xlsx.book import Book, Unfit
from scripts.exchange.xlsx.unpack import MOST_BYTES, unpack
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases.problems import told
from scripts.ledger.series.day import desk_day
from scripts.ledger.series.opening import waits
from scripts.store.load import load_past_blanks

from .terminal import passed_over, print_problems, remind_of_opening, say
from .which_plan import named


@dataclass(frozen=True)
class Understood:
    """What was filled in, as far as it was understood: records of a plan, files taken down, what is wrong, what is remarked."""

    plan: str
    new: Sequence[New] = ()
    gone: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    remarks: Sequence[str] = ()


def run_in(options: argparse.Namespace) -> int:
    """Read a workbook, check it and everything with it, write its records; on any problem print all and write nothing."""
    before = all_stamps(options.data)
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据本身有错，先改好（python -m scripts check）再收表；什么都没有写。")
        return 1
    name = options.file.name
    try:
        book = unpack(_bytes(options.file))
        found = understood(book, loaded.ledger, options.as_of, getattr(options, "waiting", Waiting()))
    except Unfit as unfit:
        print(f"{name}: {unfit}。")
        return refused()
    passed_over(blanks)
    return finish(options, loaded.ledger, found, before[found.plan], frozenset(blanks), name)


def all_stamps(data: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """The files of every plan, taken before anything is read."""
    return {plan.name: plan_stamps(data, plan.name) for plan in (data / "plans").glob("[!.]*") if plan.is_dir()}


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise Unfit("找不到或打不开这个文件") from None


def understood(book: Book, ledger: Ledger, today: date, waiting: Waiting) -> Understood:
    """What a workbook says, whichever of the two it is.  Raises `Unfit`."""
    if FORM in book.sheets or not is_record_book(book):
        plan = plan_of(book)
        reading = Reading(book, desk_day(ledger, plan if plan in ledger.promises else ledger.current.id, date.max))
        reading.read()
        return Understood(reading.day.promise.id, reading.new, (), reading.findings.problems, reading.remarks)
    plan = _plan(book, ledger)
    day = desk_day(ledger, plan, date.max)
    read = read_book(book, Reader(day.promise, ledger.units, (), book.from_1904))
    composed = compose(read.entries, day, ledger.units, waiting, today, book.from_1904)
    return Understood(plan, composed.new, composed.gone, [*read.problems, *composed.problems], composed.remarks)


def understood_issue(text: str, ledger: Ledger, today: date, waiting: Waiting) -> Understood:
    """What an issue's text says."""
    read = read_body(text)
    plan = read.plan.removesuffix("年") or (ledger.current.id if len(ledger.promises) == 1 else "")
    if plan not in ledger.promises:
        years = "、".join(ledger.promises)
        read.problems.append(Problem(Place("", (PLAN,)), f"必须是有计划的年度，现有 {years}", plan or None, None, ledger.current.id))
        plan = ledger.current.id
    day = desk_day(ledger, plan, date.max)
    composed = compose([read.entry] if read.entry else [], day, ledger.units, waiting, today)
    return Understood(plan, composed.new, composed.gone, [*read.problems, *composed.problems], composed.remarks)


def _plan(book: Book, ledger: Ledger) -> str:
    named_there = plans_of(book) or ({ledger.current.id} if len(ledger.promises) == 1 else set())
    plan = next(iter(named_there), None)
    if len(named_there) != 1 or plan not in ledger.promises:
        said = "、".join(sorted(named_there)) or "没有写"
        raise Unfit(f"看不出是哪一年的登记表（{said}）；现有 {'、'.join(ledger.promises)} 年的计划，请重新取一份表，不要改最上面的一行")
    return str(plan)


def finish(
    options: argparse.Namespace,
    ledger: Ledger,
    found: Understood,
    before: dict[str, tuple[int, int]],
    blanks: frozenset[str],
    name: str,
) -> int:
    """Check and write what was understood, and say what came of it; `name` stands before every spot."""
    for remark in found.remarks:
        say(escape(remark))
    if found.problems:
        return refused(name, found.problems)
    if not found.new:
        say("和已报的、已登记的一样，没有要写的。")
        return 0
    hand = Hand(found.plan, found.new, found.gone, before)
    try:
        verdict = hand_in(options.data, hand, blanks, write=not options.dry_run)
    except Disturbed:
        print("另一个人正在改数据；这次什么都没有写，请再来一次。")
        return 1
    if verdict.refused:
        return refused(name, verdict.problems, verdict.elsewhere)
    for reminder in verdict.reminders:
        say(escape(f"{name}{reminder.at.file}: {told(reminder)}"))
    _report(options, hand)
    if any(waits(each.kind, each.model) for each in found.new):
        remind_of_opening(desk_day(ledger, found.plan, options.as_of), named(ledger, found.plan))
    return 0


def refused(name: str = "", problems: Iterable[Problem] = (), more: Iterable[str] = ()) -> int:
    """Print everything that is wrong, each with its spot."""
    listed = list(dict.fromkeys([*(spot(name, problem) for problem in problems), *more]))
    for line in listed:
        print(line)
    say(f"共{len(listed)}处不对；什么都没有写。" if listed else "什么都没有写。")
    return 1


def spot(name: str, problem: Problem) -> str:
    """A problem with its place: 登记.xlsx“发现问题”!F12: 整改期限 ……"""
    before = f"{name}{problem.at.file}"
    return f"{before}: {told(problem)}" if before else told(problem)


def _report(options: argparse.Namespace, hand: Hand) -> None:
    files = hand.files
    for file, text in files.items():
        print(f"{options.data.as_posix()}/{file}")
        if options.dry_run:
            print("".join(f"    {line}\n" for line in text.decode().splitlines()), end="")
    for file in hand.gone:
        print(f"{'会' if options.dry_run else ''}删去 {options.data.as_posix()}/{file}")
    kind = "报告" if all(each.kind == "reports" for each in hand.new) else "记录"
    say(f"会写{len(files)}份{kind}；这次没有写（--dry-run）。" if options.dry_run else f"写了{len(files)}份{kind}。")
