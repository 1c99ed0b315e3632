"""The storefront that the browser shows: our own pages, and the server that sends them."""
