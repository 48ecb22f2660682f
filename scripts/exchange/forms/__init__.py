"""Templates of records: what a member of staff fills in, with the official words and the last values beside it.

`blank` writes the fields of any record from the model, `report` the questions of a task's report, `kinds` the other records.
"""
