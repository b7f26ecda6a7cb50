"""Every template, in every language, with everything and with as little as possible."""

import re
from functools import cache
from itertools import chain

import pytest
from bs4 import BeautifulSoup, Tag

from guanxi import resources
from tests.unit.web_rendering import pages
from tests.unit.web_rendering.filling import Filler

HOSTILE = "<script>alert(1)</script>\"'><blink>%(x)s{{7331*7}}"
TURNS = range(4)
LANGUAGES = ("en", "zh-CN")


@cache
def every_page(text: str = "Huaxin", tag: str = "en") -> list[tuple[str, str]]:
    drawn = []
    for turn in TURNS:
        for everything in (True, False):
            filler = Filler(text, turn, everything=everything)
            drawn += [(template, pages.page(template, tag, filler)) for template in pages.FRAMED]
            drawn += [(f"bare {template}", pages.bare(template, tag, filler)) for template in pages.BARE]
    return drawn


@cache
def parsed() -> list[tuple[str, BeautifulSoup]]:
    return [(template, BeautifulSoup(html, "html.parser")) for template, html in every_page()]


def elements(html: str, selector: str) -> list[Tag]:
    return list(BeautifulSoup(html, "html.parser").select(selector))


def test_every_template_has_a_view():
    folder = resources.folder("ui") / "templates"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    drawn = {*pages.FRAMED, *pages.BARE, *pages.FRAGMENTS}
    parts = {"base.html", "bare.html", "frame.html", "studio/frame.html"}
    included = set(re.findall(r'include "([^"]+)"', "".join(p.read_text() for p in folder.rglob("*.html"))))
    assert {name for name in there - drawn - parts - included if not name.startswith("macros/")} == set()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_pages_draw_with_everything_and_with_little(tag: str):
    drawn = every_page(tag=tag)
    assert len(drawn) == len(TURNS) * 2 * (len(pages.FRAMED) + len(pages.BARE))
    for template, html in drawn:
        assert f'<html lang="{tag}"' in html, template
        assert len(elements(html, "h1")) == 1, template


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("template", pages.FRAGMENTS)
def test_fragments_draw(template: str, tag: str):
    full = pages.fragment(template, tag, Filler("Huaxin"))
    empty = pages.fragment(template, tag, Filler("Huaxin", everything=False))
    assert full.strip()
    assert empty.strip()
    assert "<html" not in full


def test_texts_from_people_never_become_markup():
    plain = Filler(HOSTILE)
    drawn = chain(every_page(HOSTILE), ((t, pages.fragment(t, "en", plain)) for t in pages.FRAGMENTS))
    for template, html in drawn:
        assert "<script>alert" not in html, template
        assert not elements(html, "blink"), template
        assert "51317" not in html, template


def test_ids_are_unique():
    for template, soup in parsed():
        ids = [str(it["id"]) for it in soup.select("[id]")]
        assert sorted(set(ids)) == sorted(ids), template


def test_what_refers_to_an_id_finds_it():
    for template, soup in parsed():
        ids = {str(it["id"]) for it in soup.select("[id]")}
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
            for it in soup.select(f"[{attribute}]"):
                assert set(str(it[attribute]).split()) <= ids, (template, attribute, it)
        for attribute in ("hx-target", "hx-select"):
            for it in soup.select(f"[{attribute}]"):
                assert str(it[attribute]).removeprefix("#") in ids, (template, it)


def test_every_control_has_a_name_for_screen_readers():
    for template, soup in parsed():
        labelled = {str(label["for"]) for label in soup.select("label[for]")}
        for it in soup.select("input:not([type=hidden]), select, textarea"):
            named = it.get("aria-label") or it.get("id") in labelled or it.find_parent("label")
            assert named or it.get("aria-hidden"), (template, it)
        for it in soup.select("button, a[href], summary"):
            pictured = it.select_one("img[alt]")
            assert it.get("aria-label") or it.get_text(strip=True) or pictured, (template, it)


def test_forms_that_change_something_are_posted():
    for template, soup in parsed():
        for form in soup.select("form"):
            method = form.get("method")
            assert method in {"post", "get", "dialog"}, (template, form.get("action"))
            assert method == "post" or form.get("role") == "search" or method == "dialog", template


def test_the_page_never_repeats_a_field_it_only_shows():
    for turn in TURNS:
        html = pages.page("form.html", "en", Filler("x", turn))
        shown = elements(html, "output.shown")
        assert all(not it.get("name") for it in shown)
