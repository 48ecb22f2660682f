"""The verbs of `python -m scripts`, one module each: what it is called, its options, what it does.

A verb module has `add(verbs, options)`, which registers its parsers.  Verbs are given the day and the environment's wishes as
options; none of them reads the clock or the environment (`scripts/__main__.py` does).
"""
