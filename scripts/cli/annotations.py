"""Problems as annotations of a pull request, in the form that the host of the repository reads."""

from __future__ import annotations

from scripts.ledger.model.problems import Problem
from scripts.ledger.phrases.problems import opening, printable, sentence
from scripts.store.load import Loaded


def annotated(loaded: Loaded, root: str) -> list[str]:
    """All problems, each on a line for the host; `root` is the data folder as the repository names it."""
    return list(dict.fromkeys(render_annotation(each, root, loaded.line(each)) for each in loaded.ordered()))


def render_annotation(problem: Problem, root: str, line: int) -> str:
    """One line for the machine that checks a pull request, which shows the message beside the line: `::error file=…,line=…,title=…::…`.

    `root` is the data folder as the repository names it: `data`.
    """
    kind, title = ("warning", opening(problem)) if problem.warning else ("error", "数据有错")
    properties = {"file": f"{root}/{problem.at.file}".strip("/"), "line": str(line), "title": title}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_command(printable(sentence(problem)))}"


def _command(text: str) -> str:
    """Text that cannot end a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The same for a property, which a comma or a colon would end."""
    return _command(text).replace(":", "%3A").replace(",", "%2C")
