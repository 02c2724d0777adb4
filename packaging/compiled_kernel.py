"""Lets Python import the kernel compiled, but never one compiled from another source.

bootstrap.sh puts a copy of this file into .venv, where a .pth file has it installed whenever this
Python starts. So it imports nothing before the kernel is asked for.
"""

import os
import sys

TYPE_CHECKING = False  # mypy takes it for True; typing's own costs an import of typing
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

KERNEL = "backprop_gui.core.kernel"


class KernelFinder:
    """Finds the kernel's extension module where it was compiled from kernel.py as it is now.

    Takes the folder in which the extension modules of a source lie in a folder named by its hash.
    Without one for the present source, and with BACKPROP_PLAIN_KERNEL=1, the source itself is
    found, even where a forgotten build has left an extension module beside it.
    """

    def __init__(self, compiled: str) -> None:
        self._compiled = compiled
        self._folder = ""

    def find_spec(
        self, fullname: str, path: "Sequence[str] | None", target: "ModuleType | None" = None
    ) -> "ModuleSpec | None":
        """Return where to load the kernel from, or None for any other module."""
        if fullname == KERNEL and path:
            return self._find_kernel(f"{path[0]}/kernel.py")
        if fullname.endswith("__mypyc") and self._folder:
            return self._find_extension(fullname)  # what the kernel's extension module imports
        return None

    def _find_kernel(self, source: str) -> "ModuleSpec | None":
        from importlib.util import source_hash, spec_from_file_location

        try:
            with open(source, "rb") as file:
                code = file.read()
        except OSError:
            return None
        if os.environ.get("BACKPROP_PLAIN_KERNEL") != "1":
            self._folder = f"{self._compiled}/{source_hash(code).hex()}"
            extension = self._find_extension(KERNEL)
            if extension:
                return extension
        return spec_from_file_location(KERNEL, source)

    def _find_extension(self, fullname: str) -> "ModuleSpec | None":
        from importlib.machinery import EXTENSION_SUFFIXES
        from importlib.util import spec_from_file_location

        name = fullname.rpartition(".")[2]
        location = f"{self._folder}/{name}{EXTENSION_SUFFIXES[0]}"
        return spec_from_file_location(fullname, location) if os.path.isfile(location) else None


def install() -> None:
    """Have the kernel looked for in this environment's folder `compiled` first."""
    sys.meta_path.insert(0, KernelFinder(f"{sys.prefix}/compiled"))
