"""Views of lists that people save."""
