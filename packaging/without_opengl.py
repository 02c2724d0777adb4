"""Stands in for Qt's OpenGL in the frozen program: pyqtgraph imports it, and nothing here uses it.

The real modules are 10 MB. PyInstaller runs this before the program.
"""

import sys
from types import ModuleType

for name in ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"):
    sys.modules[name] = ModuleType(name)
# pyqtgraph asks of each widget whether it is one, and derives from it.
vars(sys.modules["PySide6.QtOpenGLWidgets"])["QOpenGLWidget"] = type("QOpenGLWidget", (), {})
