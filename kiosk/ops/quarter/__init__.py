"""Building the map of a quarter. Needs the extra `map`: osmium, shapely, mapbox_earcut, NumPy."""
