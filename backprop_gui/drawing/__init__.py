"""A moment as shapes in logical units."""
