"""Labels: one text in several languages, as definitions carry them."""

from collections.abc import Mapping

Label = Mapping[str, str]
"""Language tag to text: `{"en": "Order", "zh-CN": "订单"}`."""


def say(label: Label, locale: str) -> str:
    """The text for a language tag, else the language's other region, else English, else any."""
    if locale in label:
        return label[locale]
    language = locale.split("-", maxsplit=1)[0]
    near = next((text for tag, text in label.items() if tag.split("-")[0] == language), None)
    return near or label.get("en") or next(iter(label.values()), "")


def say_inside(label: Label, locale: str) -> str:
    """The text inside a phrase: English writes it small."""
    text = say(label, locale)
    return text.lower() if locale.startswith("en") else text


def humanised(name: str) -> Label:
    """The label of something that brings none: `credit_limit` is `Credit limit`."""
    return {"en": name.replace("_", " ").strip().capitalize()}
