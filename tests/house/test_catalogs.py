"""Chinese texts use Chinese punctuation."""

import json
import re
from collections.abc import Iterator

from babel.messages.pofile import read_po

from tests.house.repository import ROOT, texts, tracked

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
ASCII_BESIDE_HAN = re.compile(rf"[{HAN}][,:;!?()]|[,:;!?()][{HAN}]")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _translations() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if path.suffix == ".po":
            with (ROOT / path).open("rb") as file:
                for message in read_po(file):
                    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
                    yield from ((str(path), form or "") for form in forms)


def test_catalogs_use_chinese_punctuation():
    translations = list(_translations())
    assert any(re.search(f"[{HAN}]", text) for _, text in translations)
    assert not [where for where in translations if ASCII_BESIDE_HAN.search(where[1])]


def test_definitions_use_chinese_punctuation():
    labels = [
        (str(path), text)
        for folder in ("schemas", "workflows", "seeds")
        for path, content in texts(".json", under=folder)
        for text in _strings(json.loads(content))
        if re.search(f"[{HAN}]", text)
    ]
    assert labels
    assert not [where for where in labels if ASCII_BESIDE_HAN.search(where[1])]


def test_the_search_finds_what_it_looks_for():
    assert ASCII_BESIDE_HAN.search("折扣(%)")
    assert ASCII_BESIDE_HAN.search("请填写:原因")
    assert not ASCII_BESIDE_HAN.search("订单：SO-1, 2 行")
