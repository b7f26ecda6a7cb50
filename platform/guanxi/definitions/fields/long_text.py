"""Text of several lines."""

import re

from guanxi.definitions.fields.text import TextField


class LongTextField(TextField):
    """Text of several lines; line breaks are kept as they are written."""

    name = "longText"
    operators = ("contains", "missing")
    length = 10_000
    forbidden = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
