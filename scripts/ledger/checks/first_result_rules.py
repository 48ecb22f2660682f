"""The rule of a new tombstone: it keeps the first results that its record bore on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..model.problems import Place, Problem
from ..model.promise import Promise
from ..model.rules import Rules
from ..model.testimony import KINDS, Records
from ..series.first_results import first_results


def wrong_results(file: str, tombstone: dict[str, Any], promise: Promise, records: Records, rules: Rules) -> Iterator[Problem]:
    """What a new tombstone says of the first results, against those of the data in which its record still stood."""
    kind, _, key = str(tombstone.get("record")).partition("/")
    removed_on = _day(tombstone.get("published"))
    if removed_on is None or kind not in KINDS:
        return
    right, said = first_results(promise, records, rules, kind, key, removed_on), tombstone.get("results") or {}
    if said != right:
        example = f"results: {{{', '.join(f'{point}: {_flow(each)}' for point, each in right.items())}}}" if right else None
        if not said:  # nothing stands between a leak and its withdrawal; only what is written must be true
            must = "加上这一行，各节点简报才保得住首次公布的结果；撤下提交以后就补不上了"
            yield Problem(Place(file), must, example=example, line=1, warning=True)
        else:
            must = "必须是撤下前已经公布的首次结果；请改回，照例子写" if right else "这份记录没有影响过已公布的首次结果，请删去 results"
            yield Problem(Place(file, ("results",)), must, _said(said), example=example)


def _said(results: Any) -> str:
    """What a tombstone says, on one line."""
    return "；".join(f"{point} {_flow(each)}" for point, each in results.items()) if isinstance(results, dict) else str(results)


def _flow(result: Any) -> str:
    return f"{{{', '.join(f'{field}: {value}' for field, value in result.items())}}}" if isinstance(result, dict) else str(result)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
