"""How many orders are taken as they come: more wait for staff, and none is lost."""
