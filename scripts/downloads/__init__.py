"""What readers take away: one folder of tables per plan, the API, and what describes both.

Everything here reads the tidy tables of `scripts.frames`, so that no two downloads can disagree.
"""
