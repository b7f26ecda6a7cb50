"""Files: taking them in, and handing them out to those who may see them."""
