"""What generated expressions speak of: texts worth trying, and the paths of the small world by type."""

TEXTS = [
    "",
    "a",
    "B",
    "ab",
    "Huaxin Ltd",
    "华信",
    "华信精密",
    "É",
    "İ",
    "ß",
    "straße",
    "Ω",
    "%",
    "a_b",
    "o'x",
    "12",
]
PATHS: dict[str, list[str]] = {
    "text": ["number", "note", "status", "account.name", "owner.name", "account.owner.manager.name",
             "account.parent.currency", "fee.currency", "total.currency",
             "place", "place.city"],
    "number": ["count_of_boxes", "score", "rate", "margin", "owner.grade", "account.owner.grade"],
    "integer": ["count_of_boxes", "owner.grade", "account.parent.owner.grade"],
    "money": ["total", "limit", "account.ceiling"],
    "date": ["ordered_on", "ends_on"],
    "moment": ["created_at"],
    "span": ["wait"],
    "options": ["channels"],
    "flag": ["paid", "account.active", "account.parent.active"],
    "user": ["owner", "account.owner", "owner.manager", "account.parent.owner"],
}  # fmt: skip
LINE_PATHS: dict[str, list[str]] = {
    "text": ["memo", "buyer.name", "parent.note"],
    "number": ["quantity", "discount", "boxes", "buyer.grade", "parent.score"],
    "integer": ["boxes", "parent.count_of_boxes"],
    "money": ["price", "parent.total"],
    "date": ["day", "parent.ordered_on"],
    "flag": ["gift", "parent.paid"],
    "user": ["buyer", "parent.owner"],
}  # fmt: skip
