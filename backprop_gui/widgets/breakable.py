"""Texts that may hold words longer than a line, such as the names of files."""

import re

_LONGEST = 24  # characters that stay together
_LONG = re.compile(rf"\S{{{_LONGEST}}}(?=\S)")
_ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str) -> str:
    """Return the text with places, not to be seen, at which a long word may go to a new line."""
    return _LONG.sub(lambda found: found[0] + _ZERO_WIDTH_SPACE, text)
