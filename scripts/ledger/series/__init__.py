"""What is told of many tasks or days: a plan on a day, what became of each checkpoint, units' figures, briefs, money, meetings, what happened in public."""
