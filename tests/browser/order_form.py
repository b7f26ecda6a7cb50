"""The order form and the order's page, by what a person does with them."""

import re

from playwright.sync_api import Page, expect

NUMBER = re.compile(r"SO-\d{4}-\d{5}")


def new_order(page: Page, customer: str, part: str) -> None:
    """Open the form and find the customer by typing part of its name."""
    page.goto("/records/order/new")
    choose(page, "f-account", part, customer)


def choose(page: Page, id_: str, part: str, title: str) -> None:
    """Type part of a name into a look-up and click the suggestion."""
    field = page.locator(f"#{id_}")
    field.click()
    field.press_sequentially(part)
    page.locator(f"#{id_}-options").get_by_role("option").filter(has_text=title).click()
    expect(field).to_have_value(title)


def fill_line(page: Page, index: int, product: str, part: str, *, price: str, **values: str) -> None:
    """Choose the product, see its price come, then type the rest."""
    choose(page, f"f-lines-{index}-product", part, product)
    expect(page.locator(f"#f-lines-{index}-price")).to_have_value(price)
    for name, value in values.items():
        page.locator(f"#f-lines-{index}-{name}").fill(value)
    page.locator(f"#f-lines-{index}-{list(values)[-1]}").blur()


def add_line(page: Page, index: int) -> None:
    """Press the button below the lines; the new line has the focus."""
    page.locator("#lines-add").click()
    expect(page.locator(f"#f-lines-{index}-product")).to_be_focused()


def save(page: Page) -> None:
    """Save, and arrive at the order's page."""
    page.locator("#save").click()
    page.wait_for_url(re.compile(r"/records/order/\d+"))


def press(page: Page, action: str) -> None:
    """Press one of the order's buttons, and wait for its page."""
    with page.expect_navigation():
        page.locator(f"button[data-action={action}]").click()


def number_of(page: Page) -> str:
    """The number of the order whose page this is."""
    found = NUMBER.search(page.locator("h1").inner_text())
    assert found, page.locator("h1").inner_text()
    return found[0]


def make_order(
    page: Page, customer: tuple[str, str], discount: str, *, reason: str = "", submit: bool = True
) -> str:
    """An order of one line, submitted; returns its number. The quick way to what other journeys need."""
    new_order(page, *customer)
    fill_line(page, 0, RIBBON, "ribbon", price="236.00", quantity="2", discount=discount)
    if reason:
        page.locator("#f-discount_reason").fill(reason)
    save(page)
    if submit:
        press(page, "submit")
    return number_of(page)


RIBBON = "碳带 110 mm Ribbon"
SCANNER = "扫码枪 S120 Barcode scanner"
WHARTON = ("Wharton Components (Shanghai)", "whart")
LANHAI = ("蓝海物流股份有限公司", "蓝海")
