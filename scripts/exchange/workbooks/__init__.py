"""Workbooks both ways: what a unit is to report goes out, what it filled in comes back as reports.

`columns` names what both ways must agree on.  Out: `outgoing` fills a workbook, `style` makes it fit to use, `offered` says whose page has
one.  In: `rows` finds the columns, `cell_values` reads one cell, `answers` and `reports` make records of them, `differences` leaves out what is on
record, `staging` puts them into the data folder, all or none.
"""
