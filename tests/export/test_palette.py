"""The few colours of a GIF."""

from PIL import Image, ImageDraw

from backprop_gui.export.palette import Palette
from backprop_gui.paint.colour_map import colours

BLUE, RARE = (0, 114, 178), (255, 234, 70)


def test_shades_of_a_colour_map_leave_room_for_what_is_drawn_on_it() -> None:
    frame = Image.new("RGB", (500, 400), "white")
    draw = ImageDraw.Draw(frame)
    for number, colour in enumerate(colours()[:230]):
        draw.rectangle((2 * number, 20, 2 * number + 1, 399), colour.getRgb()[:3])
    for number in range(200):  # smooth edges
        frame.putpixel((number, 0), (number, 255 - number, number // 2))
    draw.rectangle((100, 100, 103, 160), BLUE)
    frame.putpixel((480, 5), RARE)
    made = Palette([frame]).applied(frame).convert("RGB")
    assert made.getpixel((101, 130)) == BLUE
    assert made.getpixel((480, 5)) == RARE
    for x in range(0, 460, 10):
        was, seen = frame.getpixel((x, 300)), made.getpixel((x, 300))
        assert max(abs(a - b) for a, b in zip(was, seen, strict=True)) <= 6
