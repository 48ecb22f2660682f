"""How figures, days and verdicts are said, by publisher."""
