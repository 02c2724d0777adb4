"""Where a text goes on in the next line."""

from backprop_gui.drawing.widths import width


def lines_of(text: str, size: float, room: float) -> list[str]:
    """Return a text in lines that are at most `room` wide, broken at spaces where there are some.

    Its letters have a size; one letter has a line in any case.
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and width(lines[-1] + letter, size) > room:
                lines.append("")
            lines[-1] += letter
    return lines
