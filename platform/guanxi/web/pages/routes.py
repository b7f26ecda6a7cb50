"""The addresses of pages."""

from starlette.routing import BaseRoute

from guanxi.web.pages import preferences, set_password, sign_in
from guanxi.web.routing import methods

PAGE_ROUTES: list[BaseRoute] = [
    methods("/sign-in", GET=sign_in.show, POST=sign_in.submit),
    methods("/sign-out", POST=sign_in.leave),
    methods("/welcome/{token}", GET=set_password.show, POST=set_password.submit),
    methods("/preferences", POST=preferences.choose),
]
