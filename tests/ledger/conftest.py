"""Hypothesis profiles: a modest one with a fixed seed; LEDGER_SOAK=3000 runs that many random plans for each property."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("modest", max_examples=120, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "soak", max_examples=int(os.environ.get("LEDGER_SOAK", "3000")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("soak" if os.environ.get("LEDGER_SOAK") else "modest")
