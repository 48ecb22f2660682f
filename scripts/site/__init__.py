"""A site built beside the old one, its links and permalinks checked, sealed, swapped; and whether it may be published."""
