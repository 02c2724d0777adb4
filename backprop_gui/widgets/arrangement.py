"""Where the cards stand: beside each other, below each other, or one alone."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from backprop_gui.system.texts import _
from backprop_gui.widgets.card import Card, Page

_SIDEBAR_WIDTH = 288
_WIDE = 1400  # from this width on the details have a column of their own, else they are tabs
_NARROW = 900  # below this width what stands at the side is tabs, too
_GAP = 8
_ROOM = 80  # around what is scrolled to: for a sentence below it, which may have just come
_STAGE_ASPECT, _STAGE_SHARE = 0.5, 0.68


class Arrangement(QWidget):
    """The cards of the window, for its size.

    `network` is the picture, `transport` the controls below it; between them stands a card with
    the step and, in a narrow window, the plot and all details as its tabs; in a slim one also what
    stands at the side otherwise. A card can be enlarged to the whole; the stage is the network and
    the step alone.

    Signals:
        enlarged_changed(): a card was enlarged, or everything is in its place again.
        drag_started(object): the picture of this content is being dragged away.
    """

    enlarged_changed = Signal()
    drag_started = Signal(object)

    def __init__(self, network: Page, transport: Page, plot: Page) -> None:
        super().__init__()
        self._plot = plot
        self._network = Card(network)
        self._transport = Card(transport)
        self._step = Card()
        self._plots = Card()
        self._details = Card()
        self._later: tuple[Page, ...] = ()  # the step and the details
        self._form: _Form | None = None
        self._alone: tuple[Card, ...] = ()
        self._is_stage = False
        self._levels: list[_Level] = []  # to go back to, the last one first
        self._layout: dict[str, tuple[int, ...]] = {}
        self._side_cards: list[Card] = []
        self._side_pages: tuple[Page, ...] = ()
        self._upper = _splitter(Qt.Orientation.Vertical, self._network, self._step)
        self._middle = QWidget()
        column = _column(self._middle)
        column.addWidget(self._upper, 1)
        column.addWidget(self._transport)
        self._right = _splitter(Qt.Orientation.Vertical, self._plots, self._details)
        self._columns = _splitter(Qt.Orientation.Horizontal, self._middle, self._right)
        sidebar = QWidget()
        sidebar.setObjectName("sidebar")
        self._sidebar = _column(sidebar)
        self._side = _scrolled(sidebar)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scale, self._side_width = 1.0, _SIDEBAR_WIDTH
        self._side.setFixedWidth(_SIDEBAR_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        row.setSpacing(_GAP)
        row.addWidget(self._side)
        self._main = _scrolled(self._columns)
        row.addWidget(self._main, 1)
        for card in (self._network, self._step, self._plots, self._details):
            self._make_enlargeable(card)
            card.drag_started.connect(self.drag_started)

    @property
    def layout_chosen(self) -> dict[str, tuple[int, ...]]:
        """Sizes in pixels and places of tabs, as the person has left them, wide and narrow."""
        self._remember()
        return dict(self._layout)

    def set_layout(self, layout: Mapping[str, tuple[int, ...]]) -> None:
        """Begin with this layout, as far as it fits these cards."""
        self._layout = dict(layout)

    def set_text_scale(self, scale: float) -> None:
        """Give the sidebar the width for text so many times as large as the desktop's."""
        self._scale = scale
        self._side_width = round(_SIDEBAR_WIDTH * scale)
        self._side.setFixedWidth(self._side_width)
        self._arrange()

    @property
    def is_one_alone(self) -> bool:
        """Whether a card is enlarged, or the stage is set."""
        return bool(self._alone)

    def add_to_sidebar(self, *pages: Page) -> None:
        """Add a card for each page at the left, the last of which takes the rest of the height."""
        for number, page in enumerate(pages, start=1):
            card = Card(page)
            self._make_enlargeable(card)
            self._side_cards.append(card)
            self._sidebar.addWidget(card, 1 if number == len(pages) else 0)
        self._side_pages = pages

    def add_pages(self, step: Page, *details: Page) -> None:
        """Put the step and the details in place."""
        self._later = (step, *details)
        self._form = None
        self._arrange()

    def reveal(self, content: QWidget) -> None:
        """Bring the card with this content, and its tab, before the person's eyes."""
        for card in self._cards():
            place = card.place_of(content)
            if place is not None:
                if self._alone and card not in self._alone:
                    self.restore()
                    self.reveal(content)  # it may be in another card now
                    return
                card.show_page(place)
                self._main.ensureWidgetVisible(card)
                return

    def scroll_to(self, part: QWidget) -> None:
        """Bring a part of a card into view where the window is too low for all of them."""
        for scroller in (self._side, self._main):
            if scroller.isAncestorOf(part):
                scroller.ensureWidgetVisible(part, 0, _ROOM)

    def enlarge(self, content: QWidget) -> None:
        """Show the card with this content alone or, where it is alone, everything again."""
        for card in self._cards():
            place = card.place_of(content)
            if place is not None:
                if self._alone == (card,) and card.place == place:
                    self.restore()
                else:
                    self._go_to((card,), card, place)
                return  # with everything back, the content may be in another card now

    def set_stage(self) -> None:
        """Show the network and the step alone, without headings."""
        self._go_to((self._network, self._step), self._step, 0, is_bare=True)
        self._size_stage()

    def _size_stage(self) -> None:
        # As high as the drawing is at the window's width, where that leaves room for the step.
        room = self.height() - 3 * _GAP
        network = min(round(self.width() * _STAGE_ASPECT), round(room * _STAGE_SHARE))
        self._upper.setSizes([network, room - network])

    @property
    def has_stage(self) -> bool:
        """Whether the stage is set, a card of it being enlarged or not."""
        return self._is_stage or any(level.is_stage for level in self._levels)

    def leave_stage(self) -> None:
        """Show what was shown before the stage was set."""
        while self.has_stage:
            self.restore()

    def restore(self) -> None:
        """Go back by one level: to the stage, to a card alone, or to everything, as it was."""
        if not self._levels:
            return
        level = self._levels.pop()
        for card, (before, after) in level.tabs.items():
            if card.place == after:  # else the person has chosen another since
                card.show_page(before)
        self._show_alone(level.alone, is_bare=level.is_stage)
        if level.is_stage:
            self._size_stage()

    def _go_to(
        self, cards: tuple[Card, ...], card: Card, place: int, *, is_bare: bool = False
    ) -> None:
        """Show some cards alone, one of them with this page; one card for another is no level."""
        if not self._alone or self._is_stage != is_bare:
            self._levels.append(_Level(self._alone, self._is_stage, {}))
        self._show_alone(cards, is_bare=is_bare)
        if card.place != place:
            tabs = self._levels[-1].tabs
            before, _after = tabs.get(card, (card.place, place))
            tabs[card] = before, place
            card.show_page(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the details a column of their own where there is room."""
        super().resizeEvent(event)
        self._arrange()
        if self._is_stage:
            self._size_stage()  # a window becomes full screen some time after it was asked to

    def _arrange(self) -> None:
        form = self._form_of(self.width())
        if form is self._form or self._alone:
            return
        self._remember()
        self._form = form
        step, details = self._later[:1], self._later[1:]
        is_wide, is_slim = form is _Form.WIDE, form is _Form.SLIM
        self._network.set_headed(is_wide)
        for card in (self._step, self._plots, self._details, *self._side_cards):
            card.set_pages(())
        for card, page in zip(self._side_cards, self._side_pages, strict=True):
            card.set_pages(() if is_slim else (page,))
        if is_wide:
            self._step.set_pages(step)
            self._plots.set_pages((self._plot,))
            self._details.set_pages(details)
        elif step:
            side = self._side_pages if is_slim else ()
            self._step.set_pages((*step, self._plot, *details, *side))
        self._show_parts()
        self._restore_sizes()
        for name, card in self._tabbed().items():
            places = self._layout.get(name, ())
            if len(places) == 1 and 0 <= places[0] < len(card.pages):
                card.show_page(places[0])

    def _form_of(self, width: int) -> "_Form":
        if width >= _WIDE * self._scale:
            return _Form.WIDE
        return _Form.NARROW if width >= _NARROW * self._scale else _Form.SLIM

    def _splitters(self) -> dict[str, tuple[QSplitter, tuple[int, int]]]:
        """The splitters under the names of the layout, and their usual sizes."""
        width, height = self.width() - self._side_width, self.height()
        upper = height * 70 // 100, height * 30 // 100
        if self._form is not _Form.WIDE:
            return {f"{self._form_name} upper": (self._upper, upper)}
        return {
            "columns": (self._columns, (width * 60 // 100, width * 40 // 100)),
            "upper": (self._upper, upper),
            "right": (self._right, (height * 42 // 100, height * 58 // 100)),
        }

    def _tabbed(self) -> dict[str, Card]:
        if self._form is _Form.WIDE:
            return {"details": self._details}
        return {f"{self._form_name} step": self._step}

    @property
    def _form_name(self) -> str:
        return self._form.value if self._form else ""

    def _restore_sizes(self) -> None:
        for name, (splitter, usual) in self._splitters().items():
            sizes = self._layout.get(name, ())
            splitter.setSizes(sizes if len(sizes) == splitter.count() and all(sizes) else usual)

    def _remember(self) -> None:
        """Keep the sizes and tabs of the arrangement as it is; of a card alone there are none."""
        if self._form is None or self._alone or not self._later or not self.isVisible():
            return
        for name, (splitter, _usual) in self._splitters().items():
            self._layout[name] = tuple(splitter.sizes())
        for name, card in self._tabbed().items():
            self._layout[name] = (card.place,)

    def _show_alone(self, cards: tuple[Card, ...], is_bare: bool = False) -> None:
        if cards == self._alone:
            return
        self._remember()
        was_stage = self._is_stage
        for card in {*self._alone, *cards}:
            card.set_bare(is_bare and card in cards)
        self._alone, self._is_stage = cards, is_bare
        self._show_parts()
        self._arrange()
        if was_stage and not self._alone:
            self._restore_sizes()
        self.enlarged_changed.emit()

    def _show_parts(self) -> None:
        """Show the cards that belong to the arrangement, or the ones alone, and their holders."""
        in_place = [self._network, self._step, self._transport, *self._side_cards]
        usual = self._cards() if self._form is _Form.WIDE else in_place
        shown = list(self._alone) or [card for card in usual if card.pages or card is self._step]
        for card in self._cards():
            card.setVisible(card in shown)
        for holder in (self._side, self._main, self._middle, self._upper, self._right):
            holder.setVisible(any(holder.isAncestorOf(card) for card in shown))
        is_free = self._alone and self._side.isVisibleTo(self)
        self._side.setMaximumWidth(16_777_215 if is_free else self._side_width)

    def _cards(self) -> list[Card]:
        fixed = [self._network, self._step, self._transport, self._plots, self._details]
        return fixed + self._side_cards

    def _make_enlargeable(self, card: Card) -> None:
        card.enlarge_requested.connect(lambda: self._on_enlarge_requested(card))

    def _on_enlarge_requested(self, card: Card) -> None:
        if self._alone:
            self.restore()
        else:
            self._go_to((card,), card, card.place)


class _Level(NamedTuple):
    """What was alone, or the stage, and which cards show another tab since: before, and after."""

    alone: tuple[Card, ...]
    is_stage: bool
    tabs: dict[Card, tuple[int, int]]


class _Form(Enum):
    """How many columns there are: three, two, or one."""

    WIDE = "wide"
    NARROW = "narrow"
    SLIM = "slim"


def _splitter(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(_GAP)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        splitter.addWidget(part)
    for place in range(splitter.count()):
        splitter.handle(place).setAccessibleName(_("Divider"))
    return splitter


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(_GAP)
    return column


def _scrolled(content: QWidget) -> QScrollArea:
    """Return a frame in which the content can be scrolled where the window is too low for it."""
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(content)
    return scroller
