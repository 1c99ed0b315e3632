"""The ground floor: what a shop is, in pure Python.

Knows no network, no database, no Kivy and no web framework, so that both sides of the wire
reason with the same words.
"""
