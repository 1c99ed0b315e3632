"""The shop's own couriers: who they are, what they carry, and their page on the phone."""
