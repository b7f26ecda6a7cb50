"""What Studio calls the ways in which automations begin."""

from collections.abc import Mapping

from guanxi.errors import N_, Text

BEGINS: Mapping[str, Text] = {
    "created": N_("A record is created"),
    "changed": N_("A record is changed"),
    "deleted": N_("A record is deleted"),
    "entered": N_("A record enters a state"),
    "becomes": N_("A condition becomes true"),
    "due": N_("A moment comes"),
    "every": N_("Every so often"),
    "day": N_("On days of the calendar"),
    "event": N_("An event comes"),
    "failed": N_("A message fails"),
    "decided": N_("An approval ends"),
}
SIDES: Mapping[str, Text] = {
    "": N_("Just then"),
    "before": N_("So long before"),
    "after": N_("So long after"),
}
DAYS: Mapping[str, Text] = {
    "working": N_("Every working day"),
    "monthFirst": N_("The first day of the month"),
    "monthLast": N_("The last day of the month"),
    "monthFirstWorking": N_("The first working day of the month"),
    "monthLastWorking": N_("The last working day of the month"),
    "monday": N_("Mondays"),
    "tuesday": N_("Tuesdays"),
    "wednesday": N_("Wednesdays"),
    "thursday": N_("Thursdays"),
    "friday": N_("Fridays"),
    "saturday": N_("Saturdays"),
    "sunday": N_("Sundays"),
}
ENDINGS: Mapping[str, Text] = {
    "": N_("In any way"),
    "approved": N_("Approved"),
    "rejected": N_("Rejected"),
    "recalled": N_("Recalled"),
    "cancelled": N_("Cancelled"),
}
AGAINS: Mapping[str, Text] = {
    "always": N_("It begins again, beside what runs"),
    "whenDone": N_("Not while it runs for the record"),
    "once": N_("Only once in the life of a record"),
    "restart": N_("What runs ends, and it begins anew"),
}
SEGMENTED = frozenset({"every", "day"})
"""Beginnings for all records of a segment."""
TIMED = frozenset({"due", *SEGMENTED})
"""Beginnings at a time of day."""
