"""The domain, pure: what the facts mean.  No files, no clock, no git, no other room."""
