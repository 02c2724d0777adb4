"""Worked examples to hand out, in four formats."""
