"""The OpenAPI 3.1 document, generated from the catalog as the asking person may see it."""

from guanxi.web.api.openapi.document import openapi_document

__all__ = ["openapi_document"]
