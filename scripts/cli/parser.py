"""The command line speaks Chinese: its help, and what it says of a word that it does not know."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from scripts.ledger.phrases.problems import nearest_of

SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.*)", lambda found: f"还要写 {found[1].replace(', ', '、')}"),
    (r"unrecognized arguments: (.*)", lambda found: f"不认得“{found[1]}”"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", lambda found: _choice(found[1], found[2], found[3])),
    (r"argument (.*?): expected (?:one|at least one) argument", lambda found: f"{found[1]} 后面要写一个值"),
    (r"argument (.*?): expected \d+ arguments?", lambda found: f"{found[1]} 后面写的个数不对"),
    (r"argument (.*?): ignored explicit argument '(.*)'", lambda found: f"{found[1]} 后面不写值；现在写的是“{found[2]}”"),
    (r"argument (.*?): not allowed with argument (.*)", lambda found: f"{found[1]} 和 {found[2]} 不能一起写"),
    (r"ambiguous option: (\S+) could match (.*)", lambda found: f"“{found[1]}”可能是 {found[2]}，请写全"),
    (r"argument (.*?): (.*)", lambda found: f"{found[1]} {found[2]}"),
)
"""What the library complains about, and how that is said here; the first that fits."""


def _choice(name: str, given: str, listed: str) -> str:
    allowed = re.findall(r"[\w-]+", listed)
    near = nearest_of(given, allowed)
    return f"{name} 只能是 {'、'.join(allowed)} 之一；现在写的是“{given}”" + (f"。是不是想写“{near}”？" if near else "")


class Parser(argparse.ArgumentParser):
    """A parser with Chinese help and Chinese complaints; `-h` and `--help` stay."""

    def __init__(self, **named: Any) -> None:
        wanted = named.pop("add_help", True)
        super().__init__(**{**named, "add_help": False, "formatter_class": Lines})
        if wanted:
            self.add_argument("-h", "--help", action="help", help="看这份说明")

    def format_help(self) -> str:
        """The help, its two parts under Chinese heads."""
        self._positionals.title, self._optionals.title = "要写的", "可以加的"
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look, and end with 2."""
        said = next((say(found) for pattern, say in SAID if (found := re.fullmatch(pattern, message, re.DOTALL))), message)
        end = "" if said.endswith(("。", "？")) else "。"
        print(f"{said}{end}\n{self.format_usage()}看说明：{self.prog} --help", file=sys.stderr)
        sys.exit(2)


class Lines(argparse.HelpFormatter):
    """Usage under its Chinese name; each option's words on one line, for the terminal to break."""

    def __init__(self, prog: str, **named: Any) -> None:
        super().__init__(prog, max_help_position=32, width=100, **named)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def add_argument(self, action: argparse.Action) -> None:
        """The same, with room for the names of verbs, which stand two further in."""
        super().add_argument(action)
        if isinstance(action, argparse._SubParsersAction):
            self._action_max_length += 2

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [text]


def day(text: str) -> date:
    """A day as an option gives it.  Raises `argparse.ArgumentTypeError`."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"必须是日历上有的日期，写成 年-月-日；现在写的是“{text}”。例：2023-05-30")
