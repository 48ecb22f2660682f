"""From plan and testimony to the colour of one task on one day: pure functions of plan, records, rules, `as_of` and `known`.

Read in this order: `evidence` (what was known), `terms` and `obligations` (what is owed), `indicators` and `deliverables` (each part judged),
`judgement` (the worst of them), `revisions` (changed targets), `reasons`, `marks`, `standing` (the whole).
"""
