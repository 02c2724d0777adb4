"""Cards on the window's ground."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button
from backprop_gui.widgets.export_button import ExportButton
from backprop_gui.widgets.plain import label
from backprop_gui.widgets.tab import Tab, TabList

_MARGINS, _LOW_MARGINS, _BARE_MARGINS = (16, 10, 16, 10), (16, 4, 16, 4), (4, 4, 4, 4)
_CORNER = 8  # pixels from a card's corner to the button that stands there without a heading


class Page(NamedTuple):
    """What a card shows: a content under a title, with tools beside it or not.

    The picture of a content that has one can be exported. A content that says itself what it is
    needs no heading; then `yield_corner` is told how many pixels of its first line, at the right,
    the button for the export takes. `set_alone` is told whether the card has the window to itself.
    """

    title: str
    content: QWidget
    tools: QWidget | None = None
    has_picture: bool = False
    yield_corner: Callable[[int], None] | None = None
    set_alone: Callable[[bool], None] | None = None


class _Pages(QStackedWidget):
    """Pages that need the same room whichever is shown, so that nothing moves between them."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which each page has room."""
        least = QSize(0, 0)
        for content in _held(self):
            least = least.expandedTo(content.minimumSizeHint().expandedTo(content.minimumSize()))
        return least


class _Tools(QStackedWidget):
    """The tools of the pages: as high as the highest of them, as wide as those that are shown."""

    def sizeHint(self) -> QSize:
        """Return that size."""
        heights = [tools.sizeHint().height() for tools in _held(self)]
        shown = self.currentWidget()
        width = shown.sizeHint().width() if shown else 0
        return QSize(max(1, width), max(heights, default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the same: tools cannot be smaller."""
        return self.sizeHint()


def _held(stack: QStackedWidget) -> list[QWidget]:
    places = range(stack.count())
    return [held for place in places if (held := stack.widget(place)) is not None]


class Card(QFrame):
    """A rounded frame around one page or several, of which one is shown; each has a tab then.

    Signals:
        enlarge_requested(): the card was double-clicked where nothing else answers to it.
        drag_started(object): the person drags away the picture of the page with this content.
        export_requested(object): the person asks to export the picture of the page with this
            content.
    """

    enlarge_requested = Signal()
    drag_started = Signal(object)
    export_requested = Signal(object)

    def __init__(self, *pages: Page, is_short: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self._is_bare = False
        self._has_tabs = True
        self._is_headed, self._is_low = True, False
        self._is_short = is_short  # no room for words above the page
        self._pages: list[Page] = []
        self._tabs: list[QPushButton] = []
        self._blanks: list[QWidget] = []
        self._heading = label(style="heading")
        self._header = QWidget()
        self._header_row = QHBoxLayout(self._header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._header_row.setSpacing(2)
        self._tab_list = TabList()
        self._tab_row = QHBoxLayout(self._tab_list)
        self._tab_row.setContentsMargins(0, 0, 0, 0)
        self._tab_row.setSpacing(0)
        self._tools = _Tools()
        self._header_row.addWidget(self._tab_list)
        self._header_row.addWidget(self._heading)
        self._header_row.addStretch(1)
        self._header_row.addWidget(self._tools)
        self._export = ExportButton()
        self._export.set_short(is_short)
        self._export.clicked.connect(self._on_export_clicked)
        self._export.drag_started.connect(self._on_drag_started)
        self._header_row.addWidget(self._export)
        self._body = _Pages()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*_MARGINS)
        self._layout.setSpacing(6)
        self._layout.addWidget(self._header)
        self._layout.addWidget(self._body, 1)
        self.set_pages(pages)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages, from left to right."""
        return tuple(self._pages)

    @property
    def place(self) -> int:
        """The place of the page that is shown."""
        return max(0, self._body.currentIndex())

    def set_pages(self, pages: tuple[Page, ...]) -> None:
        """Hold these pages and no others."""
        shown = self._body.currentWidget()
        self._let_go()
        self._pages = list(pages)
        for place, page in enumerate(pages):
            self._body.addWidget(page.content)
            self._tools.addWidget(page.tools or self._blank())
            if len(pages) > 1:
                self._add_tab(place, page)
        self._tab_list.setVisible(len(pages) > 1 and self._has_tabs)
        if pages:
            contents = [page.content for page in pages]
            self.show_page(contents.index(shown) if shown in contents else 0)

    def _let_go(self) -> None:
        for stack in (self._body, self._tools):
            for each in _held(stack):
                stack.removeWidget(each)
                each.hide()
        for each in (*self._tabs, *self._blanks):
            each.hide()  # it goes when the events of now are handled
            each.deleteLater()
        for tab in self._tabs:
            self._tab_row.removeWidget(tab)
        self._tabs, self._blanks = [], []

    def _blank(self) -> QWidget:
        self._blanks.append(QWidget())
        return self._blanks[-1]

    def show_page(self, place: int) -> None:
        """Show one of the pages."""
        page = self._pages[place]
        self._body.setCurrentWidget(page.content)
        self._tools.setCurrentIndex(place)
        self._tools.updateGeometry()
        self._tools.setVisible(any(each.tools for each in self._pages))
        self._heading.setText(page.title)
        is_titled = len(self._pages) == 1 and not self._is_short
        self._heading.setVisible(is_titled or not self._has_tabs)
        self.setAccessibleName(page.title or page.content.accessibleName())
        for other, tab in enumerate(self._tabs):
            tab.setChecked(other == place)
        self._show_header(page)

    def _show_header(self, page: Page) -> None:
        """Show the heading where there is one, and the button for the export in any case."""
        is_self_said = page.yield_corner is not None and len(self._pages) == 1
        has_heading = self._is_headed and not self._is_bare and not is_self_said
        self._header.setVisible(bool(page.title) and has_heading)
        has_export = page.has_picture and not self._is_bare
        self._export.name(page.title)
        if has_heading and self._export.parentWidget() is self:
            self._header_row.addWidget(self._export)
        elif not has_heading and self._export.parentWidget() is not self:
            self._export.setParent(self)
        self._export.setVisible(has_export)
        self._place_corner()

    def _place_corner(self) -> None:
        """Put the button that has no heading to stand in into a corner.

        A page that yields none has the left one free, as the drawing above its input.
        """
        page = self._pages[self.place] if self._pages else None
        yields = page.yield_corner if page else None
        width = 0
        if self._export.parentWidget() is self:
            self._export.adjustSize()
            x = self.width() - self._export.width() - _CORNER if yields else _CORNER
            # Beside the first line of a page that yields, and what stands at its end.
            first_line = self.contentsRect().top() + self._layout.contentsMargins().top()
            self._export.move(x, first_line if yields else _CORNER)
            self._export.raise_()
            width = self._export.width() if not self._export.isHidden() else 0
        if yields:
            yields(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in the corner."""
        super().resizeEvent(event)
        self._place_corner()

    def changeEvent(self, event: QEvent) -> None:
        """Give the button the size for other text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_corner()

    def set_headed(self, is_headed: bool) -> None:
        """Show the heading, or save its height."""
        if is_headed != self._is_headed:
            self._is_headed = is_headed
            self.show_page(self.place)

    def set_bare(self, is_bare: bool) -> None:
        """Show the content alone, without heading and tools, up to the frame."""
        self._is_bare = is_bare
        self._set_margins()
        self.show_page(self.place)

    def set_low(self, is_low: bool) -> None:
        """Save height around the pages, or do not."""
        self._is_low = is_low
        self._set_margins()

    def _set_margins(self) -> None:
        usual = _LOW_MARGINS if self._is_low else _MARGINS
        self._layout.setContentsMargins(*(_BARE_MARGINS if self._is_bare else usual))
        self._place_corner()

    def set_alone(self, is_alone: bool, *, has_tabs: bool = True) -> None:
        """Tell the pages whether the card has the window to itself, with its tabs or without."""
        self._has_tabs = has_tabs
        self._tab_list.setVisible(len(self._pages) > 1 and has_tabs)
        if self._pages:
            self.show_page(self.place)
        for page in self._pages:
            if page.set_alone:
                page.set_alone(is_alone)

    def place_of(self, content: QWidget) -> int | None:
        """Return the place of the page with this content, or None."""
        return next((n for n, page in enumerate(self._pages) if _holds(page, content)), None)

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks: a group, with the title of what it shows."""
        return QAccessibleWidget(self, QAccessible.Role.Grouping)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask to be enlarged."""
        self.enlarge_requested.emit()

    def _add_tab(self, place: int, page: Page) -> None:
        tab = button(page.title, _("Show {title}").format(title=page.title), "tab", Tab)
        tab.clicked.connect(lambda: self.show_page(place))
        self._tab_row.addWidget(tab)
        self._tabs.append(tab)

    def _on_drag_started(self) -> None:
        self.drag_started.emit(self._body.currentWidget())

    def _on_export_clicked(self) -> None:
        self.export_requested.emit(self._body.currentWidget())


def _holds(page: Page, content: QWidget) -> bool:
    return page.content is content or page.content.isAncestorOf(content)
