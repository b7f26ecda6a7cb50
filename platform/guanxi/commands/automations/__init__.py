"""What happens by itself: how automations begin, and what is seen of their runs."""
