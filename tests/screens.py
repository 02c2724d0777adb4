"""X servers of a test's own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

LIMIT_S = 60.0


@contextmanager
def x_server(size: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """Start an X server that nobody else uses; yield it and the name of its display.

    It must not reset when its last client leaves: whoever comes meanwhile is turned away, and a
    program that looks for a window leaves many times a second.
    """
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24"]
    command += ["-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as told:  # written when the server is ready, and no sooner
            yield server, f":{told.readline().strip()}"
    finally:
        server.terminate()
        try:
            server.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
