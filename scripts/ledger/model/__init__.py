"""What the data hold: plan, testimony, rules and settings, each field defined once.  Imports nothing else of the ledger."""
