"""Text of several lines."""

from guanxi.definitions.fields.text import TextField


class LongTextField(TextField):
    """Text of several lines; line breaks are kept as they are written."""

    name = "longText"
    operators = ("contains", "missing")
    length = 10_000
    line_breaks = True
