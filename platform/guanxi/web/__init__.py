"""The HTTP edge: pages and the API. It turns requests into commands and what they return into replies."""
