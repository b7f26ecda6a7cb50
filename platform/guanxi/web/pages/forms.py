"""The forms of records."""

from starlette.routing import BaseRoute

FORM_ROUTES: list[BaseRoute] = []
