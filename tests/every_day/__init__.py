"""Every address that was given out answers on every day and in every state of a county: a few days in the suite, all in `make every-day`."""
