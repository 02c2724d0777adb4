"""A thread for work that takes a while, such as an export: one job at a time."""

import time

from PySide6.QtCore import QObject, Qt, QThread, Signal

from backprop_gui.system.job import Job

_REPORT_S = 0.05  # between two reports that are shown
_BREATH_S = 0.0002  # in which the window gets hold of Python's lock


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """The person does not want the result any more."""


class _Thread(QThread):
    """One job. Signals: progressed(int, int), as in `Worker`."""

    progressed = Signal(object, object)

    def __init__(self, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self._job = job
        self._is_cancelled = False
        self._reported_at = 0.0
        self.failure: Exception | None = None

    def cancel(self) -> None:
        """Have the job end with its next report."""
        self._is_cancelled = True

    def run(self) -> None:
        """Do the job. Runs in the thread."""
        try:
            self._job(self._report)
        except Exception as error:  # noqa: BLE001 - the window shows it, whatever it is
            self.failure = error

    def _report(self, done: int, total: int) -> None:
        if self._is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_S or done == total:
            self._reported_at = now
            self.progressed.emit(done, total)
        time.sleep(_BREATH_S)


class Worker(QObject):
    """Does jobs in a thread. Whoever has one calls `end` before it goes.

    Python runs one thread at a time, so a job has to report every few milliseconds: it then
    leaves the window a moment. Without that the window waits a quarter of a second.

    Signals:
        progressed(int, int): so much is done, of so much.
        ended(object): the job is over; None, the exception that ended it, or Cancelled.
    """

    progressed = Signal(object, object)  # of any size: a Qt int ends at 2^31
    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a job is being done."""
        return self._thread is not None

    def start(self, job: Job) -> None:
        """Begin a job; it is called with what to report progress to, which may end it.

        Raises RuntimeError while another one is being done.
        """
        if self._thread:
            raise RuntimeError("one job at a time")
        self._thread = _Thread(job, self)
        self._thread.progressed.connect(self.progressed)
        self._thread.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def cancel(self) -> None:
        """Have the job end soon; `ended` says when."""
        if self._thread:
            self._thread.cancel()

    def end(self) -> None:
        """Cancel the job; when this returns the thread is gone."""
        if self._thread:
            self._thread.cancel()
            self._clear(self._thread)

    def _on_finished(self) -> None:
        # The thread of a former job, ended since, may still say so.
        if self._thread and self._thread.isFinished():
            failure = self._thread.failure
            self._clear(self._thread)
            self.ended.emit(failure)

    def _clear(self, thread: _Thread) -> None:
        self._thread = None
        thread.wait()
        thread.deleteLater()
