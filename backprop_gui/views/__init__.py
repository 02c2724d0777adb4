"""Widgets that show a moment and report what the person did. They do not know each other."""
