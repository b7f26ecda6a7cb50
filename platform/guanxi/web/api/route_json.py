"""A route and why it is so, in the JSON form of the API."""

from typing import Any

from guanxi.commands.approvals.explanation_views import (
    CellView,
    ChangeView,
    ConditionView,
    NamingView,
    RouteView,
    StepWhy,
    TableView,
)
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.labels import say
from guanxi.web.api.explain import part_json
from guanxi.web.api.present import person_json
from guanxi.web.rendering import Catalog


def route_json(view: RouteView, words: Catalog) -> dict[str, Any]:
    """All that is told of a route; sentences and labels in the reader's language."""
    return {
        "process": view.process.name,
        "label": say(view.process.label, words.language.tag),
        "needed": view.needed,
        "condition": _condition(view.condition, words),
        "steps": [_step(one, words) for one in view.steps],
        "changes": [_change(one, words) for one in view.changes],
    }


def _condition(view: ConditionView | None, words: Catalog) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "text": view.text,
        "holds": view.holds,
        "why": words.say(view.why) if view.why is not None else None,
        "steps": [part_json(part) for part in view.parts],
    }


def _step(view: StepWhy, words: Catalog) -> dict[str, Any]:
    return {
        "step": view.name,
        "label": say(view.label, words.language.tag),
        "type": view.type,
        "state": view.state,
        "skipped": view.skipped,
        "depth": view.depth,
        "condition": _condition(view.condition, words),
        "branches": [
            {
                "name": way.name,
                "label": say(way.label, words.language.tag),
                "taken": way.taken,
                "condition": _condition(way.condition, words),
            }
            for way in view.ways
        ],
        "named": [_naming(one, words) for one in view.namings],
        "people": [
            {"person": person_json(one.person), "why_not": one.why, "instead": person_json(one.instead)}
            for one in view.people
        ],
    }


def _naming(view: NamingView, words: Catalog) -> dict[str, Any]:
    return {
        "who": [words.say(one) for one in view.who],
        "people": [person_json(one) for one in view.people],
        "counted": view.counted,
        "table": _table(view.table, words) if view.table is not None else None,
    }


def _table(view: TableView, words: Catalog) -> dict[str, Any]:
    return {
        "table": view.name,
        "label": say(view.label, words.language.tag),
        "refused": words.say(view.refused) if view.refused is not None else None,
        "rows": [
            {"row": row.name, "hit": row.hit, "cells": [_cell(cell, words) for cell in row.cells]}
            for row in view.rows
        ],
    }


def _cell(view: CellView, words: Catalog) -> dict[str, Any]:
    content: dict[str, Any] = {"input": say(view.label, words.language.tag)}
    if view.withheld:
        return content | {"withheld": True}
    return content | {"value": view.measure.write(view.value), "holds": view.holds}


def _change(view: ChangeView, words: Catalog) -> dict[str, Any]:
    tag = words.language.tag

    def value(raw: Any) -> Any:
        kept = {view.field.name: raw, f"{view.field.name}.currency": view.currency}
        return FIELD_TYPES[view.field.type].to_json(view.field, kept)

    return {
        "field": f"{view.of.name}.{view.field.name}" if view.of is not None else view.field.name,
        "label": say(view.field.label, tag),
        "line": view.line,
        "every_line": view.of is not None and view.line is None,
        "now": value(view.now),
        "value": value(view.value),
        "needed": view.needed,
        "asked": [say(label, tag) for label in view.asked],
        "spared": [say(label, tag) for label in view.spared],
        "others": [say(label, tag) for label in view.others],
    }
