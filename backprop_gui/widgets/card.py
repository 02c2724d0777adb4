"""Cards on the window's ground."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAccessible, QMouseEvent
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
from backprop_gui.widgets.grip import Grip
from backprop_gui.widgets.plain import label
from backprop_gui.widgets.tab import Tab, TabList

_MARGINS, _BARE_MARGINS = (16, 10, 16, 10), (4, 4, 4, 4)


class Page(NamedTuple):
    """What a card shows: a content under a title, with tools beside it or not.

    Of a content that has a picture, the picture can be dragged away.
    """

    title: str
    content: QWidget
    tools: QWidget | None = None
    has_picture: bool = False


class _Pages(QStackedWidget):
    """Pages of which the one that is shown says how small they can be, not the largest of them."""

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the page that is shown."""
        shown = self.currentWidget()
        return _least_size(shown) if shown else super().minimumSizeHint()


def _least_size(content: QWidget) -> QSize:
    return content.minimumSizeHint().expandedTo(content.minimumSize())


class Card(QFrame):
    """A rounded frame around one page or several, of which one is shown; each has a tab then.

    Signals:
        enlarge_requested(): the card was double-clicked where nothing else answers to it.
        drag_started(object): the picture of the page with this content is being dragged away.
    """

    enlarge_requested = Signal()
    drag_started = Signal(object)

    def __init__(self, *pages: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._is_bare = False
        self._is_headed = True
        self._pages: list[Page] = []
        self._tabs: list[QPushButton] = []
        self._heading = label(style="heading")
        self._header = QWidget()
        self._header_row = QHBoxLayout(self._header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._header_row.setSpacing(2)
        self._tab_list = TabList()
        self._tab_row = QHBoxLayout(self._tab_list)
        self._tab_row.setContentsMargins(0, 0, 0, 0)
        self._tab_row.setSpacing(2)
        self._header_row.addWidget(self._tab_list)
        self._header_row.addWidget(self._heading)
        self._header_row.addStretch(0)  # of use where there are no tools
        self._grip = Grip()
        self._grip.drag_started.connect(self._on_drag_started)
        self._header_row.addWidget(self._grip)
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
        for page in self._pages:
            self._body.removeWidget(page.content)
            if page.tools:
                self._header_row.removeWidget(page.tools)
                page.tools.hide()
        for tab in self._tabs:
            self._tab_row.removeWidget(tab)
            tab.hide()  # it goes when the events of now are handled
            tab.deleteLater()
        self._pages, self._tabs = list(pages), []
        for place, page in enumerate(pages):
            self._body.addWidget(page.content)
            if len(pages) > 1:
                self._add_tab(place, page)
        for page in pages:
            if page.tools:
                self._header_row.insertWidget(self._header_row.count() - 2, page.tools, 1)
        self._heading.setVisible(len(pages) == 1)
        self._tab_list.setVisible(len(pages) > 1)
        if pages:
            contents = [page.content for page in pages]
            self.show_page(contents.index(shown) if shown in contents else 0)

    def show_page(self, place: int) -> None:
        """Show one of the pages."""
        page = self._pages[place]
        self._body.setCurrentWidget(page.content)
        self._body.updateGeometry()
        self._heading.setText(page.title)
        self.setAccessibleName(page.title or page.content.accessibleName())
        self._grip.setVisible(page.has_picture)
        for other, tab in enumerate(self._tabs):
            tab.setChecked(other == place)
        for each in self._pages:
            if each.tools:
                each.tools.setVisible(each is page)
        self._header.setVisible(bool(page.title) and self._is_headed and not self._is_bare)

    def set_headed(self, is_headed: bool) -> None:
        """Show the heading, or save its height."""
        self._is_headed = is_headed
        self.show_page(self.place)

    def set_bare(self, is_bare: bool) -> None:
        """Show the content alone, without heading and tools, up to the frame."""
        self._is_bare = is_bare
        self._layout.setContentsMargins(*(_BARE_MARGINS if is_bare else _MARGINS))
        self.show_page(self.place)

    def place_of(self, content: QWidget) -> int | None:
        """Return the place of the page with this content, or None."""
        return next((n for n, page in enumerate(self._pages) if page.content is content), None)

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
