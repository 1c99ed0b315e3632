"""The catalogue: categories, products, variants, pictures, and the feed of their changes."""
