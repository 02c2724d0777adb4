"""The colours of a GIF: those of areas as they are, and for smooth edges the nearest of others.

So a tint that means a value is the same in each frame, and the one that was meant.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 255  # and one more for what is transparent between frames
_MOST_OF_AREAS = 160
_OUTLIERS = 60  # rare colours that are kept where there are too many
_NEAR = 24  # the squared distance of colours that look the same where there are too many
_LEAST_SHARE = 0.0002  # of a frame's pixels, that make an area


class Palette:
    """A few colours for many frames."""

    def __init__(self, frames: Iterable[Any]) -> None:
        """Choose the colours for Pillow's images; all have one size."""
        shares: dict[int, float] = {}
        edges = []
        for frame in frames:
            found, counts = np.unique(_packed(frame), return_counts=True)
            for colour, count in zip(found.tolist(), counts.tolist(), strict=True):
                shares[colour] = max(shares.get(colour, 0.0), count / counts.sum())
            edges.append(found)
        areas = sorted((c for c in shares if shares[c] >= _LEAST_SHARE), key=lambda c: -shares[c])
        self._edges = np.unique(np.concatenate(edges))
        self._areas = areas
        if len(areas) > _MOST_OF_AREAS:
            few = _apart(areas)[:_MOST_OF_AREAS]
            self._areas = few + _farthest(self._edges, few, _OUTLIERS)

    @cached_property
    def colours(self) -> NDArray[np.int64]:
        """The colours, red, green and blue, of shape (n, 3)."""
        from PIL import Image

        rest = _unpacked(self._edges).astype(np.uint8)[np.newaxis]
        few = Image.fromarray(rest).quantize(MOST - len(self._areas)).getpalette() or []
        others = np.array(few, dtype=np.int64).reshape(-1, 3)
        return np.concatenate([_unpacked(np.array(self._areas)), others])[:MOST]

    def applied(self, frame: Any) -> Any:
        """Return Pillow's image in these colours, each pixel in the one that is nearest."""
        from PIL import Image

        found, places = np.unique(_packed(frame), return_inverse=True)
        nearest = np.empty(len(found), dtype=np.uint8)
        for start in range(0, len(found), 2048):
            some = _unpacked(found[start : start + 2048])
            distances = ((some[:, np.newaxis] - self.colours) ** 2).sum(axis=2)
            nearest[start : start + 2048] = distances.argmin(axis=1)
        made = Image.fromarray(nearest[places].reshape(frame.height, frame.width), "P")
        made.putpalette(self.colours.astype(np.uint8).tobytes())
        return made


def _apart(colours: list[int]) -> list[int]:
    """Return colours without those that the eye can hardly tell from an earlier one.

    So the shades of a colour map leave room for what is drawn on it.
    """
    kept: list[int] = []
    for colour, parts in zip(colours, _unpacked(np.array(colours)), strict=True):
        others = _unpacked(np.array(kept, dtype=np.int64))
        if not kept or ((others - parts) ** 2).sum(axis=1).min() > _NEAR:
            kept.append(colour)
    return kept


def _farthest(colours: NDArray[np.int64], others: list[int], count: int) -> list[int]:
    """Return so many colours, each the one that is farthest from all others and those before it.

    So a rare colour, such as the end of a legend, is not taken for another.
    """
    parts, found = _unpacked(colours), list(others)
    away = np.full(len(colours), np.iinfo(np.int64).max)
    for colour in found:
        away = np.minimum(away, ((parts - _unpacked(np.array(colour))) ** 2).sum(axis=1))
    for _ in range(count):
        found.append(int(colours[away.argmax()]))
        away = np.minimum(away, ((parts - parts[away.argmax()]) ** 2).sum(axis=1))
    return found[len(others) :]


def _packed(frame: Any) -> NDArray[np.int64]:
    """Return the pixels of a frame, one number each."""
    pixels = np.asarray(frame, dtype=np.int64).reshape(-1, 3)
    packed: NDArray[np.int64] = pixels @ np.array([1 << 16, 1 << 8, 1])
    return packed


def _unpacked(colours: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=-1)
