"""The button that says how a run's numbers are computed, and its menu of other ways."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton

from backprop_gui.core.network import Method
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _

_HINT = _("Compute exactly, or as on paper: each line rounded, and carried on over the run")
_DIGITS = 3  # to begin with
_ARROW = 22  # pixels, with its padding


class MethodButton(QPushButton):
    """Says how the numbers of a setup are computed: exactly, or as on paper with so many digits.

    Signals:
        chosen(object): the person chose another Method, or None for exactly.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._method: Method | None = None
        self._text = ""
        self.setObjectName("method")  # low: on a small screen the sidebar has room for no more
        self.setToolTip(_HINT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)
        self.show_method(None)

    def show_method(self, method: Method | None) -> None:
        """Show how the numbers are computed; None is exactly."""
        self._method = method
        self._text = method.title if method else _("Exact numbers")
        self.setToolTip(f"{self._text}. {_HINT}" if method else _HINT)
        self.setAccessibleName(aloud(_("Numbers: {method}").format(method=self._text)))
        self.setAccessibleDescription(aloud(_HINT))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return a room in which the text is cut off: it never widens the panel."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return no more than the least width: the panel gives it its own."""
        return QSize(0, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the text as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the text in another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(part, option, self).width() - _ARROW
        self.setText(
            self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, max(0, room))
        )

    def _fill(self) -> None:
        # Imported where it is used: the first frame does without.
        from backprop_gui.lesson.rounded import DIGITS_RANGE, Rounded

        now = self._method if isinstance(self._method, Rounded) else Rounded(_DIGITS)
        menu = self.menu()
        menu.clear()
        self._add(menu, _("&Exact"), None)
        kinds = ((_("&Significant digits"), False), (_("&Decimals"), True))
        for title, is_of_decimals in kinds:
            ways = menu.addMenu(title)
            for digits in DIGITS_RANGE:
                self._add(ways, f"&{digits}", Rounded(digits, is_of_decimals, now.is_cut))
            is_now = isinstance(self._method, Rounded) and now.is_of_decimals == is_of_decimals
            ways.menuAction().setCheckable(True)
            ways.menuAction().setChecked(is_now)
        menu.addSeparator()
        for title, is_cut in ((_("&Rounded"), False), (_("&Cut off"), True)):
            way = Rounded(now.digits, now.is_of_decimals, is_cut)
            self._add(menu, title, way).setEnabled(isinstance(self._method, Rounded))

    def _add(self, menu: QMenu, title: str, method: Method | None) -> QAction:
        action = menu.addAction(title, partial(self.chosen.emit, method))
        action.setCheckable(True)
        action.setChecked(method == self._method)
        return action
