"""docs/patterns.md, written from the scenarios that show the patterns.

python -m tests.scenarios.patterns > docs/patterns.md
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEAD = """# Workflow patterns

The workflow patterns of van der Aalst, ter Hofstede, Kiepuszewski and Barros, and of Russell and others
(workflowpatterns.com). Each that is supported has a [scenario](reference/scenarios.md), named by its number:
the declared process, and what must come of it. Each is played twice: through the engine alone, and
through the commands that people use, with everything stored. This page is written from the scenarios.
"""
SETS = {"control-flow": "Control flow", "resource": "Resources"}
OTHERS: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "control-flow": {
        17: ("Interleaved Parallel Routing", "no: approvals never need any order, one at a time"),
        18: ("Milestone", "in part: `wait` for a condition; withdrawing takes a `race`. No scenario"),
        22: ("Recursion", "no scenario: a process that calls itself is not claimed"),
        26: ("Cancel Multiple Instance Task", "in part: 25 around a `call` for each row. No scenario"),
        28: ("Blocking Discriminator", "no: a block cannot be entered twice at once"),
        31: ("Blocking Partial Join", "no: as 28"),
        33: ("Generalized AND-Join", "no: a block has one activation"),
        34: ("Static Partial Join for Multiple Instances", "in part: as 35, which cancels. No scenario"),
        36: (
            "Dynamic Partial Join for Multiple Instances",
            "in part: percentages of people; numbers of rows are fixed",
        ),
        37: ("Acyclic Synchronizing Merge", "in part: structured only, as 7"),
        38: ("General Synchronizing Merge", "no: processes are structured"),
        39: ("Critical Section", "no: the records that are written are locked, not steps"),
        40: ("Interleaved Routing", "no: as 17"),
        41: ("Thread Merge", "no: there are no threads"),
        42: ("Thread Split", "no: there are no threads; `call` for each row"),
    },
    "resource": {
        6: ("Case Handling", "in part: the same `field` at every step. No scenario"),
        8: ("Capability-Based Distribution", "in part: `where` on people, over their fields. No scenario"),
        9: ("History-Based Distribution", "no: what people did before is not asked"),
        12: ("Distribution by Offer, Single Resource", "in part: 13 with one person. No scenario"),
        15: ("Random Allocation", "no: it could not be explained or repeated"),
        16: ("Round Robin Allocation", "no: comes with assignment rules"),
        17: ("Shortest Queue", "no: comes with assignment rules"),
        18: ("Early Distribution", "no: a task is there when it can be decided; the preview shows the chain"),
        20: ("Late Distribution", "no: tasks for several people are offers, as 13"),
        24: ("System-Determined Work Queue Content", "in part: inboxes have one order. No scenario"),
        25: ("Resource-Determined Work Queue Content", "in part: inboxes filter. No scenario"),
        31: ("Stateless Reallocation", "in part: an administrator's `assign`. No scenario"),
        32: ("Suspension-Resumption", "in part: `ask` parks a task until the reply"),
        35: ("Pre-Do", "no: nobody consents before the content is there"),
        36: ("Commencement on Creation", "no: a person opens a task"),
        37: ("Commencement on Allocation", "no: as 36"),
        38: ("Piled Execution", "in part: several are decided at once from the inbox. No scenario"),
        39: ("Chained Execution", "no: the inbox is gone back to"),
    },
}


def page() -> str:
    """The page in Markdown."""
    shown: dict[str, dict[int, tuple[Path, Any]]] = {name: {} for name in SETS}
    for path in sorted(Path("tests/scenarios").glob("*/scenario.json")):
        head = json.loads(path.read_text("utf-8"))
        if pattern := head.get("x-pattern"):
            shown[pattern["set"]][pattern["number"]] = (path.parent, head)
    parts = [HEAD]
    for name, title in SETS.items():
        parts += [f"\n## {title}\n\n", "| # | pattern | how | scenario |\n|---|---|---|---|\n"]
        for number in sorted(shown[name].keys() | OTHERS[name].keys()):
            parts.append(_row(number, shown[name].get(number), OTHERS[name].get(number)))
        for number, (folder, head) in sorted(shown[name].items()):
            parts.append(_shown(number, folder, head))
    return "".join(parts)


def _row(number: int, shown: tuple[Path, Any] | None, other: tuple[str, str] | None) -> str:
    if shown is not None:
        folder, head = shown
        link = f"[{folder.name}](../tests/scenarios/{folder.name}/steps.json)"
        return f"| {number} | {head['x-pattern']['name']} | {head['title']} | {link} |\n"
    name, why = other or ("", "")
    return f"| {number} | {name} | Not supported, or not shown: {why}. | |\n"


def _shown(number: int, folder: Path, head: Mapping[str, Any]) -> str:
    process = json.loads((folder / "definitions" / "approval.json").read_text("utf-8"))
    steps = ",\n ".join(json.dumps(step, ensure_ascii=False) for step in process["steps"])
    story = (folder / "steps.json").read_text("utf-8").strip()
    return (
        f"\n### {number}. {head['x-pattern']['name']}\n\n{head['title']}\n\n"
        f'```json\n{{"steps": [\n {steps}]}}\n```\n\nWhat comes of it:\n\n```json\n{story}\n```\n'
    )


if __name__ == "__main__":
    print(page(), end="")
