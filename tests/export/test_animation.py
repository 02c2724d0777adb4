"""Animations, opened by Pillow and ffprobe."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export import formats
from backprop_gui.export.animation import _as_pillow, write_animation
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, Picture, moment_picture
from backprop_gui.export.render import image
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT, interface_font
from backprop_gui.system.job import unheard
from tests.export.conftest import Tool

LINE = "backprop 1: a line"
STEPS = 6


def _written(kind, *, ground=LIGHT.ground, seconds=0.5, loops=0, report=unheard) -> bytes:
    stream = io.BytesIO()
    write_animation(
        stream,
        kind,
        _pictures(),
        1.0,
        ground,
        seconds=seconds,
        loops=loops,
        line=LINE,
        report=report,
    )
    return stream.getvalue()


def _pictures() -> list[Picture]:
    run = Run(Setup())
    return [
        moment_picture(
            What.NETWORK,
            moment_at(run, Position(1, step)),
            QSizeF(480, 270),
            Look(),
            interface_font(),
        )
        for step in range(1, STEPS + 1)
    ]


@pytest.mark.parametrize("kind", [formats.GIF, formats.WEBP, formats.APNG])
def test_there_is_a_frame_for_each_position(qtbot: QtBot, kind) -> None:
    read = Image.open(io.BytesIO(_written(kind)))
    assert read.n_frames == STEPS
    assert read.size == (480, 270)
    frames = []
    for place in range(STEPS):
        read.seek(place)
        read.load()
        assert read.info["duration"] == 500
        frames.append(read.convert("RGB").tobytes())
    assert len(set(frames)) == STEPS


@pytest.mark.parametrize(("loops", "gif"), [(0, 0), (1, None), (3, 2)])
def test_it_is_shown_as_often_as_is_asked_for(qtbot: QtBot, loops: int, gif: int | None) -> None:
    assert Image.open(io.BytesIO(_written(formats.GIF, loops=loops))).info.get("loop") == gif
    for kind in (formats.WEBP, formats.APNG):
        assert Image.open(io.BytesIO(_written(kind, loops=loops))).info["loop"] == loops


def test_the_line_is_in_the_metadata(qtbot: QtBot) -> None:
    assert Image.open(io.BytesIO(_written(formats.GIF))).info["comment"] == LINE.encode()
    assert LINE.encode() in Image.open(io.BytesIO(_written(formats.WEBP))).info["xmp"]
    assert Image.open(io.BytesIO(_written(formats.APNG))).text["Backprop"] == LINE


@pytest.mark.parametrize("kind", [formats.WEBP, formats.APNG])
def test_without_a_ground_it_can_be_seen_through(qtbot: QtBot, kind) -> None:
    read = Image.open(io.BytesIO(_written(kind, ground=None))).convert("RGBA")
    assert read.getpixel((0, 0))[3] == 0


def test_a_gif_has_the_drawing_s_colours(qtbot: QtBot) -> None:
    gif, png = (
        Image.open(io.BytesIO(_written(kind))).convert("RGB")
        for kind in (formats.GIF, formats.APNG)
    )
    for x in range(0, 480, 7):
        for y in range(0, 270, 7):
            pairs = zip(gif.getpixel((x, y)), png.getpixel((x, y)), strict=True)
            assert all(abs(one - other) < 24 for one, other in pairs), (x, y)


def _drawn(picture: Picture) -> Image.Image:
    return _as_pillow(image(picture, 1.0, LIGHT.ground))


def _most_common(frame: Image.Image) -> set[tuple[int, int, int]]:
    """The colours of the frame's areas."""
    counts = frame.convert("RGB").getcolors(frame.width * frame.height)
    return {colour for count, colour in counts if count > 0.002 * frame.width * frame.height}


@pytest.mark.parametrize("kind", [formats.GIF, formats.WEBP, formats.APNG])
def test_a_tint_is_the_drawing_s_own_in_every_frame(qtbot: QtBot, kind) -> None:
    read = Image.open(io.BytesIO(_written(kind)))
    for place, picture in enumerate(_pictures()):
        drawn = _drawn(picture)
        read.seek(place)
        frame = read.convert("RGB")
        areas = _most_common(drawn)
        assert len(areas) >= 3
        for y in range(0, 270, 3):
            for x in range(0, 480, 3):
                if drawn.getpixel((x, y)) in areas:
                    assert frame.getpixel((x, y)) == drawn.getpixel((x, y))


def test_a_tint_hardly_drifts_in_a_video(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    path = tmp_path / "a.mp4"
    tool("ffmpeg", "-version")
    path.write_bytes(_written(formats.MP4))
    tool("ffmpeg", "-v", "error", "-i", path, tmp_path / "%02d.png")
    frames = [Image.open(each).convert("RGB") for each in sorted(tmp_path.glob("*.png"))]
    drawn = [_drawn(picture) for picture in _pictures()]
    before = drawn[-1]
    place = next(
        (x, y)
        for x in range(8, 470)
        for y in range(8, 260)
        if before.getpixel((x, y)) != (255, 255, 255)
        and len({d.crop((x - 4, y - 4, x + 5, y + 5)).tobytes() for d in drawn[1:]}) == 1
        and len(before.crop((x - 4, y - 4, x + 5, y + 5)).getcolors()) == 1
        and before.getpixel((x, y)) != drawn[0].getpixel((x, y))  # known from the second step on
    )
    wanted = before.getpixel(place)
    for frame in frames[len(frames) // STEPS :]:
        pairs = zip(frame.getpixel(place), wanted, strict=True)
        assert all(abs(one - other) <= 5 for one, other in pairs)


def test_a_video_has_the_length_the_size_and_the_line(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    tool("ffmpeg", "-version")
    path = tmp_path / "a.mp4"
    path.write_bytes(_written(formats.MP4))
    shown = "format=duration:format_tags=comment:stream=width,height,codec_name"
    said = tool("ffprobe", "-v", "error", "-show_entries", shown, "-of", "json", path)
    found = json.loads(said)
    assert found["streams"][0] == {"codec_name": "h264", "width": 480, "height": 270}
    assert float(found["format"]["duration"]) == pytest.approx(3.0, abs=0.1)
    assert found["format"]["tags"]["comment"] == LINE


@pytest.mark.parametrize("kind", [formats.GIF, formats.WEBP, formats.APNG, formats.MP4])
def test_it_ends_where_the_report_says_so(qtbot: QtBot, kind, tool: Tool) -> None:
    if kind is formats.MP4:
        tool("ffmpeg", "-version")
    seen: list[int] = []

    def report(done: int, _total: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        _written(kind, report=report)
    assert len(seen) == 3
