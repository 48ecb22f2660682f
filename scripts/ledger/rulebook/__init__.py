"""The rules file: every threshold, every word, and how figures become words.  rules.yml beside this is the one that a county begins with.

Below everything else of the ledger: it imports only `values`.
"""
