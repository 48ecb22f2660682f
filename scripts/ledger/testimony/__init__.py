"""What was reported, approved, found, met about and withdrawn: one small file per record.

`records` bear on colours, `proceedings` stand beside them, `folders` gathers all of one plan and reads the names of its files.
"""
