"""What the testimony must keep: one generator per rule; its docstring is the rule, in Chinese.  `record_checks` lists them all."""
