"""A county's whole year, lived in real git repositories: from the founding to the next year's plan and the software's next version."""
