"""Which pages a site has: where each stands, what it is called, what its head says of it, how it is cited.  Decides, writes nothing."""
