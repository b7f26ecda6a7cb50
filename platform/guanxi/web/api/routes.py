"""The addresses of the API."""

from starlette.routing import Mount, Route

from guanxi.web import files
from guanxi.web.api import (
    absences,
    explain,
    instances,
    records,
    route,
    schemas,
    search,
    task_acts,
    tasks,
    users,
)
from guanxi.web.routing import methods

_V1 = [
    methods("/records/{entity}", GET=records.list_, POST=records.create),
    methods("/records/{entity}/{id}", GET=records.read, PATCH=records.update, DELETE=records.delete),
    methods("/records/{entity}/{id}/actions/{name}", POST=records.act),
    methods("/records/{entity}/{id}/history", GET=records.history),
    methods("/records/{entity}/{id}/explain/{field}", GET=explain.explain),
    methods("/records/{entity}/{id}/route/{transition}", GET=route.preview),
    methods("/tasks", GET=tasks.list_),
    methods("/tasks/decide", POST=tasks.decide_many),
    methods("/tasks/{id}", GET=tasks.read),
    methods("/tasks/{id}/approve", POST=tasks.approve),
    methods("/tasks/{id}/reject", POST=tasks.reject),
    methods("/tasks/{id}/answer", POST=tasks.answer),
    *(methods(f"/tasks/{{id}}/{name}", POST=handler) for name, handler in task_acts.ACTS.items()),
    methods("/instances/{id}", GET=instances.read),
    *(methods(f"/instances/{{id}}/{name}", POST=handler) for name, handler in instances.ACTS.items()),
    methods("/files", POST=files.upload),
    methods("/search", GET=search.search),
    methods("/users", GET=users.list_, POST=users.add),
    methods("/users/{id}", PATCH=users.change),
    methods("/users/{id}/absence", GET=absences.read, PUT=absences.put, DELETE=absences.clear),
    methods("/schemas/{entity}", GET=schemas.schema),
]

API_ROUTES = [
    Mount("/api/v1", routes=_V1),
    Route("/api/openapi.json", schemas.openapi, methods=["GET"]),
]
