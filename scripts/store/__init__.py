"""Files and repositories: YAML read as text with its lines, a data folder loaded, git asked, folders swapped whole."""
