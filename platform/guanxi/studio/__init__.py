"""Studio: the configuration in the browser."""
