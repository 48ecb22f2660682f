"""What a reader can find: the ledger as records for the search in the browser, and the files that carry them.  Pure.

A record is a page (or a paragraph with a page's standing, like an item of machinery): title, kind, path, other names, and
paragraphs, each with its field, its label, the anchor that shows it, its text.  `shapes` says what that is, `records` makes
them of the ledger, `index` makes files of them.  `docs/assets/search.js` ranks them; what weighs how is said once, in
WEIGHTS, and travels in the index.  Decision 0006 has the figures behind WHOLE and SHARD.
"""

from .index import FOLDER, files, fold, shard
from .records import records
from .shapes import Paragraph, Record

__all__ = ["FOLDER", "Paragraph", "Record", "files", "fold", "records", "shard"]
