"""The program: its start, its end, and what it does when it fails."""
