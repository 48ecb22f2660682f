"""A .xlsx that somebody handed in, opened without trusting it: `unpack` the file, `parts` its XML, `book` what was read."""
