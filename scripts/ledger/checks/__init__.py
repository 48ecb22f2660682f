"""What the data must keep: one generator for each rule; its docstring is the rule, in Chinese."""
