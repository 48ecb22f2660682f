"""What each kind of page shows: one function per kind, from data to finished HTML."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ..context import Context
from .assessment import assessment
from .cases import cases
from .changes import changes
from .chapter import chapter
from .checkpoint import checkpoint
from .checkpoints import checkpoints
from .compare import compare
from .data import data
from .funding import funding
from .home import home
from .indicators import indicators
from .mechanism import mechanism
from .mechanisms import mechanisms
from .meetings import meetings
from .moved import moved
from .place import place
from .places import places
from .problems import problems
from .reviews import reviews
from .search import search
from .sheet import sheet
from .source import source
from .task import task
from .tasks import tasks
from .timeline import time_axis
from .unit import unit
from .units import units

VIEWS: dict[str, Callable[[Context, str], Markup]] = {
    "home": home,
    "search": search,
    "data": data,
    "changes": changes,
    "compare": compare,
    "tasks": tasks,
    "chapter": chapter,
    "indicators": indicators,
    "timeline": time_axis,
    "mechanisms": mechanisms,
    "source": source,
    "task": task,
    "units": units,
    "unit": unit,
    "places": places,
    "place": place,
    "sheet": sheet,
    "checkpoints": checkpoints,
    "checkpoint": checkpoint,
    "problems": problems,
    "meetings": meetings,
    "reviews": reviews,
    "funding": funding,
    "cases": cases,
    "assessment": assessment,
    "mechanism": mechanism,
    "moved": moved,
}
