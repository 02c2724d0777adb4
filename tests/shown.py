"""A number's text as it is shown, as Python reads it; written by hand, as an oracle."""

import re

RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(RAISED, "-0123456789")


def typed(text: str) -> str:
    """Return a text with its numbers as Python reads them: -4.986e-5 for −4.986·10⁻⁵."""
    text = re.sub(rf"(?<![\d.·])10(?=[{RAISED}])", "1·10", text).replace("−", "-")
    return re.sub(rf"·10([{RAISED}]+)", lambda found: f"e{found[1].translate(_PLAIN)}", text)
