"""Workbooks both ways: what a unit is to report goes out, what it filled in comes back as reports.

`columns` names what both ways must agree on.  Out: `out` fills a workbook, `style` makes it fit to use, `offered` says whose page has one.
In: `unpack` opens a returned file without trusting it (`parts` its XML, `book` what is found), `cells` reads one cell, `rows` a whole sheet,
`reports` what is said of each task (`answers`), `differing` what of it is not on record; `stage` puts the files in place, all or none.
"""
