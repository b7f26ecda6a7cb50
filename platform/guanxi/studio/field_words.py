"""What Studio calls field types and their properties."""

from guanxi.errors import N_, Text

TYPES: dict[str, tuple[Text, str]] = {
    "text": (N_("Text"), "type"),
    "longText": (N_("Long text"), "text-align-start"),
    "email": (N_("E-mail address"), "mail"),
    "phone": (N_("Telephone number"), "phone"),
    "url": (N_("Web address"), "globe"),
    "rating": (N_("Rating"), "star"),
    "integer": (N_("Whole number"), "hash"),
    "decimal": (N_("Number"), "calculator"),
    "money": (N_("Money"), "banknote"),
    "percent": (N_("Percent"), "percent"),
    "boolean": (N_("Yes or no"), "toggle-left"),
    "date": (N_("Date"), "calendar"),
    "datetime": (N_("Date and time"), "calendar-clock"),
    "time": (N_("Time of day"), "clock"),
    "duration": (N_("Duration"), "timer"),
    "select": (N_("Choice"), "list"),
    "multiSelect": (N_("Choice of several"), "list-checks"),
    "address": (N_("Address"), "map-pin"),
    "reference": (N_("Reference"), "link"),
    "references": (N_("Several references"), "link-2"),
    "lines": (N_("Lines"), "rows-3"),
    "sequence": (N_("Number series"), "list-ordered"),
    "file": (N_("File"), "paperclip"),
    "image": (N_("Picture"), "image"),
    "stage": (N_("Stage"), "git-commit-horizontal"),
}
"""What a type is called, and its icon."""
OTHER_ICON = "square"

TINTS = {
    "neutral": N_("Grey"),
    "info": N_("Blue"),
    "ok": N_("Green"),
    "warn": N_("Amber"),
    "bad": N_("Red"),
    "accent": N_("Violet"),
}

FLAGS: dict[str, Text] = {
    "required": N_("Required"),
    "unique": N_("Unique"),
    "index": N_("Fast to filter and sort"),
    "readOnly": N_("Never entered by hand"),
    "audit": N_("Track history"),
    "tree": N_("Arranged as a tree"),
    "gapless": N_("No number is ever missing"),
}

DETAILS: dict[str, tuple[Text, Text | None]] = {
    "to": (N_("Refers to"), None),
    "inverse": (N_("Name of the way back"), N_("What expressions of the other entity call these records.")),
    "onDelete": (N_("When that record is deleted"), None),
    "currency": (N_("Currency"), N_("A code such as CNY, or = account.currency.")),
    "scale": (N_("Decimals"), None),
    "min": (N_("At least"), N_("Of a text: how many characters.")),
    "max": (N_("At most"), N_("Of a text: how many characters. Of a file: how many megabytes.")),
    "default": (N_("Default"), N_("A value, or an expression such as = today or = me.")),
    "country": (N_("Calling code"), N_("Of numbers that are written without one; 86 where nothing is said.")),
    "format": (N_("Format"), N_("For instance SO-{year}-{n:05}.")),
    "restart": (N_("Starts anew"), None),
    "types": (N_("Kinds of files"), N_("Ends of names with commas between them, such as pdf, docx.")),
}
CHOICES: dict[str, dict[str, Text]] = {
    "onDelete": {"restrict": N_("Refuse it"), "clear": N_("Clear this field")},
    "restart": {
        "never": N_("Never"),
        "year": N_("Every year"),
        "month": N_("Every month"),
        "day": N_("Every day"),
    },
}

CONDITIONS: dict[str, Text] = {
    "visibleWhen": N_("Show this field when"),
    "requiredWhen": N_("Required when"),
    "readOnlyWhen": N_("Cannot be changed when"),
    "choices": N_("Offer only records for which"),
    "assignWhen": N_("Give the number as soon as"),
}
COMPUTED: dict[str, tuple[Text, Text]] = {
    "formula": (N_("Formula"), N_("Computed whenever the record is saved, for instance quantity * price.")),
    "suggest": (N_("Suggestion"), N_("Filled in until somebody enters another value.")),
}

OPERATORS: dict[str, Text] = {
    "==": N_("is"),
    "!=": N_("is not"),
    ">": N_("is more than"),
    ">=": N_("is at least"),
    "<": N_("is less than"),
    "<=": N_("is at most"),
    "in": N_("is one of"),
    "not in": N_("is none of"),
    "contains": N_("contains"),
    "missing": N_("is empty"),
    "there": N_("is filled"),
    "yes": N_("is yes"),
    "no": N_("is no"),
}
