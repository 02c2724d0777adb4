"""The experiment that is worked on as a document: opened, changed, saved, or not saved yet."""

import dataclasses
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMainWindow, QMenu

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import START
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.lesson.samples import SAMPLES, Sample
from backprop_gui.state.keeping import beside_right
from backprop_gui.state.session import Session
from backprop_gui.state.state import Axes
from backprop_gui.storage import experiment_file, files
from backprop_gui.storage.experiment_file import SUFFIX, Document, ExperimentError, View, Work
from backprop_gui.storage.settings import MOST_RECENT, is_path
from backprop_gui.system.foreign import shown
from backprop_gui.system.resources import resource
from backprop_gui.system.texts import _
from backprop_gui.widgets.command import Passing
from backprop_gui.window.gate import Gate
from backprop_gui.window.menus import add

if TYPE_CHECKING:
    from backprop_gui.storage.opening import Opened

_MOST_IN_MENU = 60  # characters of a name, and of its folder


class Unsaved(NamedTuple):
    """Work that is in no file yet, and the file that it belongs to, if any.

    `content` is what was in that file when the program last read or wrote it.
    """

    path: Path | None
    document: Document
    content: bytes = b""


class OpenDocument(QObject):
    """Which file is open, what is saved in it, and what is not.

    What counts as a change is the setup, the kept runs, the person's working and the note: who
    only looks at a run loses nothing. What is being typed is taken before it is asked what is
    changed; `typed` and `typed_working` are the setup and the working with it, for the case that
    nobody can be asked.

    Signals:
        opened(Document): another document is the one that is worked on.
        changed(): its name, or whether it is saved, or its note, is another one.
        said(str): a note on what was done.
        refused(str): a sentence on what could not be done; all is as it was.
    """

    opened = Signal(object)
    changed = Signal()
    said = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        session: Session,
        view: Callable[[], View],
        numerals: Callable[[], Numerals],
        gate: Gate,
        typed: Callable[[], Setup],
        typed_working: Callable[[], OwnWorking],
        window: QMainWindow,
        recent: tuple[str, ...] = (),
        folder: str = "",
    ) -> None:
        super().__init__(window)
        self._session = session
        self._view, self._numerals = view, numerals
        self._gate, self._typed, self._typed_working = gate, typed, typed_working
        self._window = window
        self.recent, self.folder = recent, folder
        self._path: Path | None = None
        self._content = b""  # of the file, when it was last read or written
        self._title = ""
        self._note = ""
        self._saved: Work | None = self._work
        self._told = self._work
        session.state_changed.connect(self._on_state_changed)
        self._on_work_changed()

    @property
    def path(self) -> Path | None:
        """The file that is open, or None where the work has no file."""
        return self._path

    @property
    def note(self) -> str:
        """What is said about the experiment."""
        return self._note

    @property
    def is_changed(self) -> bool:
        """Whether there is work that is not saved."""
        return self._work != self._saved

    @property
    def saved_setup(self) -> Setup:
        """The setup without the changes; the article's where nothing was saved before them."""
        return self._saved.setup if self._saved else Setup()

    @property
    def unsaved(self) -> Unsaved | None:
        """The work that is in no file, or None; a number that is being typed belongs to it."""
        document, typed = self.document(), self._typed()
        working = self._typed_working()
        is_typed = working != document.working
        document = dataclasses.replace(document, working=working)
        if typed != document.setup:
            kept = self._session.kept_next(typed)
            document = dataclasses.replace(document, setup=typed, position=START, kept=kept)
        elif not (is_typed or self.is_changed):
            return None
        return Unsaved(self._path, document, self._content)

    def document(self) -> Document:
        """Return what a file of the present work would hold."""
        session = self._session
        kept = session.state.kept
        working = session.state.working
        return Document(session.setup, session.position, kept, self._view(), self._note, working)

    def new(self) -> None:
        """Begin with the article's setup, unless the person would rather keep the present work."""
        if self.may_discard():
            self._begin(Document())

    def ask_for_file(self) -> None:
        """Ask for a file, and open it."""
        from backprop_gui.dialogs.file_dialog import ask_for_file
        from backprop_gui.export.formats import ALL

        endings = " ".join(f"*{kind.suffix}" for kind in ALL)
        kinds = (
            _("Experiments and exported files (*{suffix} {endings})"),
            _("Experiments (*{suffix})"),
            _("Exported files ({endings})"),
            _("All files (*)"),
        )
        filters = [kind.format(suffix=SUFFIX, endings=endings) for kind in kinds]
        if path := ask_for_file(self._window, _("Open"), self._folder_shown(), filters):
            self.open(path)

    def open(self, path: Path) -> None:
        """Open an experiment, or the one that an exported file carries, or say why not."""
        if self._read(path) and self.may_discard():
            found = self._read(path)  # once more: saving may just have written this very file
            if found:
                self.show(found)

    def show(self, found: "Opened") -> None:
        """Show what was found in a file, in place of the present work."""
        path, document, content = found
        self._remember(path)
        self._begin(document, path if content else None, content or b"")
        sentence = _("Opened the experiment of {name}")
        if document.setup.is_mistaken:
            sentence = _("Opened {name}: its run has a mistake, and stands beside the right one")
            if all(each.setup != document.setup for each in self._session.state.kept):
                sentence = _("Opened {name} without its mistake: there is no room for another run")
        self.said.emit(sentence.format(name=shown(path.name)))

    def restore(self, unsaved: Unsaved) -> None:
        """Take up work that was left unsaved."""
        self._begin(unsaved.document, unsaved.path, unsaved.content)
        self._saved = None
        self._on_work_changed()
        self.said.emit(_("Restored the unsaved work"))

    def open_sample(self, sample: Sample) -> bool:
        """Open a sample, which stays as it is: saving asks for a name. Say whether it is open."""
        path = resource(f"samples/{sample.name}{SUFFIX}")
        if not self.may_discard():
            return False
        self._begin(dataclasses.replace(experiment_file.read(path), note=sample.note))
        self._title = sample.title.replace("&", "")
        self._on_work_changed()
        return True

    def save(self) -> bool:
        """Save to the file that is open, or ask for a name; say whether it is saved now."""
        return self._gate.may_go_on() and self._save()

    def save_as(self) -> bool:
        """Ask for a name and save; say whether it is saved now."""
        return self._gate.may_go_on() and self._save_as()

    def _save(self) -> bool:
        answer = self._ask_to_overwrite(self._path) if self._path else "save_as"
        if answer == "save_as" or not self._path:
            return self._save_as()
        return answer == "replace" and self._write(self._path)

    def _save_as(self) -> bool:
        from backprop_gui.dialogs.file_dialog import ask_for_name

        kind = _("Experiments (*{suffix})").format(suffix=SUFFIX)
        name = (self._path.stem if self._path else self._title or _("experiment")) + SUFFIX
        path = ask_for_name(
            self._window, _("Save experiment"), self._folder_shown(), kind, name, SUFFIX
        )
        return path is not None and self._write(path)

    def edit_note(self) -> None:
        """Ask what to say about the experiment."""
        from backprop_gui.dialogs.note_dialog import NoteDialog

        dialog = NoteDialog(self._note, self._window, self._numerals())
        is_given = dialog.exec()
        dialog.deleteLater()
        if is_given:
            self._note = dialog.note
            self._on_work_changed()

    def may_discard(self) -> bool:
        """Ask whether to save what is not saved; say whether the present work may go.

        It stays where what is typed cannot be taken.
        """
        return self._gate.may_go_on() and self.may_go()

    def may_go(self, lost: str = "") -> bool:
        """Do as `may_discard` does, and save without what is typed; `lost` is what to say of it."""
        from backprop_gui.dialogs.question import ask

        if not self.is_changed:
            return True
        answer = ask(
            self._window,
            _("Unsaved changes"),
            _("Save the changes to {name}?").format(name=shown(self.name)),
            {"save": _("&Save"), "discard": _("&Discard")},
            lost or _("Unsaved changes will be lost."),
        )
        return self._save() if answer == "save" else answer == "discard"

    @property
    def name(self) -> str:
        """What the document is called."""
        return self._path.name if self._path else self._title or _("Untitled")

    def fill_menu(self, menu: QMenu) -> None:
        """Add what opens documents: the recent ones and the samples, as menus of their own."""
        recent = menu.addMenu(_("Open &recent"))
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        samples = menu.addMenu(_("Sa&mples"))
        for sample in SAMPLES:
            add(samples, self._gate, sample.title, partial(self.open_sample, sample))

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for number, name in enumerate(self.recent, start=1):
            path = Path(name)
            names = shown(path.name, _MOST_IN_MENU), shown(path.parent, _MOST_IN_MENU)
            label = "  —  ".join(names).replace("&", "&&")
            add(menu, self._gate, f"&{number % 10}  {label}", partial(self.open, path))
        if self.recent:
            menu.addSeparator()
            clear = _("&Clear this list")
            add(menu, self._gate, clear, self._clear_recent, Passing.GOES_ON)
        else:
            menu.addAction(_("No files yet")).setEnabled(False)

    def _clear_recent(self) -> None:
        self.recent = ()
        self.changed.emit()

    def _forget_recent(self, path: Path) -> None:
        self.recent = tuple(name for name in self.recent if name != str(path.absolute()))
        self.changed.emit()

    @property
    def _work(self) -> Work:
        """What would be lost."""
        state = self._session.state
        return self._work_of(self._session.setup, state.kept, state.working)

    def _work_of(self, setup: Setup, kept: tuple[KeptRun, ...], working: OwnWorking) -> Work:
        # One of the present setup that the program has kept comes again by running.
        theirs = tuple(each for each in kept if each.is_own or each.setup != setup)
        return Work(setup, theirs, self._note, dataclasses.replace(working, help=()))

    def _folder_shown(self) -> str:
        """Return the folder where a person would look: the last one, as far as it is there."""
        places = QStandardPaths.StandardLocation
        documents = QStandardPaths.writableLocation(places.DocumentsLocation)
        folders = (self.folder, documents)
        return next((each for each in folders if each and Path(each).is_dir()), str(Path.home()))

    def _read(self, path: Path) -> "Opened | None":
        """Return what is in a file, or None, and say why."""
        from backprop_gui.storage.opening import NoExperimentError, opened

        try:
            return opened(path)
        except NoExperimentError as error:
            self.refused.emit(str(error))
        except OSError as error:
            if isinstance(error, FileNotFoundError | NotADirectoryError):
                self._forget_recent(path)
            problem = _("{path} could not be read: {reason}.")
            self.refused.emit(problem.format(path=shown(path), reason=error.strerror or error))
        return None

    def _begin(self, found: Document, path: Path | None = None, content: bytes = b"") -> None:
        setup, kept = beside_right(found.setup, found.kept)
        found = dataclasses.replace(found, setup=setup, kept=kept)
        self._path, self._content = path.absolute() if path else None, content
        self._title, self._note = "", found.note
        self._saved = self._told = self._work_of(found.setup, found.kept, found.working)
        view = found.view
        axes = Axes(view.is_log_iterations, view.is_log_error) if view else None
        look = view.look if view else None
        self._session.open(found.setup, found.position, found.kept, axes, look, found.working)
        self.opened.emit(found)
        self._on_work_changed()

    def _remember(self, path: Path) -> None:
        path = path.absolute()
        if not is_path(str(path)):
            return
        self.folder = str(path.parent)
        others = [name for name in self.recent if name != str(path)]
        self.recent = (str(path), *others)[:MOST_RECENT]

    def _ask_to_overwrite(self, path: Path) -> str:
        """Return "replace", or what the person wants where another program has changed the file."""
        from backprop_gui.dialogs.question import ask

        try:
            with files.open_regular(path) as stream:
                is_as_known = stream.read(len(self._content) + 1) == self._content
        except OSError:
            return "replace"  # it is gone, or saving will say what is wrong
        if is_as_known:
            return "replace"
        question = _("{name} was changed by another program since it was opened.")
        return ask(
            self._window,
            _("Save experiment"),
            question.format(name=shown(path.name)),
            {"save_as": _("Save &as…"), "replace": _("&Replace it")},
            _("If you replace it, the other program's changes are lost."),
        )

    def _write(self, path: Path) -> bool:
        try:
            content = experiment_file.encoded(self.document())
            files.write_own(path, content)
        except ExperimentError as error:
            self.refused.emit(_refusal(path, str(error)))
            return False
        except OSError as error:
            self.refused.emit(_refusal(path, error.strerror or str(error)))
            return False
        self._path, self._content, self._saved = path.absolute(), content, self._work
        self._remember(path)
        self._on_work_changed()
        self.said.emit(_("Saved {path}").format(path=shown(path)))
        return True

    def _on_state_changed(self) -> None:
        """Look whether there is other work; in most states a person has only gone elsewhere."""
        before, self._told = self._told, self._work
        if self._told != before:
            self._on_work_changed()

    def _on_work_changed(self) -> None:
        is_new = self._path is None and not self._title and not self.is_changed
        name = shown(self.name).replace("[*]", "[*][*]")  # Qt's mark of what is not saved
        title = "Backprop[*]" if is_new else f"{name}[*] – Backprop"
        self._window.setWindowTitle(title)
        self._window.setWindowModified(self.is_changed)
        self.changed.emit()


def _refusal(path: Path, reason: str) -> str:
    sentence = _("{path} could not be saved: {reason}.")
    if os.path.lexists(path):  # which never fails itself
        sentence = _("{path} could not be saved: {reason}. The existing file has not been changed.")
    return sentence.format(path=shown(path), reason=reason)
