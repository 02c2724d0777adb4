"""The experiment as a document: opened, changed, saved, and never lost without a question."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import COLOURS, MOST_KEPT, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.dialogs import question
from backprop_gui.dialogs.note_dialog import NoteDialog
from backprop_gui.dialogs.question import CANCEL
from backprop_gui.export import formats
from backprop_gui.export.table import save_csv
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.samples import SAMPLE_BY_NAME, SAMPLES
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.lesson.surface_look import Beside, SurfaceLook
from backprop_gui.state.state import Axes
from backprop_gui.storage import experiment_file, files
from backprop_gui.storage.experiment_file import Document, View, encoded
from backprop_gui.widgets.banner import Banner
from backprop_gui.window.document import Unsaved
from backprop_gui.window.main_window import MainWindow

LOOK = SurfaceLook(Layer.ENDS, True, Beside.RELIEF, Region(-2.0, 3.0, -1.0, 9.0), True)
DOCUMENT = Document(
    Setup(w1=0.25),
    Position(40, 9),
    (KeptRun.numbered(1, Setup(eta=2.0), 100),),
    View(7, False, True, LOOK),
    "Mine",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.backprop"
    path.write_bytes(encoded(DOCUMENT))
    return path


@pytest.fixture
def told(window: MainWindow) -> list[str]:
    """What the window said could not be done."""
    told: list[str] = []
    window.documents.refused.connect(told.append)
    return told


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Have the questions answered, the last answer for all further ones; return what is asked."""

    def answer_with(*answers: str) -> list[str]:
        asked: list[str] = []

        def reply(_parent, _title, text: str, offered, _detail: str = "") -> str:
            given = answers[min(len(asked), len(answers) - 1)]
            assert given in (*offered, CANCEL)
            asked.append(text)
            return given

        monkeypatch.setattr(question, "ask", reply)
        return asked

    return answer_with


def save_as(monkeypatch: pytest.MonkeyPatch, window: MainWindow, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])
    window.documents.save_as()


def test_a_file_opens_with_all_that_it_holds(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    assert window.session.setup == DOCUMENT.setup
    assert window.session.moment.position == DOCUMENT.position
    assert window.session.state.kept == DOCUMENT.kept
    assert len(window.session.state.kept[0].trace.iterations) == 100
    assert window.session.state.look == LOOK
    assert window.documents.document() == DOCUMENT
    assert window.windowTitle() == "mine.backprop[*] – Backprop"
    assert not window.isWindowModified()


def test_a_run_with_a_mistake_opens_beside_the_right_one(
    window: MainWindow, path: Path, tmp_path: Path
) -> None:
    setup = Setup(eta=5.0, method=Mistaken("de_dw1", "sign_lost"))
    run = Run(setup)
    run.advance(9)
    table = tmp_path / "run.csv"
    save_csv(run, 1, table)
    said: list[str] = []
    window.documents.said.connect(said.append)
    window.documents.open(table)
    assert window.session.setup == Setup(eta=5.0)
    (kept,) = window.session.state.kept
    assert kept.setup == setup
    assert not window.documents.is_changed
    assert said == ["Opened run.csv: its run has a mistake, and stands beside the right one"]


def test_a_run_with_a_mistake_that_has_no_room_is_said_to_be_left_out(
    window: MainWindow, path: Path
) -> None:
    kept = tuple(
        KeptRun(number, f"{number}", COLOURS[0], Setup(w1=number / 10), 5, is_own=True)
        for number in range(1, MOST_KEPT + 1)
    )
    setup = Setup(eta=5.0, method=Mistaken("de_dw1", "sign_lost"))
    path.write_bytes(encoded(Document(setup, kept=kept)))
    said: list[str] = []
    window.documents.said.connect(said.append)
    window.documents.open(path)
    assert [each.name for each in window.session.state.kept] == [each.name for each in kept]
    assert said == ["Opened mine.backprop without its mistake: there is no room for another run"]


def test_another_experiment_does_not_open_at_the_region_of_the_last_one(
    window: MainWindow, path: Path
) -> None:
    window.documents.open(path)
    window.documents.new()
    assert window.session.state.look == LOOK.with_usual_region
    assert window.settings().look == LOOK.with_usual_region, "which the next start begins with"


def test_what_is_saved_opens_again_as_it_was(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.go_to_last()
    window.session.set_setup(Setup(w1=1 / 3))
    window.session.go_to_step(9)
    assert window.isWindowModified()
    save_as(monkeypatch, window, tmp_path / "new.backprop")
    assert not window.isWindowModified()
    saved = experiment_file.read(tmp_path / "new.backprop")
    assert saved == window.documents.document()
    assert [(each.setup, each.iterations) for each in saved.kept] == [(Setup(), 813)]
    assert saved.position == (1, 9)


def test_going_through_a_run_changes_nothing_and_another_number_does(
    window: MainWindow, path: Path
) -> None:
    window.documents.open(path)
    window.session.go_to_last()
    window.session.iteration_back()
    window.session.set_axes(Axes(False, True))
    assert not window.isWindowModified()
    window.session.set_setup(Setup(w1=0.75))
    assert window.isWindowModified()


def test_what_is_still_being_typed_is_saved(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    window.setup_panel.begin_edit("w2")
    qtbot.keyClicks(window.setup_panel.boxes["w2"], "0,75")
    window.documents.save()
    assert experiment_file.read(path).setup == Setup(w1=0.25, w2=0.75)


@pytest.mark.parametrize(
    ("button", "is_closed", "is_saved"),
    [("save", True, True), ("discard", True, False), (CANCEL, False, False)],
)
def test_closing_asks_about_what_is_not_saved(
    qtbot: QtBot,
    window: MainWindow,
    path: Path,
    answer,
    button: str,
    is_closed: bool,
    is_saved: bool,
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    asked = answer(button)
    remembered = []
    window.closed.connect(remembered.append)
    assert window.close() == is_closed
    assert asked == ["Save the changes to mine.backprop?"]
    assert (experiment_file.read(path).setup == Setup(eta=0.5)) == is_saved
    if is_closed:
        kept = Setup(eta=0.5) if is_saved else DOCUMENT.setup
        assert remembered[0].setup == kept
    else:
        assert window.session.setup == Setup(eta=0.5)


def test_closing_without_a_change_asks_nothing(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    window.session.go_to_last()
    assert window.close()


@pytest.mark.parametrize("button", ["save", "discard", CANCEL])
def test_opening_another_file_asks_about_what_is_not_saved(
    window: MainWindow, tmp_path: Path, path: Path, answer, button: str
) -> None:
    other = tmp_path / "other.backprop"
    other.write_bytes(encoded(Document(Setup(eta=3.0))))
    window.documents.open(path)
    window.session.set_setup(Setup(w2=0.125))
    asked = answer(button)
    window.documents.open(other)
    assert len(asked) == 1
    is_kept = button == CANCEL
    assert window.session.setup == (Setup(w2=0.125) if is_kept else Setup(eta=3.0))
    assert (experiment_file.read(path).setup == Setup(w2=0.125)) == (button == "save")


def test_a_bad_file_changes_nothing_asks_nothing_and_is_told(
    window: MainWindow, path: Path, tmp_path: Path, told: list[str]
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(w2=0.125))
    before = window.documents.document()
    bad = tmp_path / "bad.backprop"
    bad.write_bytes(encoded(DOCUMENT).replace(b'"eta": 0.9', b'"eta": NaN', 1))
    window.documents.open(bad)
    assert told == ["bad.backprop cannot be opened: “setup.eta” must be a finite number."]
    assert window.documents.document() == before
    assert window.documents.path == path


def test_a_file_that_another_program_changed_is_replaced_only_after_a_question(
    window: MainWindow, path: Path, answer
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    theirs = encoded(Document(Setup(eta=9.0)))
    path.write_bytes(theirs)
    asked = answer(CANCEL, "replace")
    assert not window.documents.save()
    assert "mine.backprop was changed by another program" in asked[0]
    assert path.read_bytes() == theirs
    assert window.isWindowModified()
    assert window.documents.save()
    assert experiment_file.read(path).setup == Setup(eta=0.5)
    assert window.documents.save()  # it is ours again, and nothing is asked
    assert len(asked) == 2


def test_where_another_program_changed_the_file_both_can_be_kept(
    window: MainWindow, path: Path, tmp_path: Path, answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    theirs = encoded(Document(Setup(eta=9.0)))
    path.write_bytes(theirs)
    answer("save_as")
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(
        QFileDialog, "selectedFiles", lambda _dialog: [str(tmp_path / "b.backprop")]
    )
    assert window.documents.save()
    assert path.read_bytes() == theirs
    assert experiment_file.read(tmp_path / "b.backprop").setup == Setup(eta=0.5)


def test_restored_work_does_not_replace_what_another_program_wrote_meanwhile(
    window: MainWindow, make_window, path: Path, answer
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    unsaved = window.unsaved
    assert unsaved is not None
    second = make_window()
    second.documents.restore(unsaved)
    theirs = encoded(Document(Setup(eta=9.0)))
    path.write_bytes(theirs)
    asked = answer(CANCEL)
    assert not second.documents.save()
    assert len(asked) == 1
    assert path.read_bytes() == theirs


@pytest.mark.parametrize("is_restored", [True, False])
def test_what_is_given_up_is_not_there_again_at_the_next_start(
    window: MainWindow, answer, is_restored: bool
) -> None:
    if is_restored:
        window.documents.restore(Unsaved(None, Document(Setup(w1=0.25))))
    else:
        window.session.set_setup(Setup(w1=0.25))
    answer("discard")
    remembered = []
    window.closed.connect(remembered.append)
    window.close()
    assert remembered[0].setup == Setup()


def test_what_a_signal_leaves_unsaved_is_for_the_recovery_alone(window: MainWindow) -> None:
    window.session.set_setup(Setup(w1=0.25))
    window.end()
    assert window.settings().setup == Setup()
    assert window.unsaved is not None


@pytest.mark.parametrize("do", ["new", "open", "sample"])
def test_a_number_that_is_being_typed_is_not_lost_without_a_question(
    qtbot: QtBot, window: MainWindow, path: Path, answer, do: str
) -> None:
    window.setup_panel.begin_edit("w1")
    qtbot.keyClicks(window.setup_panel.boxes["w1"], "0.44")
    asked = answer(CANCEL)
    documents = window.documents
    {
        "new": documents.new,
        "open": lambda: documents.open(path),
        "sample": lambda: documents.open_sample(SAMPLES[0]),
    }[do]()
    assert asked == ["Save the changes to Untitled?"]
    assert window.session.setup == Setup(w1=0.44)


@pytest.mark.parametrize(("button", "w1"), [("save", 0.75), ("discard", 0.25), (CANCEL, 0.75)])
def test_opening_the_open_file_again_shows_what_is_in_it_then(
    window: MainWindow, path: Path, answer, button: str, w1: float
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(w1=0.75))
    answer(button)
    window.documents.open(path)
    assert window.session.setup.w1 == w1
    assert window.isWindowModified() == (button == CANCEL)
    assert experiment_file.read(path).setup.w1 == (0.75 if button == "save" else 0.25)


def test_links_that_lead_to_each_other_are_told(
    window: MainWindow, tmp_path: Path, told: list[str]
) -> None:
    one, other = tmp_path / "one.backprop", tmp_path / "other.backprop"
    one.symlink_to(other)
    other.symlink_to(one)
    assert not window.documents._write(one)
    assert os.strerror(errno.ELOOP) in told[0]


def test_a_position_that_is_still_being_computed_is_saved(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "far.backprop"
    far = Document(Setup(target=1.5, max_iterations=2_000_000_000), Position(500_000_000, 9))
    path.write_bytes(encoded(far))
    window.documents.open(path)
    assert window.documents.save()
    assert experiment_file.read(path).position == (500_000_000, 9)


def test_a_file_that_is_gone_is_written_anew(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    path.unlink()
    assert window.documents.save()
    assert experiment_file.read(path).setup == DOCUMENT.setup


def _fail_with(code: int) -> Callable[..., None]:
    def fail(path: Path, _data: bytes) -> None:
        raise OSError(code, os.strerror(code), str(path))

    return fail


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_disk_that_fails_is_told_and_the_work_stays_unsaved(
    window: MainWindow,
    path: Path,
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
    answer,
    code: int,
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    monkeypatch.setattr(files, "write", _fail_with(code))
    assert not window.documents.save()
    assert told == [
        f"{path} could not be saved: {os.strerror(code)}. The existing file has not been changed."
    ]
    assert window.isWindowModified()
    assert path.read_bytes() == encoded(DOCUMENT)
    answer("save")
    assert not window.close(), "closing would lose what cannot be saved"


def test_a_folder_that_is_gone_is_told_without_a_word_on_what_was_there(
    window: MainWindow, path: Path, told: list[str]
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    path.unlink()
    path.parent.rmdir()
    assert not window.documents.save()
    assert told == [f"{path} could not be saved: {os.strerror(errno.ENOENT)}."]


@pytest.mark.parametrize("size", [(1440, 900), (700, 600)])
@pytest.mark.parametrize("is_lecture", [False, True])
def test_a_refusal_is_seen_whole_until_something_else_succeeds(
    qtbot: QtBot, make_window, path: Path, size: tuple[int, int], is_lecture: bool
) -> None:
    window = make_window(size=size)
    if is_lecture:
        window.lecture.toggle()
    window.documents.open(path.with_name(f"{'long' * 60}.backprop"))
    banner = window.findChild(Banner)
    assert banner.isVisible()
    assert "could not be read" in banner.text
    label = banner.findChild(QLabel)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert label.width() <= window.width()
    assert window.width() <= max(size[0], window.screen().size().width())
    window.documents.open(path)
    assert not banner.isVisible()


def test_saving_through_a_link_keeps_the_link(
    window: MainWindow, path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.backprop"
    link.symlink_to(path)
    window.documents.open(link)
    window.session.set_setup(Setup(eta=0.5))
    assert window.documents.save()
    assert link.is_symlink()
    assert experiment_file.read(path).setup == Setup(eta=0.5)


@pytest.mark.window
@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        (Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.CopyAction),
        (Qt.DropAction.MoveAction, Qt.DropAction.IgnoreAction),
    ],
)
def test_a_file_that_is_dropped_opens_and_stays_where_it_is(
    qtbot: QtBot,
    window: MainWindow,
    path: Path,
    offered: Qt.DropAction,
    taken: Qt.DropAction,
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(QPointF(9, 9), offered, mime, buttons, keys)
    dropped.setDropAction(Qt.DropAction.MoveAction)  # as the other program proposes
    window.dropEvent(dropped)
    qtbot.waitUntil(lambda: window.documents.path == path)  # not while the other program waits
    assert dropped.dropAction() == taken, "a move removes the file"


def test_new_begins_with_the_article(window: MainWindow, path: Path) -> None:
    window.documents.open(path)
    window.documents.new()
    assert window.session.setup == Setup()
    assert (window.documents.path, window.documents.note) == (None, "")
    assert window.session.state.kept == ()
    assert window.windowTitle() == "Backprop[*]"


def test_every_sample_opens_and_says_what_to_look_at(window: MainWindow) -> None:
    for sample in SAMPLES:
        window.documents.open_sample(sample)
        assert window.session.setup == sample.setup
        assert window.session.moment.position == sample.position
        assert len(window.session.state.kept) == len(sample.beside)
        assert window.outcome_panel._about.text() == sample.note
        assert window.outcome_panel._about.isVisible()
        assert not window.isWindowModified()
        assert window.documents.path is None, "saving would change the sample"


def test_samples_are_in_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    menus = {menu.title().replace("&", ""): menu for menu in window.findChildren(QMenu)}
    actions = menus["Samples"].actions()
    assert [action.text() for action in actions] == [each.title for each in SAMPLES]
    actions[2].trigger()
    assert window.session.setup == SAMPLE_BY_NAME["saturated-neuron"].setup


def test_opening_shows_first_everything_that_opens(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: asked.append(dialog.nameFilters()))
    window.documents.ask_for_file()
    first = asked[0][0]
    for suffix in (".backprop", *(kind.suffix for kind in formats.ALL)):
        assert f"*{suffix}" in first


def test_recent_files_are_offered_the_newest_first_and_at_most_ten(
    window: MainWindow, tmp_path: Path, told: list[str]
) -> None:
    paths = [tmp_path / f"{number} & co.backprop" for number in range(12)]
    for path in paths:
        path.write_bytes(encoded(DOCUMENT))
        window.documents.open(path)
    menu = next(m for m in window.findChildren(QMenu) if m.title() == "Open &recent")
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert len(texts) == 11
    assert texts[0].startswith("&1  11 && co.backprop")
    assert window.settings().recent == tuple(map(str, reversed(paths[2:])))
    assert window.settings().folder == str(tmp_path)
    paths[11].unlink()
    remembered = []
    window.remembered.connect(remembered.append)
    menu.actions()[0].trigger()
    assert remembered[-1].recent == window.documents.recent == tuple(map(str, paths[10:1:-1]))
    assert "could not be read" in told[-1]
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("&1  10 && co.backprop")
    menu.actions()[-1].trigger()
    assert window.documents.recent == ()


def test_a_note_is_asked_for_shown_and_saved(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reply(dialog: NoteDialog) -> int:
        text, is_given = replies.pop(0)
        dialog.text.setPlainText(text)
        return is_given

    window.documents.open(path)
    replies = [("Two\nlines\a", True), ("not taken", False)]
    monkeypatch.setattr(NoteDialog, "exec", reply)
    for _each in range(2):
        window.documents.edit_note()
    assert window.documents.note == "Two\nlines␇"
    assert window.isWindowModified()
    window.documents.save()
    assert json.loads(path.read_text(encoding="utf-8"))["note"] == "Two\nlines␇"


def test_a_long_comparison_is_computed_while_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "long.backprop"
    endless = Setup(target=1.5)
    kept = (KeptRun.numbered(1, endless, 400_000), KeptRun.numbered(2, Setup(), 813))
    path.write_bytes(encoded(Document(Setup(eta=0.1), kept=kept)))
    window.documents.open(path)
    qtbot.waitUntil(lambda: not window.session.state.missing, timeout=30_000)
    assert window.session.state.kept[0].trace.iterations[-1] <= 400_000
    assert not window.isWindowModified()
    assert window.session.state.kept == kept


def test_two_comparisons_opened_in_a_row_do_not_wait_for_each_other(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        path = tmp_path / f"{name}.backprop"
        endless = Setup(target=1.5, max_iterations=2_000_000_000)
        kept = (KeptRun.numbered(1, endless, 1_000_000_000),)
        path.write_bytes(encoded(Document(kept=kept)))
        window.documents.open(path)
    came: list[bool] = []
    QTimer.singleShot(0, lambda: came.append(window.session._keeping.is_busy))
    qtbot.waitUntil(lambda: bool(came))
    assert came == [True], "the window waited until all was computed"


def test_closing_ends_a_comparison_that_is_being_computed(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "endless.backprop"
    endless = Setup(target=1.5, max_iterations=2_000_000_000)
    kept = (KeptRun.numbered(1, endless, 1_000_000_000),)
    path.write_bytes(encoded(Document(kept=kept)))
    window.documents.open(path)
    assert window.close()


def test_work_that_would_not_open_again_is_not_saved(
    window: MainWindow, path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.documents.open(path)
    window.session.set_setup(Setup(eta=0.5))
    far = Document(Setup(), Position(3_000_000_000, 1))
    monkeypatch.setattr(window.documents, "document", lambda: far)
    assert not window.documents.save()
    (sentence,) = told
    assert sentence.startswith(f"{path} could not be saved: “position.iteration” must be")
    assert sentence.endswith("The existing file has not been changed.")
    assert path.read_bytes() == encoded(DOCUMENT)
    assert window.isWindowModified()


def test_work_is_saved_to_files_alone(
    window: MainWindow, tmp_path: Path, told, monkeypatch
) -> None:
    os.mkfifo(tmp_path / "pipe.backprop")
    save_as(monkeypatch, window, tmp_path / "pipe.backprop")  # and does not wait for a reader
    assert "it is not a file" in told[0]
    save_as(monkeypatch, window, tmp_path / "\ud800.backprop")
    assert "it is not a file" in told[1]


def _curves(window: MainWindow) -> list[list[float]]:
    return [list(each.trace.errors) for each in window.session.state.kept]


def test_what_was_kept_before_saving_is_kept_after_in_its_order(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    """Also what has the present setup, which the plot shows below the present curve."""
    runs = ((Setup(w1=0.25), 90), (Setup(eta=2.0), 5_000), (Setup(), 7))
    kept = tuple(KeptRun.numbered(n, *run) for n, run in enumerate(runs, start=1))
    path.write_bytes(encoded(Document(Setup(w1=0.25), kept=kept)))
    window.documents.open(path)
    qtbot.waitUntil(lambda: not window.session.state.missing)
    curves = _curves(window)
    assert window.documents.document().kept == kept
    unsaved = Unsaved(path, window.documents.document(), path.read_bytes())
    window.documents.new()
    assert window.session.state.kept == ()
    window.documents.restore(unsaved)
    assert window.session.state.kept == kept
    qtbot.waitUntil(lambda: not window.session.state.missing)
    assert _curves(window) == curves
    window.documents.save()
    assert experiment_file.read(path).kept == kept


def test_who_begins_a_run_anew_has_changed_nothing_and_loses_no_curve_by_saving(
    window: MainWindow, path: Path
) -> None:
    window.documents.open(path)
    window.session.go_to_last()
    window.session.reset()
    assert not window.isWindowModified()
    kept = window.session.state.kept
    assert kept[-1].setup == window.session.setup
    window.documents.save()
    assert experiment_file.read(path).kept == kept
