"""What the other apps stand on: the shop's profile, devices, events, the epoch."""
