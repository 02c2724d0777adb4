"""The one owner of state."""
