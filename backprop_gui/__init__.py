"""Backprop: see, step through and check back-propagation, number by number."""

__version__ = "0.1.0"
