"""The one way by which English source text becomes the reader's language."""

import gettext

from backprop_gui.system.resources import resource

_catalog = gettext.translation("backprop", localedir=resource("locale"), fallback=True)

_ = _catalog.gettext
ngettext = _catalog.ngettext
