"""What is kept of people, for how long, and what they may ask."""
