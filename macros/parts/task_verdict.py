"""How one task stands: the head of its page, and why it was judged so.  Every verdict and sentence is the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scripts.ledger.model.rules import COLOURS, Rules
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.verdict.indicators import NumberPart
from scripts.ledger.verdict.judgement import Judgement, judgement
from scripts.ledger.verdict.reasons import Reason, part_reasons
from scripts.ledger.verdict.standing import Standing

from ..context import Context
from .badges import Sign, sign, undecided
from .upcoming import Ahead, ahead

RULE_NAMES = {"number": "bands", "overdue": "lateness", "late": "lateness", "done": "lateness", "problem": "rectification"}
"""Kind of a reason → the part of the rules file that judges it; its own description is the rule's name."""

USED = "本页按它判"


@dataclass(frozen=True)
class Side:
    """A verdict beside the headline: what it is called, its sign, what else is to say of it."""

    name: str
    sign: Sign
    words: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a task's page.  `sentence` is the sentence of reasons, whole, cut into the first reason, the others, the stop before what
    each change of a target says, that itself (in small print below), and what a state adds.  `beside`: verdicts that stand next to ours."""

    sign: Sign
    sentence: tuple[str, str, str, str, str]
    marks: tuple[str, ...]
    beside: tuple[Side, ...]
    ahead: Ahead | None
    as_of: str
    newest: str


@dataclass(frozen=True)
class Why:
    """One reason: its sign (None: it argues for no colour), the sentence, the rule's name, where its figures come from."""

    sign: Sign | None
    sentence: str
    rule: str
    source: str
    checkpoint: str


def head(context: Context, number: int) -> Head:
    """The head of task `number`."""
    day, standing = context.day, context.day.standings[number]
    published = [filing.report.published for filing in day.seen[number].filings]
    return Head(
        sign=sign(standing.verdict, day.speech),
        sentence=_cut(standing),
        marks=tuple(each.text for each in standing.marks if each.kind not in ("by_original", "by_revised", "by_every_change")),
        beside=tuple(_beside(standing, context)),
        ahead=ahead(context, number),
        as_of=day.speech.day(day.as_of),
        newest=day.speech.day(max(published)) if published else "",
    )


def _cut(standing: Standing) -> tuple[str, str, str, str, str]:
    """The sentence of reasons in five pieces, word for word: first reason, others, their stop, changes of targets, what a state adds."""
    whole, changes = standing.sentence, [reason.sentence for reason in standing.reasons if reason.kind == "revision"]
    first = _after(whole, standing.reasons[0].sentence)
    if not changes:
        return whole[:first], whole[first:], "", "", ""
    start, end = max(whole.find(changes[0]), first), max(_after(whole, changes[-1]), first)
    end += whole[end : end + 1] == "。"
    others = whole[first:start].removesuffix("；")
    return whole[:first], others, whole[first + len(others) : start], whole[start:end], whole[end:]


def _after(whole: str, part: str) -> int:
    """Where a part of a sentence ends."""
    return whole.find(part) + len(part)


def _beside(standing: Standing, context: Context) -> Iterator[Side]:
    """暂缓前, the last colour, both verdicts where a target was changed, the inspection's own colour."""
    speech = context.day.speech

    def shown(verdict: Verdict) -> Sign:
        return sign(verdict, speech)

    if standing.before:
        yield Side("暂缓前", shown(standing.before))
    if standing.last:
        yield Side("上次", shown(standing.last.colour), speech.checkpoint(standing.last.checkpoint))
    if both := standing.verdicts:
        original = undecided(speech) if both.original == "undecided" else shown(both.original)
        yield Side("按原目标", original, "" if both.by_revised or both.by_all else USED)
        yield Side("按调整后", shown(both.revised), USED if both.by_revised and both.by_all else "")
    if theirs := standing.official:
        yield Side("督查评定的颜色", shown(theirs.colour), f"{speech.checkpoint(theirs.checkpoint)}，{theirs.document}")


# ---------------------------------------------------------------- why


def why(context: Context, number: int) -> list[Why]:
    """Every judged part, worst first, each with its own rule; then what the state says."""
    standing, found = context.day.standings[number], _judged(context, number)
    rows = [*_part_rows(found, context, number)]
    rows.sort(key=lambda row: -_rank(row.sign))
    rows += [_row(reason, context, "", "") for reason in standing.reasons if reason.kind in ("accepted", "awaiting")]
    state = sign(standing.state, context.day.speech) if standing.state else None
    stated = [Why(state, reason.sentence, "", "", "") for reason in standing.reasons if reason.kind == "state"]
    return [*stated, *rows] if standing.state else [*rows, *stated]


def _rank(shown: Sign | None) -> int:
    tones: list[str] = list(COLOURS)
    return tones.index(shown.tone) if shown and shown.tone in tones else -1


def _judged(context: Context, number: int) -> Judgement:
    day = context.day
    return judgement(day.promise, number, day.seen[number], day.rules, "headline")


def _part_rows(found: Judgement, context: Context, number: int) -> Iterator[Why]:
    """A row for each number, each overdue deliverable, each problem; the deliverables that are done share one."""
    day = context.day
    seen = day.seen[number]
    bare = replace(found, numbers=(), pieces=(), problems=(), complete=False)

    def told(alone: Judgement) -> list[Reason]:
        return part_reasons(alone, seen, day.speech)

    for part in found.numbers:
        if part.actual is not None and part.step and part.colour:
            checkpoint, source = _source(part, context, number)
            for reason in told(replace(bare, numbers=(part,), colour=part.colour)):
                yield _row(reason, context, source, checkpoint, part.rule == "met")
    done = tuple(part for part in found.pieces if part.state == "done")
    for late in found.pieces:
        if late.state in ("partial", "not_done"):
            yield from (_row(reason, context, "", "") for reason in told(replace(bare, pieces=(late,), colour=late.colour)))
    for problem in found.problems:
        yield from (_row(reason, context, "", "") for reason in told(replace(bare, problems=(problem,), colour=problem.colour)))
    if done:
        yield from (_row(reason, context, "", "") for reason in told(replace(bare, pieces=done, colour="green")))


def _source(part: NumberPart, context: Context, number: int) -> tuple[str, str]:
    """The checkpoint whose report gave the number that counts, and when and by whom it was published."""
    day, points = context.day, context.promise.plan.checkpoints
    for filing in reversed(day.seen[number].filings):
        word = filing.report.indicators.get(part.indicator.id)
        if part.actual in (word.values() if isinstance(word, dict) else (word,)):
            return points[filing.position].id, f"{day.speech.day(filing.report.published)}公布，{filing.report.by}"
    return "", ""


def _row(reason: Reason, context: Context, source: str, checkpoint: str, met: bool = False) -> Why:
    shown = sign(reason.colour, context.day.speech) if reason.colour else None
    return Why(shown, reason.sentence, "做到了就是绿" if met else rule_name(reason.kind, context.day.rules), source, checkpoint)


def rule_name(kind: str, rules: Rules) -> str:
    """The name of the rule that judges a kind of reason, as the rules file describes it; empty where none does."""
    field = RULE_NAMES.get(kind)
    return type(rules).model_fields[field].description or "" if field else ""
