"""The command line: `guanxi`."""

from guanxi.cli.main import main

__all__ = ["main"]
