"""What each kind of page shows: one function per kind, from data to finished HTML."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ..context import Context
from . import changes, checkpoints, data, moved, places, search, units
from . import home as overview
from . import mechanisms as machinery
from . import problems as proceedings
from . import task as tasks

VIEWS: dict[str, Callable[[Context, str], Markup]] = {
    "home": overview.home,
    "search": search.search,
    "data": data.data,
    "changes": changes.changes,
    "compare": changes.compare,
    "tasks": overview.tasks,
    "chapter": overview.chapter,
    "indicators": overview.indicators,
    "timeline": overview.time_axis,
    "mechanisms": overview.mechanisms,
    "source": overview.source,
    "task": tasks.task,
    "units": units.units,
    "unit": units.unit,
    "places": places.places,
    "place": places.place,
    "sheet": places.sheet,
    "checkpoints": checkpoints.checkpoints,
    "checkpoint": checkpoints.checkpoint,
    "problems": proceedings.problems,
    "meetings": proceedings.meetings,
    "reviews": proceedings.reviews,
    "funding": machinery.funding,
    "cases": proceedings.cases,
    "assessment": machinery.assessment,
    "mechanism": machinery.mechanism,
    "moved": moved.moved,
}
