"""Tabs, as cards have them: buttons of which one is down."""

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAccessibleWidget, QPushButton, QWidget

from backprop_gui.widgets.accessible import tell


class TabList(QWidget):
    """Holds the tabs of a card."""

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.PageTabList)


class Tab(QPushButton):
    """A tab; it is checked while its page is shown."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.toggled.connect(lambda: tell(self, QAccessible.Event.Selection))

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return _PageTab(self)


class _PageTab(QAccessibleWidget):
    """A tab that is selected while it is down; it can be pressed."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab, QAccessible.Role.PageTab)
        self._tab = tab

    def state(self) -> QAccessible.State:
        """Say which tab is selected, as of a tab."""
        state = super().state()
        state.selectable = True
        state.selected = self._tab.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """Have the tab pressed, as well."""
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press the tab."""
        if name == QAccessibleActionInterface.pressAction():
            self._tab.click()
        else:
            super().doAction(name)
