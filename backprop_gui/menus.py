"""The menu bar: every action of the window, with its key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from backprop_gui.i18n import _

THEMES = (("system", _("As the &system")), ("light", _("&Light")), ("dark", _("&Dark")))


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the actions call."""

    save_picture: Callable[[], None]
    copy_network: Callable[[], None]
    quit: Callable[[], None]
    reset_to_article: Callable[[], None]
    toggle_running: Callable[[], None]
    step: Callable[[], None]
    back: Callable[[], None]
    reset: Callable[[], None]
    fit: Callable[[], None]
    zoom_in: Callable[[], None]
    zoom_out: Callable[[], None]
    clear_former: Callable[[], None]
    choose_theme: Callable[[str], None]
    about: Callable[[], None]


class Menus:
    """The actions which the window enables and checks as its state changes."""

    def __init__(self, window: QMainWindow, handlers: Handlers) -> None:
        bar = window.menuBar()
        _fill(
            bar.addMenu(_("&File")),
            (_("&Save picture…"), "Ctrl+Shift+S", handlers.save_picture),
            None,
            (_("&Quit"), QKeySequence.StandardKey.Quit, handlers.quit),
        )
        _fill(
            bar.addMenu(_("&Edit")),
            (_("&Copy network"), QKeySequence.StandardKey.Copy, handlers.copy_network),
            None,
            (_("Reset to the &article"), "Ctrl+Shift+A", handlers.reset_to_article),
        )
        self.run, self.step, self.back, _reset = _fill(
            bar.addMenu(_("&Run")),
            (_("&Run"), "Space", handlers.toggle_running),
            (_("&Step"), "Right", handlers.step),
            (_("&Back"), "Left", handlers.back),
            None,
            (_("R&eset"), "R", handlers.reset),
        )
        view = bar.addMenu(_("&View"))
        _fill(
            view,
            (_("&Fit the plot"), "Ctrl+0", handlers.fit),
            (_("Zoom &in"), QKeySequence.StandardKey.ZoomIn, handlers.zoom_in),
            (_("Zoom &out"), QKeySequence.StandardKey.ZoomOut, handlers.zoom_out),
            (_("&Clear former runs"), "Ctrl+L", handlers.clear_former),
            None,
        )
        self.themes = _theme_menu(view, handlers.choose_theme)
        _fill(bar.addMenu(_("&Help")), (_("&About Backprop"), None, handlers.about))


_Entry = tuple[str, "str | QKeySequence.StandardKey | None", Callable[[], None]]


def _fill(menu: QMenu, *entries: _Entry | None) -> list[QAction]:
    """Add an action for each entry, and a line where an entry is None."""
    actions = []
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, key, handler = entry
        action = menu.addAction(text)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False, call=handler: call())
        actions.append(action)
    return actions


def _theme_menu(view: QMenu, choose: Callable[[str], None]) -> dict[str, QAction]:
    menu = view.addMenu(_("&Theme"))
    group = QActionGroup(menu)
    actions = {}
    for name, text in THEMES:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
        group.addAction(action)
        actions[name] = action
    return actions
