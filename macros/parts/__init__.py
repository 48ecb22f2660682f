"""What stands on several pages, each part in a module of its own: from the engine's values to finished rows or HTML."""
