"""`python -m tests.ledger.rereading 500 [seed]`: where the engine and the second reading differ on random plans, grouped, each with a
smallest example, so that it can be decided who is wrong: the engine, the second reading, or a choice."""

from __future__ import annotations

import sys
from typing import Any

from .comparing import Group, both, compare, differences, shrink


def shown(value: Any, indent: int = 0) -> str:
    """A case as short text, like YAML; empty parts left out."""
    lines = []
    for key, each in value.items():
        if each in ({}, [], ()):
            continue
        flat = str(each)
        if isinstance(each, dict) and len(flat) > 110:
            lines += [" " * indent + f"{key}:", shown(each, indent + 2)]
        elif isinstance(each, list) and len(flat) > 110:
            lines += [" " * indent + f"{key}:", *(" " * indent + f"  - {one}" for one in each)]
        else:
            lines.append(" " * indent + f"{key}: {flat}")
    return "\n".join(lines)


def example(kind: tuple[str, ...], group: Group) -> str:
    case = shrink(group.case, group.as_of, group.known, kind)
    found = differences(*both(case, group.as_of, group.known))
    engine, again = next((each[1:] for each in found if each[0] == kind), kind[1:])
    known = f", known {group.known}" if group.known != group.as_of else ""
    head = f"## {' | '.join(kind)}: {group.count}\non {group.as_of}{known}: engine {engine}; second reading {again}"
    return f"{head}\n{shown({key: each for key, each in case.items() if key != 'plan'}, 2)}\n"


def main(plans: int, seed: int) -> None:
    found = compare(plans, seed)
    print(
        f"{found.plans} plans, {found.days} plans x days, {found.agreed} agree in everything; verdicts: {dict(sorted(found.verdicts.items()))}\n"
    )
    for kind, group in sorted(found.groups.items(), key=lambda each: -each[1].count):
        print(f"{group.count:6}  {' | '.join(kind)}")
    print()
    for kind, group in sorted(found.groups.items(), key=lambda each: -each[1].count):
        print(example(kind, group))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
