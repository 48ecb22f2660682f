"""A county's own repository."""
