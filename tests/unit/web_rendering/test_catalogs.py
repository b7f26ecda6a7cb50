"""Everything the product says, in every language it speaks."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from guanxi.errors import N_
from guanxi.web.rendering import LANGUAGES, Renderer
from guanxi.web.rendering.languages import SIMPLIFIED_CHINESE, Language
from tests.unit.web_rendering.update_catalogs import catalog_file, first, said

HOLE = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")
UPDATE = "run python -m tests.unit.web_rendering.update_catalogs and translate what it lists"


def translations(language: Language) -> Iterator[tuple[str, str]]:
    with catalog_file(language).open("rb") as source:
        for message in read_po(source):
            one = first(message.id)
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if one:
                yield from ((one, form or "") for form in forms)


def test_everything_is_said_in_chinese():
    chinese = {one for one, translated in translations(SIMPLIFIED_CHINESE) if translated}
    assert not {first(one): place for one, place in said().items() if first(one) not in chinese}, UPDATE


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_hold_nothing_that_nobody_says(language: Language):
    assert not {one for one, _ in translations(language)} - {first(one) for one in said()}, UPDATE


def test_translations_keep_the_holes():
    for one, translated in translations(SIMPLIFIED_CHINESE):
        if translated:
            assert set(HOLE.findall(translated)) == set(HOLE.findall(one)), one


def test_a_sentence_of_a_lower_layer_is_translated_with_its_values():
    words = Renderer.shipped().catalogs
    inner = N_("Inbox")
    assert words["en"].say(inner) == "Inbox"
    assert words["zh-CN"].say(inner) == "待办"
    assert words["zh-CN"].say({"en": "Order", "zh-CN": "订单"}) == "订单"
    nested = N_("{one} {two}", one={"en": "Order", "zh-CN": "订单"}, two=inner)
    assert words["zh-CN"].say(nested) == "订单 待办"


def test_plurals():
    words = Renderer.shipped().catalogs
    one, many = "%(num)s field needs attention", "%(num)s fields need attention"
    assert words["en"].ngettext(one, many, 1) == one
    assert words["en"].ngettext(one, many, 2) == many
    assert words["zh-CN"].ngettext(one, many, 2) == "%(num)s 处需要修改"
