"""Files that a person takes home."""
