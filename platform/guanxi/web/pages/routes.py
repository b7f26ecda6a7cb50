"""The addresses of pages."""

from starlette.routing import BaseRoute

from guanxi.web import files
from guanxi.web.pages import (
    asking,
    inbox,
    lists,
    notifications,
    people,
    preferences,
    records,
    route,
    search,
    set_password,
    sign_in,
    why,
    work,
)
from guanxi.web.pages.forms import FORM_ROUTES
from guanxi.web.routing import methods

PAGE_ROUTES: list[BaseRoute] = [
    methods("/", GET=inbox.home),
    methods("/sign-in", GET=sign_in.show, POST=sign_in.submit),
    methods("/sign-out", POST=sign_in.leave),
    methods("/welcome/{token}", GET=set_password.show, POST=set_password.submit),
    methods("/preferences", POST=preferences.choose),
    methods("/search", GET=search.show),
    methods("/search/options", GET=search.options),
    methods("/inbox", GET=inbox.show),
    methods("/inbox/badge", GET=inbox.badge),
    methods("/inbox/people", GET=inbox.people),
    methods("/inbox/{id}", GET=inbox.open_),
    methods("/inbox/{id}/approve", POST=inbox.approve),
    methods("/inbox/{id}/reject", POST=inbox.reject),
    methods("/inbox/{id}/assign", POST=inbox.assign),
    methods("/notifications", GET=notifications.show),
    methods("/notifications/read", POST=notifications.read_all),
    methods("/notifications/{id}/read", POST=notifications.read_one),
    methods("/work", GET=work.show),
    methods("/work/{id}/retry", POST=work.retry),
    methods("/work/{id}/discard", GET=work.ask, POST=work.discard),
    methods("/people", GET=people.show, POST=people.add),
    methods("/people/new", GET=people.new),
    methods("/people/{id}", GET=people.edit, POST=people.save),
    methods("/people/{id}/link", POST=people.new_link),
    methods("/files/{id}/{name}", GET=files.download),
    *FORM_ROUTES,
    methods("/records/{entity}", GET=lists.show),
    methods("/records/{entity}/{id}", GET=records.show),
    methods("/records/{entity}/{id}/actions/{name}", GET=asking.ask, POST=records.act),
    methods("/records/{entity}/{id}/actions/{name}/preview", POST=asking.preview),
    methods("/records/{entity}/{id}/route/{name}", GET=route.show),
    methods("/records/{entity}/{id}/why", GET=why.record),
    methods("/records/{entity}/{id}/why/{field}", GET=why.field),
]
