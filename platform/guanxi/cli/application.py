"""What each server process runs. Apart from the commands, so that they start without the web."""

from starlette.applications import Starlette

from guanxi.studio.routes import STUDIO
from guanxi.web.app import create_app
from guanxi.worker import beside


def application() -> Starlette:
    """The application with Studio, and the worker beside it."""
    return create_app(beside=beside, areas=(STUDIO,))
