"""The dialog that asks what a picture shall show and how large."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.i18n import _

SCALES = (1, 2, 3)


class PictureDialog(QDialog):
    """Asks for the network alone or the whole window, at one, two or three times its size."""

    def __init__(self, network: QSize, window: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save picture"))
        self._sizes = (network, window)
        self._what = QComboBox()
        self._what.addItems([_("Network"), _("Window")])
        self._scale = QComboBox()
        self._scale.addItems([f"{scale}×" for scale in SCALES])
        self._scale.setCurrentIndex(1)
        self._size = QLabel()
        form = QFormLayout()
        form.addRow(_("&Picture of"), self._what)
        form.addRow(_("&Scale"), self._scale)
        form.addRow(_("Size"), self._size)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._what.currentIndexChanged.connect(self._show_size)
        self._scale.currentIndexChanged.connect(self._show_size)
        self._show_size()
        self.setMinimumWidth(320)

    @property
    def is_window(self) -> bool:
        """Whether the whole window is asked for."""
        return self._what.currentIndex() == 1

    @property
    def scale(self) -> int:
        """Pixels of the picture for each logical pixel of the screen."""
        return SCALES[self._scale.currentIndex()]

    def _show_size(self) -> None:
        size = self._sizes[self._what.currentIndex()] * self.scale
        self._size.setText(_("{w} × {h} pixels").format(w=size.width(), h=size.height()))
