"""Two states of the data side by side: what the guard refuses, what the log says, what the public will see change."""
