"""What the tests of whole programs share."""

from collections.abc import Iterator

import pytest

from tests import forking


@pytest.fixture(scope="session")
def origin() -> Iterator[forking.Origin]:
    """What programs start from that have the window's code loaded."""
    made = forking.origin("backprop_gui.app.application", "pyqtgraph")
    yield made
    made.end()


@pytest.fixture(scope="session")
def bare_origin() -> Iterator[forking.Origin]:
    """What programs start from that load the window's code themselves."""
    made = forking.origin("pyqtgraph")
    yield made
    made.end()
