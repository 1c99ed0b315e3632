"""Copies of the shop's memory: made, proved, and put back."""
