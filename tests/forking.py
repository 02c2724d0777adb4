"""Processes that begin with the program's libraries loaded.

To start Python and to import Qt and the window takes most of the time of a short process. Here one
process does so once, and each that is wanted is forked from it, with its own arguments, environment
and pipes. `Process` is what a test needs of subprocess.Popen.

That is so on Linux; elsewhere the system's libraries do not bear a fork, and Python is started.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

# Loads what is named, reads orders from its socket and forks. It tells the number of each process
# that begins, and the number and the exit code of each that ends.
ORIGIN = """
import importlib, json, os, select, signal, socket, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
orders = socket.socket(fileno=int(sys.argv[1]))
wake, woken = os.pipe()
for end in (wake, woken):
    os.set_blocking(end, False)
signal.set_wakeup_fd(woken)
signal.signal(signal.SIGCHLD, lambda *_: None)
def reap():
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        orders.send(json.dumps([child, os.waitstatus_to_exitcode(status)]).encode())
while True:
    ready, _, _ = select.select([orders, wake], [], [])
    if wake in ready:
        os.read(wake, 512)
        reap()
    if orders in ready:
        order, pipes, _, _ = socket.recv_fds(orders, 1 << 20, 2)
        if not order:
            os._exit(0)
        child = os.fork()
        if not child:
            break
        for pipe in pipes:
            os.close(pipe)
        orders.send(json.dumps([child, None]).encode())
signal.set_wakeup_fd(-1)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
orders.close()
os.close(wake)
os.close(woken)
for number, pipe in enumerate(pipes, start=1):
    os.dup2(pipe, number)
    os.close(pipe)
program, arguments, environment = json.loads(order)
os.environ.clear()
os.environ.update(environment)
sys.argv[:] = ["-c", *arguments]
exec(compile(program, "<string>", "exec"), {"__name__": "__main__"})
"""


class Origin:
    """The process that the others are forked from, with these modules loaded."""

    def __init__(self, *loaded: str) -> None:
        self._codes: dict[int, int] = {}
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, "-c", ORIGIN, str(theirs.fileno()), *loaded],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def end(self) -> None:
        """End it; whoever was forked from it has ended before."""
        self._orders.close()
        self._process.wait(20)

    def start(self, program: str, *arguments: str, env: dict[str, str]) -> "Process":
        """Begin a program, its text given, as `python -c` does."""
        (output, their_output), (errors, their_errors) = os.pipe(), os.pipe()
        order = json.dumps([program, arguments, env]).encode()
        socket.send_fds(self._orders, [order], [their_output, their_errors])
        os.close(their_output)
        os.close(their_errors)
        while (begun := self._begun()) is None:
            continue
        self._codes.pop(begun, None)  # of one that had the same number
        return Process(begun, output, errors, self._code)

    def _begun(self) -> int | None:
        """Take one message in; return the number of the process if it tells that one has begun."""
        number, code = json.loads(self._orders.recv(1000))
        if code is None:
            return int(number)
        self._codes[number] = code
        return None

    def _code(self, number: int, timeout: float) -> int | None:
        """Return the code with which a process has ended, or None if it goes on until then."""
        deadline = time.monotonic() + timeout
        while number not in self._codes:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([self._orders], [], [], left)[0]:
                return None
            self._begun()
        return self._codes[number]


class PlainOrigin(Origin):
    """Starts Python each time."""

    def __init__(self, *_loaded: str) -> None:
        pass

    def end(self) -> None:
        pass

    def start(self, program: str, *arguments: str, env: dict[str, str]) -> "Process":
        begun = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        pipes = os.dup(begun.stdout.fileno()), os.dup(begun.stderr.fileno())
        begun.stdout.close()
        begun.stderr.close()

        def code(_number: int, timeout: float) -> int | None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return begun.wait(timeout)
            return None

        return Process(begun.pid, *pipes, code)


def origin(*loaded: str) -> Origin:
    """Return what processes with these modules are started from."""
    return Origin(*loaded) if sys.platform == "linux" else PlainOrigin()


class Process:
    """One that was forked."""

    def __init__(
        self, pid: int, output: int, errors: int, code: Callable[[int, float], int | None]
    ) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._code = code
        self._pipes = {"output": output, "errors": errors}
        self._read = {"output": b"", "errors": b""}

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def poll(self) -> int | None:
        return self._ended(0)

    def wait(self, timeout: float) -> int:
        if self._ended(timeout) is None:
            raise subprocess.TimeoutExpired("a forked process", timeout)
        return self.returncode

    def readline(self, timeout: float) -> str:
        """Return the next line of the output, or what there is where it ends or takes too long."""
        deadline = time.monotonic() + timeout
        while b"\n" not in self._read["output"] and "output" in self._pipes:
            if not self._read_on(deadline):
                break
        line, end, self._read["output"] = self._read["output"].partition(b"\n")
        return (line + end).decode()

    def communicate(self, timeout: float) -> tuple[str, str]:
        """Return what is left of output and errors when the process has ended."""
        deadline = time.monotonic() + timeout
        while self._pipes:
            if not self._read_on(deadline):
                raise subprocess.TimeoutExpired("a forked process", timeout)
        self.wait(max(0.1, deadline - time.monotonic()))
        return self._read["output"].decode(), self._read["errors"].decode()

    def close(self) -> None:
        """End it in any case."""
        self.kill()
        self._ended(20)
        for pipe in self._pipes.values():
            os.close(pipe)
        self._pipes.clear()

    def _ended(self, timeout: float) -> int | None:
        if self.returncode is None:
            self.returncode = self._code(self.pid, timeout)
        return self.returncode

    def _read_on(self, deadline: float) -> bool:
        left = max(0, deadline - time.monotonic())
        ready = select.select(list(self._pipes.values()), [], [], left)[0]
        for name, pipe in list(self._pipes.items()):
            if pipe in ready:
                part = os.read(pipe, 1 << 16)
                self._read[name] += part
                if not part:
                    os.close(self._pipes.pop(name))
        return bool(ready)
