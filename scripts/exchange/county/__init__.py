"""A county's own repository: what it is made of (`files/` stands there and nowhere else), and how it is founded."""
