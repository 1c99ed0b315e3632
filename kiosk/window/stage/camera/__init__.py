"""The courier's picture on the glass. Whatever the network does, no frame waits for it."""
