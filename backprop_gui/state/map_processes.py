"""The ends of many runs, computed by a process for each core where that takes a while.

A process of ours is this program, started again with the word `programs.SERVE`. It reads a line
that says what starts there are, and then, line by line, which of them it has to follow to their
ends; it answers with the bytes of `Ends`. It loads no Qt, and ends when its input does.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import SimpleQueue
from typing import NamedTuple, NoReturn

from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.start_map import Ends, Starts, ends_of
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.methods import method_of
from backprop_gui.system import programs

_ALONE_S = 0.2  # what is done by then is not worth another process
_MOST_PROCESSES = 32
_AHEAD = 4  # pieces for each process that wait, or wait to be written
_PIECE = 256  # starts, at the most
_PIECE_S = 0.004  # in which this process computes a piece
_PATIENCE_S = 0.02  # in which another process computes one before nothing is yielded
_POLITE = 10  # how much later than a window another process gets a core, as `os.nice` counts


def pieces(
    setup: Setup,
    starts: Starts,
    processes: int = 0,
    limit: int = MOST_ITERATIONS,
    *,
    is_polite: bool = False,
) -> Generator[Ends, None, None]:
    """Yield the ends of the runs from all starts, in order, some at a time.

    It takes so many processes, or one for each core; polite ones leave the cores to a window.
    While they compute it yields no ends from time to time, so that it can be given up. Whoever does
    not read to the end has to close it, which ends them.
    """
    processes = processes or _cores()
    begun, done = time.monotonic(), 0
    alone = _alone(setup, starts, range(starts.total), limit)
    while done < starts.total and (processes == 1 or time.monotonic() - begun < _ALONE_S):
        ends = next(alone)
        yield ends
        done += len(ends)
    if done < starts.total:
        order = _Order(setup, starts, limit, _POLITE if is_polite else 0)
        yield from _shared(order, done, processes)


def _cores() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    count = len(allowed(0)) if allowed else os.cpu_count() or 1
    return min(count, _MOST_PROCESSES)


class _Order(NamedTuple):
    """What our processes have to know before the first piece; `nice` as `os.nice` takes it."""

    setup: Setup
    starts: Starts
    limit: int = MOST_ITERATIONS
    nice: int = 0

    def to_json(self) -> str:
        """Return it in one line, for another process."""
        return json.dumps([as_values(self.setup), *self[1:]])

    @staticmethod
    def from_json(text: bytes) -> "_Order":
        """Return what `to_json` gave."""
        setup, (w1s, w2s), *others = json.loads(text)
        if "method" in setup:
            setup["method"] = method_of(setup["method"])
        return _Order(Setup(**setup), Starts(tuple(w1s), tuple(w2s)), *others)


def _alone(setup: Setup, starts: Starts, wanted: range, limit: int) -> Iterator[Ends]:
    """Yield the ends of some starts, computed here, every few milliseconds."""
    done, size = wanted.start, 1
    while done < wanted.stop:
        begun = time.monotonic()
        piece = range(done, min(done + size, wanted.stop))
        ends = ends_of(setup, starts, piece, limit)
        is_quick = time.monotonic() - begun < _PIECE_S / 2
        done, size = piece.stop, 2 * size if is_quick else max(1, size // 2)
        yield ends


def _piece(first: int, total: int, processes: int) -> range:
    """Return the next starts: few where there are few, so that each process has some."""
    size = min(_PIECE, max(1, (total - first) // (2 * _AHEAD * processes)))
    return range(first, min(first + size, total))


def _shared(order: _Order, first: int, processes: int) -> Generator[Ends, None, None]:
    setup, starts, limit, _nice = order
    started: list[_Process] = []
    idle: SimpleQueue[_Process] = SimpleQueue()

    def computed(piece: range) -> Ends | None:
        process = idle.get()
        try:
            return process.ends(piece)
        finally:
            idle.put(process)

    threads = ThreadPoolExecutor(processes)
    waiting = deque[tuple[range, Future[Ends | None]]]()
    try:
        for _number in range(processes):
            started.append(_Process(order))
            idle.put(started[-1])
        while first < starts.total or waiting:
            while first < starts.total and len(waiting) < _AHEAD * processes:
                piece = _piece(first, starts.total, processes)
                waiting.append((piece, threads.submit(computed, piece)))
                first = piece.stop
            piece, answer = waiting.popleft()
            while not wait([answer], _PATIENCE_S).done:
                yield Ends()
            # A process that could not be started, or was ended by somebody, leaves it to this one.
            found = answer.result()
            yield from [found] if found else _alone(setup, starts, piece, limit)
    finally:
        for process in started:
            process.end()
        threads.shutdown(cancel_futures=True)
        for process in started:
            process.close()


class _Process:
    """One of our processes. One thread at a time talks with it."""

    def __init__(self, order: _Order) -> None:
        self._said = f"{order.to_json()}\n".encode()  # with the first piece
        self._child = started()

    def ends(self, piece: range) -> Ends | None:
        """Return the ends of the runs from these starts, or None where the process is gone."""
        if self._child is None or not (self._child.stdin and self._child.stdout):
            return None
        try:
            self._child.stdin.write(self._said + f"{piece.start} {piece.stop}\n".encode())
            self._child.stdin.flush()
            answer = self._child.stdout.read(Ends.SIZE * len(piece))
        except OSError:
            return None
        self._said = b""
        return Ends.from_bytes(answer) if len(answer) == Ends.SIZE * len(piece) else None

    def end(self) -> None:
        """End the process, whatever it does; a thread that waits for its answer gets None."""
        if self._child:
            self._child.kill()
            self._child.wait()

    def close(self) -> None:
        """Close the pipes, when no thread talks with it any more."""
        if self._child and self._child.stdin and self._child.stdout:
            self._child.stdout.close()
            with suppress(OSError):  # what was not sent cannot be
                self._child.stdin.close()


def started(words: Sequence[str] = ()) -> "subprocess.Popen[bytes] | None":
    """Return one of our processes, which has just begun, or None where there can be no more."""
    try:
        return subprocess.Popen(  # noqa: S603 - our own words, and no shell
            words or [*programs.ourselves(), programs.SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=programs.surroundings(),
        )
    except OSError:
        return None


def serve() -> NoReturn:
    """Be one of these processes."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it in silence
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    setup, starts, limit, nice = _Order.from_json(source.readline())
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    asked: SimpleQueue[range] = SimpleQueue()

    def read() -> None:
        for words in source:
            asked.put(range(*map(int, words.split())))
        os._exit(0)  # the other process has left, perhaps in the middle of a piece

    threading.Thread(target=read, daemon=True).start()
    while True:
        sink.write(ends_of(setup, starts, asked.get(), limit).to_bytes())
        sink.flush()
