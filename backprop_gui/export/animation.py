"""Animations: a picture for each position, one after the other. Pillow writes them, or ffmpeg."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtGui import QImage

from backprop_gui.export import formats, render
from backprop_gui.export.formats import Format
from backprop_gui.export.metadata import xmp
from backprop_gui.export.picture import Picture
from backprop_gui.system import programs
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

_SAMPLES = 20  # frames from which the colours of a GIF are chosen
_MOST_SECONDS = 655.0  # that a GIF can count
_LEAST_FPS, _MOST_FPS = 10.0, 50.0  # with fewer, players jump badly
_VIDEO = "-f rawvideo -pixel_format rgb24 -video_size {w}x{h} -framerate {rate} -i -"
_EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2"  # its colours are for two pixels by two
# Fine enough that a tint which means a value is one colour in each frame, and said to be in the
# colours of HD: unsaid, players take them for others.
_AS = (
    "-preset veryfast -tune animation -crf 10 -pix_fmt yuv420p -movflags +faststart "
    "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv "
    "-vf fps={fps:g},scale=out_color_matrix=bt709:out_range=tv,"
)


def write_animation(
    stream: BinaryIO,
    kind: Format,
    pictures: Sequence[Picture],
    scale: float,
    ground: str | None,
    *,
    seconds: float,
    loops: int,
    line: str,
    report: Report,
) -> None:
    """Write pictures as GIF, WebP, animated PNG or MP4.

    Each is shown for `seconds`; the whole is shown `loops` times, 0 is without end. `ground` is
    a colour, or None for a transparent one where the format has that. Raises OSError.
    """
    frames = _Frames(pictures, scale, ground, report)
    if kind is formats.MP4:
        _write_video(stream, frames, seconds, line)
        return
    duration = round(1000 * min(seconds, _MOST_SECONDS))
    write = {formats.GIF: _write_gif, formats.WEBP: _write_webp}.get(kind, _write_apng)
    write(stream, frames, line, {"save_all": True, "duration": duration}, loops)


def _write_gif(
    stream: BinaryIO, frames: "_Frames", line: str, options: dict[str, Any], loops: int
) -> None:
    made = frames.with_palette()
    if loops != 1:
        options["loop"] = max(0, loops - 1)  # how often it is shown again
    options |= {"comment": line.encode(), "disposal": 1, "optimize": False}
    next(made).save(stream, "GIF", append_images=made, **options)


def _write_webp(
    stream: BinaryIO, frames: "_Frames", line: str, options: dict[str, Any], loops: int
) -> None:
    made = iter(frames)
    options |= {"lossless": True, "quality": 20, "method": 2, "loop": loops}
    next(made).save(stream, "WEBP", append_images=made, xmp=xmp("", line), **options)


def _write_apng(
    stream: BinaryIO, frames: "_Frames", line: str, options: dict[str, Any], loops: int
) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text(render.PNG_KEY, line)
    options |= {"loop": loops, "compress_level": 3}
    first = next(iter(frames))
    # Pillow goes through the others twice, first for their sizes alone.
    first.save(stream, "PNG", append_images=frames.others(), pnginfo=info, **options)


class _Frames:
    """The frames, made one by one as they are asked for, again each time."""

    def __init__(
        self, pictures: Sequence[Picture], scale: float, ground: str | None, report: Report
    ) -> None:
        self._pictures = pictures
        self._scale = scale
        self._ground = ground
        self._report = report

    def __iter__(self) -> Iterator[Any]:
        """Yield Pillow's images."""
        for done, picture in enumerate(self._pictures, start=1):
            yield _as_pillow(self.image(picture), has_alpha=self._ground is None)
            self._report(done, len(self._pictures))

    def others(self) -> "_Frames":
        """Return all but the first."""
        return _Frames(self._pictures[1:], self._scale, self._ground, self._report)

    def with_palette(self) -> Iterator[Any]:
        """Yield Pillow's images in the same few colours, as GIF has them."""
        from backprop_gui.export.palette import Palette

        step = max(1, len(self._pictures) // _SAMPLES)
        samples = (*self._pictures[::step], self._pictures[-1])
        palette = Palette(_as_pillow(self.image(picture)) for picture in samples)
        for frame in self:
            yield palette.applied(frame)

    def image(self, picture: Picture) -> QImage:
        """Return the pixels of a picture."""
        return render.image(picture, self._scale, self._ground)

    def raw(self) -> Iterator[tuple[tuple[int, int], bytes]]:
        """Yield the size of each frame and its pixels, three bytes each."""
        for done, picture in enumerate(self._pictures, start=1):
            frame = self.image(picture).convertToFormat(QImage.Format.Format_RGB888)
            width, height = frame.width(), frame.height()
            stride, bits = frame.bytesPerLine(), bytes(frame.constBits())
            rows = (bits[y * stride : y * stride + 3 * width] for y in range(height))
            yield (width, height), b"".join(rows)
            self._report(done, len(self._pictures))


def _as_pillow(frame: QImage, *, has_alpha: bool = False) -> Any:
    from PIL import Image

    frame = frame.convertToFormat(QImage.Format.Format_RGBA8888)
    size, bits = (frame.width(), frame.height()), bytes(frame.constBits())
    made = Image.frombuffer("RGBA", size, bits, "raw", "RGBA", frame.bytesPerLine(), 1)
    return made if has_alpha else made.convert("RGB")


def _write_video(stream: BinaryIO, frames: _Frames, seconds: float, line: str) -> None:
    program = programs.found("ffmpeg")
    if program is None:
        raise OSError(formats.problem(formats.MP4))
    made = frames.raw()
    (width, height), first = next(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "video.mp4")  # ffmpeg has to go to and fro in it
        into = _VIDEO.format(w=width, h=height, rate=f"{1 / seconds:.6f}").split()
        fps = min(max(1 / seconds, _LEAST_FPS), _MOST_FPS)
        tail = ["-metadata", f"comment={line}", str(path)]
        command = [
            program,
            "-v",
            "error",
            "-nostdin",
            *into,
            *(_AS.format(fps=fps) + _EVEN).split(),
            *tail,
        ]
        with subprocess.Popen(  # noqa: S603 - our own words, and no shell
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
        ) as ffmpeg:
            try:
                _feed(ffmpeg, first, made)
            except BaseException:
                ffmpeg.kill()
                raise
            _out, said = ffmpeg.communicate()
        if ffmpeg.returncode:
            words = said.decode(errors="replace").strip().splitlines()
            raise OSError(_("ffmpeg failed: {reason}").format(reason=words[-1] if words else "?"))
        with path.open("rb") as video:
            shutil.copyfileobj(video, stream)


def _feed(ffmpeg: "subprocess.Popen[bytes]", first: bytes, rest: Iterator[Any]) -> None:
    if ffmpeg.stdin is None:
        raise OSError(_("ffmpeg takes no pictures"))
    try:
        ffmpeg.stdin.write(first)
        for _size, frame in rest:
            ffmpeg.stdin.write(frame)
    except BrokenPipeError:
        return  # it says why on its other output
