"""Records that people fill in by questions in Chinese, in a workbook or in an issue's form: the same questions (forms.questions), read the
same way, through the same checks, all or none.

`labels` is what filling in and reading agree on; `entry` is what was filled in, whatever it came in; `reading` makes a value of an answer,
`compose` records of entries, `saying` speaks of what is wrong in the words of the form; `book_out` and `book_in` are the workbook,
`issue_forms`, `issue_body` and `event` the issue; `pending` knows what waits to be merged, `handing` puts the records into a data folder.
"""
