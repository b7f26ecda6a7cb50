"""A small log of one's own in the form of the real one."""

from datetime import timedelta
from xml.sax.saxutils import quoteattr

from tests.acceptance.bpi2020.office import START

SAVE, SUBMIT, GIVE_UP = "SAVED by EMPLOYEE", "SUBMITTED by EMPLOYEE", "REJECTED by EMPLOYEE"
OFFICE, BEFORE = "APPROVED by ADMINISTRATION", "APPROVED by PRE_APPROVER"
BUDGET, FINAL = "APPROVED by BUDGET OWNER", "FINAL_APPROVED by SUPERVISOR"
NOT_OFFICE, NOT_BUDGET = "REJECTED by ADMINISTRATION", "REJECTED by BUDGET OWNER"
NOT_BEFORE, NOT_FINAL = "REJECTED by PRE_APPROVER", "REJECTED by SUPERVISOR"
REQUEST, PAID, REFUSED = "Request Payment", "Payment Handled", "REJECTED by MISSING"

POSSIBLE = (
    (SUBMIT, FINAL, REQUEST, PAID),
    (SAVE, SAVE, SUBMIT, OFFICE, FINAL, REQUEST, PAID),
    (SUBMIT, BEFORE, FINAL, REQUEST, PAID),
    (SUBMIT, OFFICE, BUDGET, FINAL, REQUEST, PAID),
    (SUBMIT, NOT_OFFICE, GIVE_UP, SUBMIT, BEFORE, BUDGET, FINAL, REQUEST, PAID),
    (SUBMIT, OFFICE, NOT_BUDGET, SUBMIT, OFFICE, BUDGET, NOT_FINAL, SUBMIT, NOT_BEFORE, GIVE_UP),
    (SUBMIT, NOT_FINAL, SUBMIT, OFFICE, FINAL, REFUSED, SUBMIT, FINAL, REQUEST, REFUSED),
    (SUBMIT, GIVE_UP, SUBMIT, FINAL, REQUEST, PAID),
    (SAVE,),
)
IMPOSSIBLE = {
    "nothing was submitted": (OFFICE,),
    "saved after it was submitted": (SUBMIT, SAVE, FINAL, REQUEST, PAID),
    "submitted twice": (SUBMIT, SUBMIT, FINAL, REQUEST, PAID),
    "a budget owner whom nobody added": (SUBMIT, BUDGET, FINAL, REQUEST, PAID),
    "looked at twice": (SUBMIT, OFFICE, BEFORE, FINAL, REQUEST, PAID),
    "taken back after the first decision": (SUBMIT, OFFICE, GIVE_UP),
    "given up twice": (SUBMIT, GIVE_UP, GIVE_UP),
    "paid before it was approved": (SUBMIT, REQUEST, PAID),
    "paid without a request": (SUBMIT, FINAL, PAID),
    "anything after it was paid": (SUBMIT, FINAL, REQUEST, PAID, SUBMIT, FINAL),
    "still waiting at the end": (SUBMIT, OFFICE),
    "rejected and left": (SUBMIT, NOT_OFFICE),
}


def xes(traces):
    """The traces as a log; case n is called declaration n."""
    rows = "".join(
        f'<trace><string key="concept:name" value="declaration {number}"/>'
        + "".join(_event(activity, number, place) for place, activity in enumerate(trace))
        + "</trace>"
        for number, trace in enumerate(traces)
    )
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org">{rows}</log>'


def _event(activity, number, place):
    at = START + timedelta(days=number, hours=place)
    name = activity if activity in (REQUEST, PAID) else f"Declaration {activity}"
    return (
        f'<event><date key="time:timestamp" value="{at.isoformat()}"/>'
        f'<string key="(case)_Amount" value="{number}.1249"/><string key="(case)_BudgetNumber" value="b"/>'
        f'<string key="concept:name" value={quoteattr(name)}/></event>'
    )
