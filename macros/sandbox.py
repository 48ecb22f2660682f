"""Where the {{ }} of pages written by hand are filled: our macros, plain values, and nothing that leads to the machine.

The plain environment lets a page reach any object's attributes, and through them the system (`popen`).  Here only attributes of plain values
can be asked for, only our macros and the methods of plain values be called, and no file be included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

PLAIN = (str, int, float, bool, list, tuple, dict)


class Pages(ImmutableSandboxedEnvironment):
    """The environment of staff's pages."""

    def __init__(self, macros: Mapping[str, Callable[..., str]]) -> None:
        super().__init__(undefined=StrictUndefined)
        self.globals = dict(macros)
        self.allowed = frozenset(id(each) for each in macros.values())

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of plain values alone, and of those what the sandbox allows."""
        return type(obj) in PLAIN and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Our macros, and methods of plain values."""
        return id(obj) in self.allowed or type(getattr(obj, "__self__", None)) in PLAIN
