"""What an idle window may tell passers-by of a ride: that there is one, about where, of nobody."""
