"""What pages look like: templates, languages, and how values are written."""

from guanxi.web.rendering.catalogs import Catalog
from guanxi.web.rendering.environment import Renderer
from guanxi.web.rendering.formats import Formats
from guanxi.web.rendering.languages import LANGUAGES, Language, language, negotiate

__all__ = ["LANGUAGES", "Catalog", "Formats", "Language", "Renderer", "language", "negotiate"]
