"""The catalogue's way in: files that retailers already have, read, checked and published."""
