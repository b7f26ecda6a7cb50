"""Documents that use every part of processes, messages and endpoints once."""

from typing import Any

from guanxi.definitions import Document

LEGAL = [{"roles": ["legal"]}]
SIGN = {"name": "sign", "type": "approve", "by": LEGAL, "may": {"return": ["previous", "prepare"]}}
WHOLE: dict[str, Any] = {
    "kind": "approval",
    "name": "whole",
    "of": "order",
    "calendar": "office",
    "watch": ["lines"],
    "may": {"return": ["submitter"], "transfer": LEGAL, "remind": False},
    "policies": {"unavailable": ["deputy", "manager"]},
    "admins": LEGAL,
    "visibleTo": [{"field": "owner"}],
    "exits": [{"name": "withdrawn", "event": "withdrawn"}, {"name": "small", "when": "total < 1"}],
    "onApproved": [{"name": "note", "update": "this", "set": {"terms": "agreed"}}],
    "steps": [
        {
            "name": "prepare",
            "type": "task",
            "by": [{"field": "owner"}],
            "fields": {"note": "required"},
            "outcomes": [{"name": "ready"}, {"name": "hopeless", "label": {"en": "Hopeless"}}],
            "due": "4 working hours",
            "deadlines": [{"name": "late", "after": "1 day", "do": "reassign", "to": LEGAL}],
            "may": {"skip": True},
        },
        {
            "name": "check",
            "type": "parallel",
            "join": {"atLeast": 1},
            "rest": "letRun",
            "branches": [
                {"name": "law", "when": "note == 'new'", "steps": [SIGN]},
                {
                    "name": "wait",
                    "steps": [{"name": "pause", "type": "wait", "for": "3 days", "at": "09:00"}],
                },
            ],
        },
        {
            "name": "first",
            "type": "race",
            "branches": [
                {
                    "name": "paid",
                    "steps": [
                        {
                            "name": "payment",
                            "type": "wait",
                            "event": "paid",
                            "match": {"order": "= this", "via": "bank"},
                            "acceptEarly": True,
                        }
                    ],
                },
                {"name": "over", "steps": [{"name": "limit", "type": "wait", "until": "now + days(2)"}]},
            ],
        },
        {"name": "sub", "type": "call", "process": "other", "forEach": "lines", "join": "none"},
        {
            "name": "again",
            "type": "choose",
            "branches": [
                {
                    "name": "hopeless",
                    "when": "outcome('prepare') == 'hopeless' and visits('prepare') < 3",
                    "steps": [{"name": "retry", "type": "goBack", "to": "prepare", "max": 3}],
                }
            ],
            "otherwise": [{"name": "stop", "type": "end", "outcome": "approved"}],
        },
        {"name": "write", "type": "do", "effects": [{"name": "n", "update": "this", "set": {"terms": "x"}}]},
    ],
}
THANKS: dict[str, Any] = {
    "kind": "message",
    "name": "thanks",
    "of": "order",
    "to": [{"field": "owner"}],
    "subject": {"en": "total: {{ total }}", "zh-CN": "{{ number }}"},
    "body": {"en": "Dear {{ account.name }},\n{{ total }} of {{total}}", "zh-CN": "您好"},
}
ERP: dict[str, Any] = {
    "kind": "endpoint",
    "name": "erp",
    "label": {"en": "Order books"},
    "url": "https://erp.example.com/orders",
    "secret": "webhook.erp",
}
REMIND: dict[str, Any] = {
    "kind": "automation",
    "name": "remind",
    "of": "order",
    "on": {"due": "ordered_on", "before": "3 working days", "at": "09:00"},
    "when": "status == 'approved'",
    "calendar": "office",
    "again": "whenDone",
    "exits": [{"name": "gone", "when": "status == 'draft'"}],
    "steps": [
        {
            "name": "call",
            "type": "task",
            "by": [{"field": "owner"}],
            "outcomes": [{"name": "fine"}, {"name": "late"}],
        },
        {
            "name": "next",
            "type": "choose",
            "branches": [
                {
                    "name": "late",
                    "when": "outcome('call') == 'late'",
                    "steps": [{"name": "again", "type": "goBack", "to": "call", "max": 3}],
                }
            ],
            "otherwise": [],
        },
    ],
}
PROCESS_DOCUMENTS = tuple(Document(f"{one['name']}.json", one) for one in (WHOLE, THANKS, ERP, REMIND))
