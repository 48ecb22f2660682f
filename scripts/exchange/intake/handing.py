"""New records into a data folder: checked together with everything that is there, and written all at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.ledger.model.problems import Problem
from scripts.store.load import Loaded
from scripts.store.yaml_writer import dump

from ..forms.new_record import New, as_written, new_files
from ..workbooks.staging import commit, staged, stamps


@dataclass(frozen=True)
class Hand:
    """What is handed in: new records, and the files of those that are taken down.  `before`: the plan's files when all this was read."""

    plan: str
    new: Sequence[New]
    gone: Sequence[str]
    before: Mapping[str, tuple[int, int]]

    @property
    def files(self) -> dict[str, bytes]:
        """Each new file below the data folder."""
        return {file: content(each) for file, each in new_files(self.plan, self.new).items()}


@dataclass(frozen=True)
class Verdict:
    """What the checks say: problems at the spots of what was handed in, lines about files that are there already, and reminders, which stop
    nothing."""

    problems: list[Problem] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    reminders: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return bool(self.problems or self.elsewhere)


def plan_stamps(data: Path, plan: str) -> dict[str, tuple[int, int]]:
    """A plan's files as they are now, to be taken before they are read."""
    return stamps(data / "plans" / plan)


def content(new: New) -> bytes:
    """A record's file."""
    assert new.record is not None
    return dump(as_written(new.record)).encode()


def hand_in(data: Path, hand: Hand, blanks: frozenset[str] = frozenset(), write: bool = True) -> Verdict:
    """Check, and where nothing speaks against it, write.  Raises `Disturbed`, having written nothing."""
    new = new_files(hand.plan, hand.new)
    with staged(data, hand.plan, hand.files, blanks, hand.gone) as (after, copy):
        verdict = _verdict(after, hand, new, data)
        assert verdict.refused == (after.ledger is None)
        if write and not verdict.refused:
            commit(data, hand.plan, copy, hand.before)
    return verdict


def _verdict(after: Loaded, hand: Hand, new: Mapping[str, New], data: Path) -> Verdict:
    mine = [(problem, new[problem.at.file].say(problem, new[problem.at.file])) for problem in after.problems if problem.at.file in new]
    others = [problem for problem in after.errors if problem.at.file not in new]
    lines = Loaded(after.root, None, others, after.trees).messages()
    return Verdict(
        [at for problem, at in mine if not problem.warning],
        [line.replace(after.root, data.as_posix(), 1) for line in lines],
        [at for problem, at in mine if problem.warning and problem.at.path],
    )
