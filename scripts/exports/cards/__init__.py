"""Pictures that carry a page elsewhere: their typeface, and how they are drawn."""
