"""The rules file, data/rules.yml: every threshold, every word, and how figures become words.

Below everything else of the ledger: it imports only `values`.
"""
