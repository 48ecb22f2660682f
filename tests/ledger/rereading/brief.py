"""What a brief said first."""

from __future__ import annotations

from datetime import timedelta

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import Records, report_id

from .days import ends
from .public import View, opened_on
from .reading import reading

UNSAVED = "首次结果没有保存"


def first_result(promise: Promise, number: int, records: Records, rules: Rules, checkpoint: str) -> str:
    """首次公布结果: "`as_of = known = report_due(p) + 1 day`"; "a later tombstone does not rewrite it: it carries `results:` … One filed
    without says “首次结果没有保存”"."""
    day = ends(checkpoint) + timedelta(11)
    if opened_on(View(promise, number, records, day, day)) is None:
        return reading(promise, number, records, rules, day).verdict
    for tombstone in records.withdrawals.values():
        name = report_id(tombstone.record.removeprefix("reports/"))
        if name and name[1] == number and tombstone.filed <= day <= tombstone.published:
            kept = (getattr(tombstone, "results", None) or {}).get(checkpoint)
            if kept is None:
                return UNSAVED
            return str(_of(kept, "colour") or _of(kept, "state"))
    return reading(promise, number, records, rules, day).verdict


def _of(kept: object, key: str) -> object:
    return kept.get(key) if isinstance(kept, dict) else getattr(kept, key)
