"""What a workbook says and the record does not: that alone becomes a report."""

from __future__ import annotations

from itertools import count
from typing import Any

from scripts.ledger.model.records import Report
from scripts.ledger.series.day import Day
from scripts.ledger.series.report_questions import effective

from .answers import Answer, flat, written_value


def differing(answer: Answer, told: list[Report]) -> dict[str, Any]:
    """What the workbook says and no report on record does, field by field."""
    fields: dict[str, Any] = {}
    summary = answer.said.get("summary")
    if summary and summary not in [each.summary for each in told]:
        fields["summary"] = summary
    on_record = effective(told)
    for name, values in answer.values.items():
        changed = {key: value for key, value in values.items() if value != written_value(on_record[name].get(key))}
        if changed:
            fields[name] = changed
    if answer.funding and not any(answer.funding == [flat(each) for each in report.funding] for report in told):
        fields["funding"] = answer.funding
    if answer.evidence:
        proven = [flat(each) for report in told for each in report.evidence]
        if any(each not in proven for each in answer.evidence):
            fields["evidence"] = answer.evidence
    return fields


def told_whole(answer: Answer, fields: dict[str, Any], told: list[Report]) -> bool:
    """Whether one report on record says all this already: the same workbook handed in twice, after a correction in between."""
    head = {name: answer.said.get(name) for name in ("published", "by")}
    return any(
        head == {"published": str(report.published), "by": report.by}
        and all(flat(report).get(name) == value for name, value in fields.items() if name not in ("deliverables", "done_on", "indicators"))
        and all(
            written_value(getattr(report, name).get(key)) == value for name in answer.values for key, value in fields.get(name, {}).items()
        )
        for report in told
    )


def corrected(mine: list[tuple[int, str]], known: dict[str, Report], fields: dict[str, Any]) -> str:
    """Which report is corrected: the last that told one of the changed values, else the last."""
    for _, key in reversed(mine):
        if any(item in getattr(known[key], name) for name in ("deliverables", "done_on", "indicators") for item in fields.get(name, {})):
            return key.partition("/")[2]
    return mine[-1][1].partition("/")[2]


def next_id(day: Day, checkpoint: str, number: int, taken: set[str]) -> str:
    """The id of the next report; what a tombstone names stays taken."""
    gone = {each.record.removeprefix("reports/") for each in day.records.withdrawals.values()}
    names = (f"{checkpoint}/{number:02}" + (f".{n}" if n > 1 else "") for n in count(1))
    return next(each for each in names if each not in taken | gone)
