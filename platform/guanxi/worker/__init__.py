"""What goes on beside requests: timers, events passed on, jobs, sealing the audit, clearing away."""

from guanxi.worker.running import beside

__all__ = ["beside"]
