"""What goes on beside requests in the same process: sealing the audit, clearing away what has expired."""

from guanxi.worker.running import working

__all__ = ["working"]
