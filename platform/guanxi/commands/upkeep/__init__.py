"""What the platform does for itself: sealing, checking and clearing away. No person asks for it."""
