"""The goods themselves. Every builder returns the objects that the camera must frame.

1 unit is 10 cm; a piece stands on z = 0 and faces -y.
"""
