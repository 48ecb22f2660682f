"""A table with its real widths into rows: where the head is, what the columns hold, which checkpoints a cell covers.

Where the layout does not say one thing only (a box across the units' columns, an item over several rows), it is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.ledger.model.promise import Column

from .shapes import Box, Cell, Grid, Row, Table, Unfit
from .vocabulary import ANNUAL, PROGRESS, column_kind, joined, month_of

NEEDED: tuple[tuple[Column, str], ...] = (("number", "序号"), ("pledge", "任务"), ("lead", "牵头单位（或责任单位）"))
"""The columns that every table has, each once."""
AUTOMATIC = "（Word 的自动编号读不到，请改成打出来的数字）"
CONTENT = re.compile("内容|任务|目标")
"""Of two columns of tasks the one that says what is promised."""
LEADS = re.compile("牵头|主办")
"""Of two columns of units the one that leads."""
DEEPEST = 40
"""The head of a table stands in its first rows."""


@dataclass(frozen=True)
class Layout:
    """Where a grid's table is: the rows of its head, what each column holds, the checkpoints' columns, printed heads in order."""

    top: int
    body: int
    kinds: tuple[Column, ...]
    points: tuple[str, ...]
    order: tuple[Column, ...]
    columns: tuple[str, ...]


def find_tables(grids: Sequence[Grid], year: int, file: str, wanted: int | None = None) -> list[tuple[Grid, Layout]]:
    """The grids that are a 任务分解表, with their layouts: one, or one cut by pages with its head on each part.  `wanted`: which of several,
    from 1.  Raises `Unfit`."""
    found: list[tuple[Grid, Layout]] = []
    misses: list[Unfit] = []
    for grid in grids:
        try:
            found.append((grid, layout_of(grid, year)))
        except Unfit as miss:
            misses.append(miss)
    if wanted is not None and found:
        if wanted > len(found):
            raise Unfit("--table", f"文件里只有{len(found)}张任务分解表", str(wanted))
        return [found[wanted - 1]]
    if len({(layout.kinds, layout.columns, layout.points) for _, layout in found}) > 1:
        names = "、".join(grid.name for grid, _ in found)
        raise Unfit(
            file, f"找到{len(found)}张任务分解表（{names}），表头不一样；用 --table 写明读第几张，别的照文字留在原文里", example="--table 2"
        )
    if not found:
        nearest = next((miss for miss in misses if miss.found), misses[0] if misses else None)
        raise nearest or Unfit(
            file, "没有找到表格；任务分解表要有序号、任务、各节点目标、牵头单位几栏", example="序号｜重点任务｜3月｜5月｜牵头单位｜配合单位"
        )
    return found


def layout_of(grid: Grid, year: int) -> Layout:
    """The head of a grid's table.  Raises `Unfit`."""
    for top in range(min(grid.rows, DEEPEST)):
        heads = [joined(box.text) for box in grid.row(top)]
        kinds = [column_kind(head) for head in heads if len(head) <= 30]
        if "pledge" in kinds and ("lead" in kinds or "number" in kinds) and len(heads) >= 3:
            return _layout(grid, top, year)
    raise Unfit(
        grid.name, "没有找到表头；表头里要有序号、任务、各节点目标、牵头单位几栏", example="序号｜重点任务｜3月｜5月｜牵头单位｜配合单位"
    )


def _layout(grid: Grid, top: int, year: int) -> Layout:
    deep = max((box.row + box.height - top for box in grid.row(top)), default=1)
    points = _points(grid, top, deep, year)
    if not points and top + deep < grid.rows and not _holds_a_task(grid, top, top + deep):
        deep += 1
        points = _points(grid, top, deep, year)
    kinds = _one_of_each([_kind(grid, top, deep, column, points) for column in range(grid.columns)], grid, top)
    _refuse_gaps(grid, top, kinds, points)
    order = _order(grid, top, kinds)
    return Layout(top, top + deep, tuple(kinds), tuple(points.values()), order, _heads(grid, top, order, kinds, points))


def _holds_a_task(grid: Grid, top: int, row: int) -> bool:
    """Whether a row below the head has a number and a task of its own: it is no second row of the head, whatever months it names."""
    own = [joined(box.text) for box in grid.row(row) if box.row == row and _is_of(grid, top, box.column, ("number", "pledge"))]
    return len(own) > 1 and all(own)


def _is_of(grid: Grid, top: int, column: int, kinds: tuple[Column, ...]) -> bool:
    box = grid.at(top, column)
    return box is not None and column_kind(joined(box.text)) in kinds


def _one_of_each(kinds: list[Column], grid: Grid, top: int) -> list[Column]:
    """Two columns of tasks, or of units, made one: of 项目名称 beside 建设内容 the content is the task; 责任单位 beside 牵头单位 cooperates."""
    heads = [joined(box.text) if (box := grid.at(top, column)) else "" for column in range(grid.columns)]
    tasks = [column for column, kind in enumerate(kinds) if kind == "pledge"]
    told = [column for column in tasks if CONTENT.search(heads[column])]
    if len(tasks) > 1 and len(told) == 1:
        kinds = ["other" if column in tasks and column not in told else kind for column, kind in enumerate(kinds)]
    leads = [column for column, kind in enumerate(kinds) if kind == "lead"]
    first = [column for column in leads if LEADS.search(heads[column])]
    if len(leads) == 2 and len(first) == 1 and "cooperating" not in kinds:
        kinds = ["cooperating" if column in leads and column not in first else kind for column, kind in enumerate(kinds)]
    return kinds


def _points(grid: Grid, top: int, deep: int, year: int) -> dict[int, str]:
    """The columns whose lowest head names a month or a quarter, with that head."""
    found: dict[int, str] = {}
    last: str | None = None
    for column in range(grid.columns):
        box = grid.at(top + deep - 1, column)
        if box is None or box.width > 1 or not box.text.strip():
            continue
        head = joined(box.text)
        month = None if PROGRESS.search(head) or (ANNUAL.search(head) and not _ends_the_year(head, last)) else month_of(head, year, last)
        if month and (column - 1 in found or not ANNUAL.search(head)):
            found[column], last = head, month
    return found


def _ends_the_year(head: str, last: str | None) -> bool:
    """Whether 全年目标 stands behind a checkpoint before the year's end: the last checkpoint, not a column beside them."""
    return head.startswith("全年") and last is not None and not last.endswith("-12")


def _kind(grid: Grid, top: int, deep: int, column: int, points: dict[int, str]) -> Column:
    if column in points:
        return "cells"
    box = grid.at(top, column)
    head = joined(box.text) if box and box.text.strip() else ""
    kind = column_kind(head) if head else "other"
    return "other" if kind == "cells" else kind


def _refuse_gaps(grid: Grid, top: int, kinds: list[Column], points: dict[int, str]) -> None:
    where = f"{grid.name} 第{top + 1}行（表头）"
    heads = "、".join(joined(box.text) for box in grid.row(top))
    if not points:
        low = "、".join(joined(box.text) for box in grid.row(top + 1)) if top + 1 < grid.rows else heads
        raise Unfit(
            where,
            "没有认出各节点的月份或季度；完成时限写在一栏里、或者不写月份的表，现在还读不了（文件不要为此改动）",
            low,
            "3月、二季度、2024年1月",
        )
    span = list(points)
    if span != list(range(span[0], span[-1] + 1)):
        lost = next(column for column in range(span[0], span[-1]) if column not in points)
        box = grid.at(top + 1, lost) or grid.at(top, lost)
        if (head := grid.at(top, lost)) and PROGRESS.search(joined(head.text)):
            must = "这一栏写的是做得怎样，不是答应了什么，不能当目标公布；请用印发时的那一份（没有完成情况的），进展以后用报告登记"
            raise Unfit(head.where, must, joined(head.text))
        raise Unfit(
            box.where if box else where, "节点各栏之间夹着认不出月份的一栏", joined(box.text) if box else None, "3月、二季度、2024年1月"
        )
    for kind, words in NEEDED:
        if kinds.count(kind) != 1:
            raise Unfit(where, f"要有一栏、也只有一栏是{words}", heads)


def _order(grid: Grid, top: int, kinds: list[Column]) -> tuple[Column, ...]:
    order: list[Column] = []
    for column, kind in enumerate(kinds):
        if kind == "cells":
            if "cells" not in order:
                order.append(kind)
        elif (box := grid.at(top, column)) and (box.text.strip() or kind != "other"):
            order.append(kind)
    return tuple(order)


def _heads(grid: Grid, top: int, order: tuple[Column, ...], kinds: list[Column], points: dict[int, str]) -> tuple[str, ...]:
    """The printed heads in order; for the checkpoints the head above all of them, where there is one."""
    first = next(iter(points))
    above = grid.at(top, first)
    shared = joined(above.text) if above and above.width > 1 and above.text.strip() else None
    heads: list[str] = []
    for column, kind in enumerate(kinds):
        box = grid.at(top, column)
        if kind == "cells":
            heads += [shared] if column == first and shared else []
        elif box and (box.text.strip() or kind != "other"):
            heads.append(joined(box.text))
    return tuple(heads)


def read_table(grid: Grid, layout: Layout) -> tuple[Table, tuple[str, ...]]:
    """The rows of a table, and the lines that stand above its head.  Raises `Unfit`."""
    above = tuple(joined(box.text) for row in range(layout.top) for box in grid.row(row) if box.row == row and box.text.strip())
    last = max((r for r in range(layout.body, grid.rows) if _is_task(grid, layout, r)), default=-1)
    if last < 0:
        raise Unfit(grid.name, "表头下面没有一行任务：每行要有序号、任务和各节点目标")
    rows: list[Row] = []
    heading: str | None = None
    for r in range(layout.body, last + 1):
        boxes = [box for box in grid.row(r) if box.text.strip()]
        if not boxes or _repeats_head(grid, layout, r):
            continue
        if len(boxes) == 1 and not _is_task(grid, layout, r) and boxes[0].column == 0:
            heading = joined(boxes[0].text)
            continue
        own, heading = heading, None
        rows.append(_row(grid, layout, r, own))
    for r in range(last + 1, grid.rows):
        if _holds_a_task(grid, layout.top, r):
            must = "这一行有序号和任务，各节点的格子都是空的；没有日期的任务现在还读不了，整份没有收"
            raise Unfit(f"{grid.name} 第{r + 1}行", must, _text(grid, r, _column(layout, "pledge")))
    tail = tuple(joined(box.text) for r in range(last + 1, grid.rows) for box in grid.row(r) if box.row == r and box.text.strip())
    return Table(layout.order, layout.columns, layout.points, tuple(rows), tail), above


def _column(layout: Layout, kind: Column) -> int:
    return layout.kinds.index(kind)


def _is_task(grid: Grid, layout: Layout, r: int) -> bool:
    pledge, number = grid.at(r, _column(layout, "pledge")), grid.at(r, _column(layout, "number"))
    whole = pledge is not None and pledge.width >= grid.columns - 1
    return bool(pledge and pledge.text.strip() and not whole and number is not pledge and any(_text(grid, r, c) for c in _cells(layout)))


def _cells(layout: Layout) -> list[int]:
    return [column for column, kind in enumerate(layout.kinds) if kind == "cells"]


def _text(grid: Grid, r: int, c: int) -> str:
    box = grid.at(r, c)
    return box.text.strip() if box else ""


def _repeats_head(grid: Grid, layout: Layout, r: int) -> bool:
    """Word prints the head again on each page; some tables hold it twice, its boxes then not merged as in the first."""
    ours = [joined(box.text) for box in grid.row(r)]
    told = {joined(box.text) for box in grid.row(r) if box.text.strip()}
    heads = [[joined(box.text) for box in grid.row(h)] for h in range(layout.top, layout.body)]
    return any(ours == head or (len(told) > 2 and told <= set(head)) for head in heads)


def _row(grid: Grid, layout: Layout, r: int, heading: str | None) -> Row:
    where = f"{grid.name} 第{r + 1}行"
    boxes = {kind: grid.at(r, _column(layout, kind)) for kind in ("number", "pledge", "lead")}
    for kind, words in (("number", "序号"), ("pledge", "任务"), ("lead", "牵头单位")):
        box = boxes[kind]
        if box is None or not box.text.strip():
            raise Unfit(
                box.where if box else where,
                f"这一行的“{words}”是空的；一项任务要有序号、任务和牵头单位{AUTOMATIC if kind == 'number' else ''}",
            )
        if kind != "lead" and box.height > 1:
            raise Unfit(box.where, f"“{words}”一格跨了{box.height}行；一项任务只能占一行，请在表里并成一行", joined(box.text))
    _refuse_boxes(grid, layout, r)
    cells = _target_cells(grid, layout, r)
    chapter = heading
    if "chapter" in layout.kinds:
        box = grid.at(r, _column(layout, "chapter"))
        chapter = joined(box.text) if box and box.text.strip() and box.row == r else heading
    lead, number, pledge = boxes["lead"], boxes["number"], boxes["pledge"]
    assert lead and number and pledge
    helpers = grid.at(r, _column(layout, "cooperating")) if "cooperating" in layout.kinds else None
    others = tuple(joined(_text(grid, r, c)) for c, kind in enumerate(layout.kinds) if kind == "other" and _headed(grid, layout, c))
    shared = tuple(
        joined(_text(grid, layout.top, c))
        for c in range(grid.columns)
        if layout.kinds[c] != "chapter"
        and (box := grid.at(r, c))
        and box.height > 1
        and layout.kinds[c] in ("lead", "cooperating", "other")
    )
    shared += tuple(layout.points[p] for cell, box in cells if box.height > 1 for p in cell.covers or ())
    return Row(
        joined(number.text),
        joined(pledge.text),
        tuple(cell for cell, _ in cells),
        _units(lead.text),
        None if "cooperating" not in layout.kinds else _units(helpers.text if helpers else ""),
        others,
        chapter,
        shared,
        where,
    )


def _headed(grid: Grid, layout: Layout, column: int) -> bool:
    return bool(_text(grid, layout.top, column))


def _units(text: str) -> str:
    """A cell of units as printed: its lines without blanks around them."""
    lines = [line.strip() for line in re.split(r"[\n\r\v\f]+", text.replace("\t", " ")) if line.strip()]
    return "\n".join(lines) or joined("")


def _refuse_boxes(grid: Grid, layout: Layout, r: int) -> None:
    """A box across columns of different kinds says of two things at once what it says; nobody but its author knows which is meant.
    A column without a head says nothing of what its boxes mean."""
    for box in grid.row(r):
        if layout.kinds[box.column] == "other" and box.text.strip() and not _headed(grid, layout, box.column):
            raise Unfit(box.where, "这一栏没有表头，不知道这一格说的是什么；请在表里补上表头，或删去这一栏", joined(box.text))
        kinds = list(dict.fromkeys(layout.kinds[box.column : box.column + box.width]))
        if len(kinds) > 1 and box.text.strip():
            heads = "、".join(dict.fromkeys(joined(_text(grid, layout.top, c)) for c in range(box.column, box.column + box.width)))
            raise Unfit(box.where, f"这一格横跨了“{heads}”几栏，分不清说的是哪一栏；请在表里拆开", joined(box.text))


def _target_cells(grid: Grid, layout: Layout, r: int) -> list[tuple[Cell, Box]]:
    columns = _cells(layout)
    found: list[tuple[Cell, Box]] = []
    for position, column in enumerate(columns):
        box = grid.at(r, column)
        if box is None:
            raise Unfit(f"{grid.name} 第{r + 1}行第{column + 1}列", "这里没有格子，表是残缺的；请在表里补齐这一行")
        if found and found[-1][1] is box:
            cell = found[-1][0]
            found[-1] = (Cell(cell.text, (*(cell.covers or ()), position), cell.where), box)
        else:
            found.append((Cell(box.text, (position,), box.where), box))
    return found


def table_lines(table: Table) -> list[str]:
    """The table as lines of source.txt: heads, then each row's fields behind a tab, in the order of the columns."""
    lines: list[str] = []
    together = len(table.columns) >= len(table.order)
    heads = iter(table.columns)
    for kind in table.order:
        lines += table.points if kind == "cells" and not together else [next(heads)]
    lines += table.points if together else ()
    out = ["\t" + line for line in lines]
    for row in table.rows:
        out.append("")
        if row.chapter is not None:
            out.append("\t" + row.chapter)
        others = iter(row.others)
        for kind in table.order:
            match kind:
                case "number":
                    out.append("\t" + row.label)
                case "pledge":
                    out.append("\t" + row.pledge)
                case "cells":
                    out += ["\t" + joined(cell.text) for cell in row.cells]
                case "lead":
                    out.append("\t" + row.lead)
                case "cooperating":
                    out.append("\t" + (row.cooperating or ""))
                case "other":
                    out.append("\t" + next(others))
    return [*out, *([""] if table.tail else []), *table.tail]
