"""What follows from the plan alone: when a cell is due, the official text put together again, one line for each place."""
