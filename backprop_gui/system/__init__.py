"""What the machine and Python give."""
