"""Every state of every page, in English by day, in Chinese by night, and on a phone."""

from typing import Any

import pytest

from tests.browser.looks import check_page
from tests.browser.site import PHONE
from tests.browser.states import STATES

LOOKS: dict[str, dict[str, Any]] = {
    "English, light": {"language": "en", "theme": "light"},
    "Chinese, dark": {"language": "zh-CN", "theme": "dark"},
    "phone": {"language": "en", "theme": "light", "viewport": PHONE, "has_touch": True, "is_mobile": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_the_page_holds(pages, shots, state, look):
    who, arrive = STATES[state]
    page = pages.as_(who, **LOOKS[look]) if who else pages.context(**LOOKS[look]).new_page()
    arrive(page)
    shots(page, f"{state} - {look}")
    check_page(page)
