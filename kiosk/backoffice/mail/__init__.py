"""Messages to the buyer by e-mail: one for each state of an order that they should know."""
