"""Metamorphic laws: what must hold between two plans, or two testimonies, that differ in one thing only.

A law makes pairs from a random case: `one` as it is, `two` changed.  It says whether the outcomes of a day agree with it (None: its
premise does not hold on that day), and a third case, `without`, in which what was changed is seen, shows that it could have mattered.
Only the engine is asked.
"""
