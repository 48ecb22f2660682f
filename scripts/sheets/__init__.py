"""Workbooks both ways: what a unit is to report goes out, what it filled in comes back as reports.

`columns` names what both ways must agree on; `out` fills a workbook, `style` makes it fit to use; `unpack` opens a returned file without
trusting it, `cells` reads one cell, `rows` a whole sheet, `reports` makes records of them, `stage` puts the files where they belong,
all or none.
"""
