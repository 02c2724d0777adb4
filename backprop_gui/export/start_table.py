"""The ends of the runs from many starts, as a table: a row for each start, w1 fastest."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import KINDS, Ends, Starts
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.moment import START
from backprop_gui.lesson.numbers import exact
from backprop_gui.lesson.surface import Region
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment, line

COLUMNS = ("w1", "w2", "iterations", "stopped", "w1_end", "w2_end")


def save_csv(starts: Starts, pieces: Iterable[Ends], path: Path) -> None:
    """Write the table; every number gives its double back. `pieces` are all ends, in order.

    It has these columns alone, and so no restore line. Raises OSError.
    """
    with files.replacing(path) as stream:
        stream.write(f"{','.join(COLUMNS)}\n".encode())
        for rows in _rows(starts, pieces):
            lines = [
                f"{w1},{w2},{iterations},{stopped},{exact(w1_end)},{exact(w2_end)}\n"
                for w1, w2, iterations, stopped, w1_end, w2_end in rows
            ]
            stream.write("".join(lines).encode())


def save_json(
    setup: Setup, region: Region, starts: Starts, pieces: Iterable[Ends], path: Path
) -> None:
    """Write the same as one JSON object. Raises OSError."""
    head = {
        "backprop": line(Experiment(setup, START)),
        "setup": as_values(setup),
        "range_w1": region[:2],
        "range_w2": region[2:],
        "size": (len(starts.w1s), len(starts.w2s)),
    }
    with files.replacing(path) as stream:
        opening = json.dumps(head, indent=2, allow_nan=False).removesuffix("\n}")
        stream.write(f'{opening},\n  "starts": ['.encode())
        comma = ""
        for rows in _rows(starts, pieces):
            lines = [
                f'\n    {{"w1": {w1}, "w2": {w2}, "iterations": {iterations}, '
                f'"stopped": "{stopped}", "w1_end": {w1_end}, "w2_end": {w2_end}}}'
                for w1, w2, iterations, stopped, w1_end, w2_end in rows
            ]
            stream.write(f"{comma}{','.join(lines)}".encode())
            comma = ","
        stream.write(b"\n  ]\n}\n")


_Row = tuple[str, str, int, str, float, float]


def _rows(starts: Starts, pieces: Iterable[Ends]) -> Iterator[Iterator[_Row]]:
    """Yield the rows of each piece; the numbers of the grid are texts, made once."""
    w1s, w2s = (tuple(map(exact, axis)) for axis in starts)
    pairs = ((w1, w2) for w2 in w2s for w1 in w1s)
    words = [stop.value for stop, _is_settled in KINDS]
    for ends in pieces:
        columns = zip(ends.iterations, ends.kinds, ends.w1, ends.w2, strict=True)
        # The ends first: where these are through, no start has been taken in vain.
        yield (
            (*start, iterations, words[kind], w1, w2)
            for (iterations, kind, w1, w2), start in zip(columns, pairs, strict=False)
        )
