"""A step in the life of a problem, as every page, feed and list of changes tells it."""

from __future__ import annotations

from ..model.records import Extended, Found, Rectified, Reopened
from . import voices
from .phrasebook import Speech


def step_words(step: Found | Extended | Rectified | Reopened, speech: Speech, day: str = "") -> tuple[str, str]:
    """What happened in our words, and in the record's own.  `day`: its day in words, where it stands nowhere else."""
    match step:
        case Found():
            return f"{day}发现，应在{speech.day(step.rectify_by)}前整改", step.description
        case Extended():
            return f"{day}延期到{speech.day(step.rectify_by)}，仍按原期限评定", step.reason
        case Rectified():
            return speech.say(voices.PROBLEM_CLOSED, day=day), step.result
    return f"{day}再次出现", step.reason
