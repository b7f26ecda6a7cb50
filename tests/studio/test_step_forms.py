"""Opening the form of a step or of a whole approval and saving it changes nothing, whatever it says."""

import json
from pathlib import Path

import pytest

from guanxi.commands.studio.steps import steps_in
from guanxi.studio.flows.rules_typed import rules_of, rules_typed
from guanxi.studio.flows.step_typed import step_of, step_typed

SCENARIOS = Path(__file__).parents[1] / "scenarios"
TYPES = {"total": "money", "discount": "percent", "note": "text", "urgent": "boolean"}


def approvals():
    """Every approval that a scenario declares."""
    for path in sorted(SCENARIOS.rglob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if isinstance(data, dict) and data.get("kind") == "approval":
            yield pytest.param(data, id=f"{path.parent.name}-{path.stem}")


@pytest.mark.parametrize("approval", list(approvals()))
def test_forms_keep_approvals_as_they_are(approval):
    assert rules_of(rules_typed(approval, TYPES), approval, TYPES) == approval
    for step in steps_in(approval):
        assert step_of(step_typed(step, TYPES), step, TYPES) == step
