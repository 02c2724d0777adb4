"""The packet of metadata that PDF and WebP carry."""

from xml.sax.saxutils import escape

from backprop_gui.system.letters import one_line

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:source>{line}</dc:source>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def xmp(title: str, line: str) -> bytes:
    """Return an XMP packet with a title and, as its source, the restore line."""
    return _XMP.format(title=escape(one_line(title)), line=escape(line)).encode()
