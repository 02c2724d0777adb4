"""What may stand in the place of a file, and is none, or none to be read whole."""

import os
import socket
from pathlib import Path


def odd(path: Path, kind: str) -> None:
    """Put something that is no file in the place of one."""
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(str(path))
        case "links in a circle":
            path.symlink_to(path)
        case "link to nowhere":
            path.symlink_to(path.with_name("nowhere"))
        case "link to a pipe":
            os.mkfifo(path.with_name("some pipe"))
            path.symlink_to(path.with_name("some pipe"))
        case "endless":
            path.symlink_to("/dev/zero")
        case "huge":
            with path.open("wb") as stream:
                stream.truncate(10 << 30)


ODD = (
    "pipe", "folder", "socket", "links in a circle", "link to nowhere", "link to a pipe", "endless",
    "huge",
)  # fmt: skip
