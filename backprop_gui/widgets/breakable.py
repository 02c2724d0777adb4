"""Texts that may hold words longer than a line, such as the names of files."""

import re

_LONGEST = 24  # characters that stay together
_JOINED = "\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"  # to what is before it
_LONG = re.compile(rf"\S{{{_LONGEST}}}(?<!\u200d)(?=[^\s{_JOINED}])")
_ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str) -> str:
    """Return the text with places, not to be seen, at which a long word may go to a new line."""
    return _LONG.sub(lambda found: found[0] + _ZERO_WIDTH_SPACE, text)
