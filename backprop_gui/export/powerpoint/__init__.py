"""Slides as native PowerPoint shapes."""
