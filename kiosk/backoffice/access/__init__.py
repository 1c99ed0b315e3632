"""Who comes in, what they may, and what they have read of the buyers."""
