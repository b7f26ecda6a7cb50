"""E-mail addresses, telephone numbers, web addresses and ratings: what is kept, and what is refused."""

import jsonschema_rs
import pytest

from guanxi.definitions.fields import FIELD_TYPES, FieldProblem
from guanxi.definitions.fields.phone import sought
from guanxi.definitions.fields.phone_numbers import grouped
from guanxi.definitions.fields.url import shown
from tests.unit.definitions.field_of import field_of

BOTH, JSON, FORM = (False, True), (False,), (True,)
MOBILE, OFFICE = "+8613812345678", "+861068888888"
TAKEN = [
    # (type, options, raw, from, value)
    ("email", {}, "Li.Wei@Example.COM", BOTH, "Li.Wei@example.com"),
    ("email", {}, " li@example.com ", FORM, "li@example.com"),
    ("email", {}, "o'hara+crm@mail.example.co.uk", BOTH, "o'hara+crm@mail.example.co.uk"),
    ("email", {}, "李伟@例子.中国", BOTH, "李伟@例子.中国"),
    ("email", {}, "", BOTH, None),
    ("phone", {}, "13812345678", BOTH, MOBILE),
    ("phone", {}, "138 1234 5678", BOTH, MOBILE),
    ("phone", {}, "138-1234-5678", BOTH, MOBILE),
    ("phone", {}, "+86 138 1234 5678", BOTH, MOBILE),
    ("phone", {}, "0086 13812345678", BOTH, MOBILE),
    ("phone", {}, "(010) 6888-8888", BOTH, OFFICE),
    ("phone", {}, "（010）68888888 转 801", BOTH, f"{OFFICE};ext=801"),
    ("phone", {}, "010-68888888 ext. 801", BOTH, f"{OFFICE};ext=801"),
    ("phone", {}, f"{OFFICE};ext=801", BOTH, f"{OFFICE};ext=801"),
    ("phone", {}, "0755-8888 8888", BOTH, "+8675588888888"),
    ("phone", {}, "400-820-8820", BOTH, "+864008208820"),
    ("phone", {}, "+44 (0)20 7946 0958", BOTH, "+442079460958"),
    ("phone", {}, "+1 (212) 555-0123", BOTH, "+12125550123"),
    ("phone", {"country": "44"}, "020 7946 0958", BOTH, "+442079460958"),
    ("phone", {"country": "39"}, "06 698 12345", BOTH, "+390669812345"),
    ("phone", {"country": "44"}, "+86 138 1234 5678", BOTH, MOBILE),
    ("url", {}, "https://example.com", BOTH, "https://example.com"),
    ("url", {}, "HTTPS://Example.COM/Path?Q=A#F", BOTH, "https://example.com/Path?Q=A#F"),
    ("url", {}, "example.com/a", FORM, "https://example.com/a"),
    ("url", {}, "localhost:8080/a", FORM, "https://localhost:8080/a"),
    ("url", {}, "http://[2001:db8::1]:8080/", BOTH, "http://[2001:db8::1]:8080/"),
    ("url", {}, "http://例子.中国/路", BOTH, "http://例子.中国/路"),
    ("rating", {}, 5, JSON, 5),
    ("rating", {}, "1", BOTH, 1),
    ("rating", {"max": 10}, 10, JSON, 10),
]
REFUSED = [
    # (type, options, raw, from)
    *(("email", {}, raw, BOTH) for raw in (
        "li", "li@", "@example.com", "li@example", "li@@example.com", "li wei@example.com", "li@exa mple.com",
        "li@example..com", ".li@example.com", "li.@example.com", "l..i@example.com", "li@-example.com",
        "Li <li@example.com>", "li@example.com,wang@example.com", "a" * 65 + "@example.com", "li@a.b\n@c.d",
        7,
    )),
    ("email", {}, "li@example.com\n", JSON),
    ("email", {}, f"li@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.com", BOTH),
    *(("phone", {}, raw, BOTH) for raw in (
        "12", "abc", "12345678901", "1381234567", "138123456789", "+86 12345", "+0 123 456 789",
        "１３８１２３４５６７８",
        "+44 20 7946 0958 1234 5678", "+861381234567x", "138 1234 5678 x1234567", 13812345678, "+",
    )),
    *(("url", {}, raw, BOTH) for raw in (
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "ftp://example.com",
        "mailto:a@example.com",
        "file:///etc/passwd", "https://", "https:///a", "https://a b.com", "https://example.com/<script>",
        "https://li:secret@example.com", "https://example.com\\@other.com", "https://example.com:99999",
        "https://a..b", "https://[::1", "https://example.com/" + "a" * 2000, 7,
    )),
    ("url", {}, "example.com", JSON),
    ("url", {}, "//example.com", JSON),
    ("rating", {}, 0, JSON),
    ("rating", {}, 6, JSON),
    ("rating", {"max": 3}, "4", BOTH),
    ("rating", {}, 2.5, JSON),
    ("rating", {}, True, JSON),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "raw", "sources", "value"), TAKEN)
def test_what_is_taken_is_kept_in_one_way_and_fits_the_schema(kind, options, raw, sources, value):
    field, type_ = field_of(kind, **options), FIELD_TYPES[kind]
    schema = jsonschema_rs.Draft202012Validator(type_.json_schema(field))
    for form in sources:
        kept = type_.coerce(field, raw, form=form)
        assert kept == value
        assert kept is None or (schema.is_valid(kept) and type_.coerce(field, kept, form=form) == kept)


@pytest.mark.parametrize(("kind", "options", "raw", "sources"), REFUSED)
def test_what_is_none_is_refused(kind, options, raw, sources):
    for form in sources:
        with pytest.raises(FieldProblem):
            FIELD_TYPES[kind].coerce(field_of(kind, **options), raw, form=form)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (MOBILE, "+86 138 1234 5678"),
        (OFFICE, "+86 10 6888 8888"),
        (f"{OFFICE};ext=801", "+86 10 6888 8888 #801"),
        ("+8675588888888", "+86 755 8888 8888"),
        ("+863518888888", "+86 351 888 8888"),
        ("+864008208820", "+86 400 820 8820"),
        ("+12125550123", "+1 212 555 0123"),
        ("+442079460958", "+44 207 946 0958"),
        ("+85221234567", "+852 212 345 67"),
    ],
)
def test_a_number_is_shown_in_groups_and_read_again(number, text):
    assert grouped(number) == text
    assert FIELD_TYPES["phone"].coerce(field_of("phone"), text, form=True) == number


@pytest.mark.parametrize("typed", ["138 1234", "+86 138-12", "1381234", "5678"])
def test_a_part_of_a_number_is_found_as_it_is_typed(typed):
    assert sought(typed) in MOBILE


def test_a_page_is_shown_without_what_says_nothing():
    assert [shown(a) for a in ("https://a.com/", "http://a.com/b/", "https://a.com")] == [
        "a.com", "a.com/b/", "a.com",
    ]  # fmt: skip
