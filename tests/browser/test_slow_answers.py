"""A slow server takes nothing away: an answer to what the form was does not undo what was chosen since."""

import pytest

CHOSEN = """([selector, value]) => {
  const field = document.querySelector(selector);
  if (field.type === "checkbox") field.checked = value; else field.value = value;
  field.dispatchEvent(new Event("input", {bubbles: true}));
}"""
SEEN = """(selector) => {
  const field = document.querySelector(selector);
  return field.type === "checkbox" ? field.checked : field.value;
}"""


@pytest.mark.parametrize(
    ("selector", "value"), [("#f-kind", "visit"), ("#f-done", True), ("#f-subject", "Typed since")]
)
def test_a_late_answer_does_not_undo_what_was_chosen_since(pages, selector, value):
    page = pages.as_("emma.clarke")
    page.goto("/records/activity/new")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/records/activity/preview", hold, times=1)
    page.locator("#f-subject").fill("Asked first")
    page.locator("#f-subject").blur()
    while not held:
        page.wait_for_timeout(20)
    with page.expect_response("**/records/activity/preview"):
        page.evaluate(CHOSEN, [selector, value])
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SEEN, selector) == value
