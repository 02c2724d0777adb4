"""How the lesson's shapes become pixels, and in which colours."""
