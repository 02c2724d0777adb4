"""Where the cards stand: beside each other, below each other, or one alone."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from backprop_gui.widgets.card import Card, Page
from backprop_gui.widgets.columns import (
    GAP,
    Columns,
    Shares,
    column,
    is_low,
    least_curve,
    right_width,
    scrolled,
)

_ROOM = 80  # around what is scrolled to: for a sentence below it, which may have just come
_STAGE_ASPECT, _STAGE_SHARE = 0.52, 0.71
# Of the height: larger text needs more of it, and a high window has more than a formula needs.
_STEP_SHARE, _MOST_STEP_SHARE, _MOST_STEP = 0.28, 0.36, 190
_ANY_WIDTH = 16_777_215


class Arrangement(QWidget):
    """The cards of the window, for its size; see `Columns`.

    `network` is the picture, with a card for the step below it; `transport` are the controls,
    which stand below all that can be scrolled, so that they are never cut off. A card can be
    enlarged to the whole; the stage is the network and the step alone.

    Signals:
        enlarged_changed(): a card was enlarged, or everything is in its place again.
        drag_started(object): the picture of this content is being dragged away.
        export_requested(object): the person asks to export the picture of this content.
    """

    enlarged_changed = Signal()
    drag_started = Signal(object)
    export_requested = Signal(object)

    def __init__(self, network: Page, transport: Page, plot: Page) -> None:
        super().__init__()
        self._plot = plot
        self._network = Card(network)
        self._transport = Card(transport)
        self._step = Card()
        self._plots = Card(is_short=True)
        self._details = Card(is_short=True)
        self._curve = Card(is_short=True)  # the plot at the side
        self._curve.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._later: tuple[Page, ...] = ()  # the step and the details
        self._beside_plot: tuple[Page, ...] = ()
        self._form: Columns | None = None
        self._alone: tuple[Card, ...] = ()
        self._is_stage = False
        self._levels: list[_Level] = []  # to go back to, the last one first
        self._layout: dict[str, tuple[int, ...]] = {}
        self._side_cards: list[Card] = []
        self._side_pages: tuple[Page, ...] = ()
        self._scrollers: list[QScrollArea] = []  # around these, where they are tabs
        self._upper = Shares(Qt.Orientation.Vertical, self._network, self._step)
        self._right = Shares(Qt.Orientation.Vertical, self._plots, self._details)
        self._columns = Shares(Qt.Orientation.Horizontal, self._upper, self._right)
        for parts in (self._upper, self._right, self._columns):
            parts.splitterMoved.connect(partial(self._on_moved, parts))
        sidebar = QWidget()
        sidebar.setObjectName("sidebar")
        self._sidebar = column(sidebar)
        self._sidebar.addWidget(self._curve)
        self._side = scrolled(sidebar)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scale = 1.0
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self._side)
        self._main = scrolled(self._columns)
        self._middle = QWidget()
        below = column(self._middle)
        below.addWidget(self._main, 1)
        self._transport.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        below.addWidget(self._transport)
        row.addWidget(self._middle, 1)
        for card in (self._network, self._step, self._plots, self._details, self._curve):
            self._take(card)
        self._size_side()

    @property
    def layout_chosen(self) -> dict[str, tuple[int, ...]]:
        """Places of tabs in each form of `Columns`, and the sizes in pixels that a person chose."""
        self._remember()
        return dict(self._layout)

    def set_layout(self, layout: Mapping[str, tuple[int, ...]]) -> None:
        """Begin with this layout, as far as it fits these cards."""
        self._layout = dict(layout)

    def set_text_scale(self, scale: float) -> None:
        """Arrange the cards for text so many times as large as the desktop's."""
        self._scale = scale
        self._follow_size()

    @property
    def is_one_alone(self) -> bool:
        """Whether a card is enlarged, or the stage is set."""
        return bool(self._alone)

    def add_to_sidebar(self, *pages: Page) -> None:
        """Add a card for each page at the left, with the place for a curve before the last."""
        for place, page in enumerate(pages):
            card = Card(page)
            # It is scrolled before its rows are squeezed.
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self._take(card)
            self._side_cards.append(card)
            self._sidebar.insertWidget(place if place < len(pages) - 1 else -1, card)
        self._side_pages = pages
        self._scrollers = [scrolled() for _page in pages]

    def add_pages(self, step: Page, *details: Page, beside_plot: tuple[Page, ...] = ()) -> None:
        """Put the step, the details, and what are tabs beside the plot, in place."""
        self._later, self._beside_plot = (step, *details), beside_plot
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
        for scroller in (*self._scrollers, self._side, self._main):
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
        room = self.height() - 3 * GAP
        network = min(round(self.width() * _STAGE_ASPECT), round(room * _STAGE_SHARE))
        self._upper.share([network, room - network])

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
        self._follow_size()
        if self._is_stage:
            self._size_stage()  # a window becomes full screen some time after it was asked to

    def _follow_size(self) -> None:
        self._arrange()
        self._size_side()
        self._save_height()
        self._share_out()

    def _save_height(self) -> None:
        saves = is_low(self.size(), self._scale)
        self._network.set_headed(not saves)
        for card in self._cards():
            card.set_low(saves)

    def _arrange(self) -> None:
        form = Columns.of(self.size(), self._scale)
        if form is self._form or self._alone:
            return
        self._remember()
        self._form = form
        for scroller in self._scrollers:
            if content := scroller.takeWidget():
                content.setAutoFillBackground(False)  # which a scroll area has set
        pages = self._pages_of(form)
        for card in self._cards():
            if card in pages:
                card.set_pages(())
        for card, its_pages in pages.items():
            card.set_pages(its_pages)
        self._show_parts()
        self._size_side()
        self._share_out()
        for name, card in self._tabbed().items():
            places = self._layout.get(name, ())
            if len(places) == 1 and 0 <= places[0] < len(card.pages):
                card.show_page(places[0])

    def _pages_of(self, form: Columns) -> dict[Card, tuple[Page, ...]]:
        """Return what each card has in a form, besides the network's and the transport's."""
        step, details, plot = self._later[:1], self._later[1:], (self._plot,)
        beside = self._beside_plot
        is_wide, is_slim = form is Columns.WIDE, form is Columns.SLIM
        tabs = () if form is Columns.CURVE else plot
        side = self._scrolled_side() if is_slim else ()
        in_step = step if is_wide or not step else (*step, *tabs, *details, *beside, *side)
        sides = {
            card: () if is_slim else (page,)
            for card, page in zip(self._side_cards, self._side_pages, strict=True)
        }
        return {
            **sides,
            self._curve: plot if form is Columns.CURVE else (),
            self._step: in_step,
            self._plots: (*plot, *beside) if is_wide else (),
            self._details: details if is_wide else (),
        }

    def _scrolled_side(self) -> tuple[Page, ...]:
        """Return the pages of the side so that a low card can hold them."""
        for scroller, page in zip(self._scrollers, self._side_pages, strict=True):
            scroller.setWidget(page.content)
            scroller.setWhatsThis(page.content.whatsThis())
        return tuple(
            page._replace(content=scroller)
            for scroller, page in zip(self._scrollers, self._side_pages, strict=True)
        )

    def _size_side(self) -> None:
        """Give the column at the left its width, and one of its cards the height to spare."""
        is_free = self._alone and not self._middle.isVisibleTo(self)
        width = (self._form or Columns.NARROW).side(self.width(), self._scale)
        self._side.setMinimumWidth(width)
        self._curve.setMinimumHeight(least_curve(self.size(), self._scale))
        self._side.setMaximumWidth(_ANY_WIDTH if is_free else width)
        shown = [card for card in (*self._side_cards, self._curve) if not card.isHidden()]
        for card in (*self._side_cards, self._curve):
            self._sidebar.setStretchFactor(card, 1 if shown and card is shown[-1] else 0)

    def _splitters(self) -> dict[str, tuple[Shares, tuple[int, int]]]:
        """The splitters under the names of the layout, and their usual sizes."""
        width = self.width() - self._side.minimumWidth() - 3 * GAP
        height = self.height() - self._transport.sizeHint().height() - 3 * GAP
        share = min(_STEP_SHARE * self._scale, _MOST_STEP_SHARE)
        step = round(min(height * share, _MOST_STEP * self._scale))
        upper = self._upper, (height - step, step)
        if self._form is not Columns.WIDE:
            return {f"{self._form_name} upper": upper}
        right = right_width(self.width(), self._scale)
        return {
            "columns": (self._columns, (width - right, right)),
            "upper": upper,
            "right": (self._right, (height * 45 // 100, height * 55 // 100)),
        }

    def _tabbed(self) -> dict[str, Card]:
        if self._form is Columns.WIDE:
            return {"details": self._details, "plots": self._plots}
        return {f"{self._form_name} step": self._step}

    @property
    def _form_name(self) -> str:
        return self._form.value.name if self._form else ""

    def _share_out(self) -> None:
        """Give the cards the sizes that the person has chosen, or the usual ones."""
        if self._alone or self._form is None:
            return
        for name, (parts, usual) in self._splitters().items():
            sizes = self._layout.get(name, ())
            parts.share(sizes if len(sizes) == parts.count() and all(sizes) else usual)

    def _on_moved(self, moved: Shares, _place: int, _divider: int) -> None:
        """Keep what a person chose; of a card alone, and of the stage, there are no sizes."""
        for name, (parts, _usual) in self._splitters().items():
            if parts is moved and not self._alone:
                self._layout[name] = tuple(parts.sizes())

    def _remember(self) -> None:
        """Keep the tabs of the arrangement as it is; a card alone has none of these."""
        if self._form is None or self._alone or not self._later or not self.isVisible():
            return
        for name, card in self._tabbed().items():
            self._layout[name] = (card.place,)

    def _show_alone(self, cards: tuple[Card, ...], is_bare: bool = False) -> None:
        if cards == self._alone:
            return
        self._remember()
        focused = QApplication.focusWidget()
        stays = not cards or any(card.isAncestorOf(focused) for card in cards if focused)
        if focused and self.isAncestorOf(focused) and not stays:
            self.setFocus()  # Qt would go from what is hidden to whatever button comes next
        for card in {*self._alone, *cards}:
            card.set_bare(is_bare and card in cards)
            is_alone = not is_bare and card in cards
            card.set_alone(is_alone, has_tabs=not (is_alone and self.has_stage))
        self._alone, self._is_stage = cards, is_bare
        self._show_parts()
        self._arrange()
        self._share_out()
        if not self._alone and self.hasFocus():
            self._network.pages[0].content.setFocus()
        self.enlarged_changed.emit()

    def _show_parts(self) -> None:
        """Show the cards that belong to the arrangement, or the ones alone, and their holders."""
        in_place = [card for card in self._cards() if card.pages or card is self._step]
        shown = list(self._alone) or in_place
        for card in self._cards():
            card.setVisible(card in shown)
        for holder in (self._side, self._middle, self._main, self._upper, self._right):
            holder.setVisible(any(holder.isAncestorOf(card) for card in shown))
        self._size_side()

    def _cards(self) -> list[Card]:
        fixed = [self._network, self._step, self._transport, self._plots, self._details]
        return [*fixed, *self._side_cards, self._curve]

    def _take(self, card: Card) -> None:
        card.enlarge_requested.connect(lambda: self._on_enlarge_requested(card))
        card.drag_started.connect(self.drag_started)
        card.export_requested.connect(self.export_requested)

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
