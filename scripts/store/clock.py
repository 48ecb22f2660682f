"""China's time."""

from __future__ import annotations

from datetime import timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
"""China has one time zone and no summer time; no time zone database is needed to know its day."""
