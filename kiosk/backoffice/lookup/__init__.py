"""The door for somebody who ordered and stands in front of a window again, without their phone."""
