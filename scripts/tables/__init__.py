"""Tidy tables of the ledger: the only room that knows pandas.

Each table is declared once (`tidy`); downloads, the API and the summaries of the pages
(`summaries`) read the same.
"""
