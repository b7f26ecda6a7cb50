"""Scenarios: stories of who does what and when, and what must then be true, played as a test.

A scenario is a folder: `scenario.json`, `definitions/`, `people.json`, `records.json` and `steps.json`, each
with its meta-schema in `schemas/meta/scenario/`. `script` reads them; `story` plays them in a `World`, the
only thing that knows how a step is done: `staged.StagedWorld` carries it out through the public commands of a
workspace of its own, under a clock that moves only with the story.
"""

from guanxi.scenarios.script import Scenario, read_scenario
from guanxi.scenarios.story import Difference, World, play

__all__ = ["Difference", "Scenario", "World", "play", "read_scenario"]
