"""The last known poster, on the glass before the rest of the window has been loaded.

`still` is what lies on the disk, `curtain` draws it (both are light: they run first), `keeper`
writes it down for the next start.
"""
