"""Measurements, never timed tests: `make bench-reader`, `make bench-build`, and the search of decision 0006."""
