"""The control: the order API written by hand for one fixed schema."""
