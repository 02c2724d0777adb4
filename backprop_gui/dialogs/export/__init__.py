"""Dialogs that ask how to export something; each makes an order of it."""
