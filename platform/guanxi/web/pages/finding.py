"""What an address is about, or nothing at all."""

from starlette.requests import Request

from guanxi.definitions.entity import Entity
from guanxi.definitions.layout import Layout, View
from guanxi.web.api.query import id_of
from guanxi.web.api.visible import visible_entity as visible_access
from guanxi.web.context import context_of


async def visible_entity(request: Request) -> Entity:
    """The entity of the address, if the person may read any of it; else NotFound."""
    context = context_of(request)
    catalog = await context.workspace.live()
    return visible_access(catalog, context.signed_in, request.path_params["entity"]).entity


async def layout_of(request: Request, entity: Entity, view: View) -> Layout:
    """The layout of a view of the entity."""
    return (await context_of(request).workspace.live()).layout_for(entity.name, view)


def record_id(request: Request) -> int:
    """The id in the address. Raises NotFound when it is none."""
    return id_of(request.path_params["id"])
