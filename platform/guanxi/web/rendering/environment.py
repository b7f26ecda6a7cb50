"""Pages: a template, a view and a reader become HTML."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guanxi import resources
from guanxi.web.rendering.assets import Assets
from guanxi.web.rendering.catalogs import Catalog, read_catalogs
from guanxi.web.rendering.formats import Formats
from guanxi.web.rendering.icons import icon
from guanxi.web.rendering.languages import LANGUAGES
from guanxi.web.rendering.views.frame import Bare, Frame


class Renderer:
    """Draws templates in the product's languages. One per process; thread-safe once built."""

    def __init__(self, ui: Path) -> None:
        self.assets = Assets(ui / "static")
        self.catalogs: Mapping[str, Catalog] = read_catalogs(ui / "locales")
        loader = FileSystemLoader(ui / "templates")
        self._environments = {
            tag: _environment(loader, catalog, self.assets) for tag, catalog in self.catalogs.items()
        }

    @classmethod
    def shipped(cls) -> "Renderer":
        """The renderer for the templates that ship with the product."""
        return cls(resources.folder("ui"))

    def page(self, template: str, page: object, frame: Frame, formats: Formats) -> str:
        """A page inside the application's frame, for a person who is signed in."""
        return self._draw(template, formats, page=page, frame=frame, theme=frame.theme)

    def bare(self, template: str, page: object, bare: Bare, formats: Formats) -> str:
        """A page outside the frame: sign-in, one-time links, errors before sign-in."""
        return self._draw(template, formats, page=page, bare=bare, frame=None, theme=bare.theme)

    def fragment(self, template: str, page: object, formats: Formats) -> str:
        """A piece of a page that a request from the page asks for."""
        return self._draw(template, formats, page=page)

    def _draw(self, template: str, formats: Formats, **context: object) -> str:
        language = formats.language
        environment = self._environments[language.tag]
        return environment.get_template(template).render(
            fmt=formats, lang=language, languages=LANGUAGES, **context
        )


def _environment(loader: FileSystemLoader, catalog: Catalog, assets: Assets) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        cache_size=-1,
    )
    environment.install_gettext_translations(catalog, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(icon=icon, asset=assets.url, say=catalog.say)
    return environment
