"""What Qt does not say of a PDF: the language of its texts, and that viewers show its title."""

import re

_LANGUAGE = "en"  # of all texts, whatever the numbers look like
_CATALOG = re.compile(rb"(\d+) 0 obj\n<<\n(/Type /Catalog\n.*?)>>\nendobj\n", re.DOTALL)
_TRAILER = re.compile(rb"trailer\n<<\n(.*)>>\nstartxref\n(\d+) ?\n%%EOF\n*\Z", re.DOTALL)


def described(pdf: bytes) -> bytes:
    """Return a PDF of Qt's with its language, as an update that follows what Qt has written.

    So no offset in it changes. A PDF of another form is returned as it is.
    """
    catalog, trailer = _CATALOG.search(pdf), _TRAILER.search(pdf)
    if not (catalog and trailer):
        return pdf
    number, entries = catalog.groups()
    more = f"/Lang ({_LANGUAGE})\n/ViewerPreferences << /DisplayDocTitle true >>\n".encode()
    update = b"%s 0 obj\n<<\n%s%s>>\nendobj\n" % (number, entries, more)
    table = b"xref\n0 1\n0000000000 65535 f \n%s 1\n%010d 00000 n \n" % (number, len(pdf))
    start = len(pdf) + len(update)
    head, before = trailer.groups()
    tail = b"trailer\n<<\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (head, before, start)
    return pdf + update + table + tail
