"""From promise and testimony to colours: pure functions of plan, records, rules, `as_of` and `known`.

Read in this order: `seen` (what was known), `duties` and `owing` (what is owed), `figures` and `deliveries` (each part judged),
`judgement` (the worst of them), `standing` (all that is said of a task on a day), then `history` and `unit_figures`.
"""
