"""What Studio calls rights, operations and how far they reach."""

from guanxi.errors import N_, Text

OPERATION_WORDS: dict[str, Text] = {
    "read": N_("Read"),
    "create": N_("Create"),
    "update": N_("Change"),
    "delete": N_("Delete"),
}
SCOPE_WORDS: dict[str, Text] = {
    "own": N_("Own records"),
    "team": N_("Records of the team"),
    "subTeams": N_("Records of the team and the teams below"),
    "all": N_("All records"),
}
SHORT_SCOPES: dict[str, Text] = {
    "": N_("None"),
    "own": N_("Own"),
    "team": N_("Team"),
    "subTeams": N_("Teams below"),
    "all": N_("All"),
}
CONDITION = N_("On a condition")
LEVEL_WORDS: dict[str, Text] = {
    "hidden": N_("Hidden"),
    "masked": N_("Masked"),
    "read": N_("Read"),
    "write": N_("Change"),
}
RIGHT_WORDS: dict[str, Text] = {
    "people": N_("People, teams and roles"),
    "process": N_("Assign and cancel approvals"),
    "studio": N_("Change the configuration"),
    "audit": N_("Read the audit"),
}
