"""The Livelihood Ledger.  The map of the house is in README.md; `python -m scripts` lists the verbs."""
