"""The ASGI application; `CONTROL_DATABASE_URL` names the database."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from tortoise import Tortoise

from bench.control.create import create_order
from bench.control.database import connect
from bench.control.errors import Refused, answer
from bench.control.listing import list_orders
from bench.control.reading import read_order
from bench.control.update import update_order


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """Hold the connection pool while serving."""
    await connect(os.environ["CONTROL_DATABASE_URL"])
    yield
    await Tortoise.close_connections()


def create_app() -> Starlette:
    """The application with its four routes."""
    routes = [
        Route("/orders", create_order, methods=["POST"]),
        Route("/orders", list_orders, methods=["GET"]),
        Route("/orders/{id:int}", read_order, methods=["GET"]),
        Route("/orders/{id:int}", update_order, methods=["PATCH"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={Refused: answer})
