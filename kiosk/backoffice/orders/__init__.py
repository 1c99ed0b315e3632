"""Orders and their deliveries."""
