"""Worked examples as documents to hand out."""
