"""Documents made to hurt: refused quickly, with a problem and without a traceback."""

import json
import time
import tracemalloc

import pytest

from guanxi.definitions import Document, check_documents, read_document
from guanxi.definitions.documents import MAX_BYTES, MAX_DEPTH
from guanxi.errors import DefinitionProblem
from tests.unit.definitions.base import base_catalog

SECONDS = 0.1
BYTES = 50_000_000

ENTITY = {"kind": "entity", "name": "thing", "title": "name", "fields": {"name": {"type": "text"}}}


def nested(depth: int) -> dict:
    data: dict = {}
    for _ in range(depth):
        data = {"x-deeper": data}
    return {**ENTITY, "x-deep": data}


FILES = {
    "100,000 brackets": b"[" * 100_000,
    "100,000 objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "quotes without an end": b'{"a": "' + b'\\"' * 400_000,
    "a megabyte of quotes": b'"' * (MAX_BYTES - 1),
    "too many bytes": b" " * (MAX_BYTES + 1),
    "not UTF-8": b'{"kind": "\xff\xfe"}',
    "not JSON": b"{kind: entity}",
    "nothing": b"",
    "a key twice": b'{"kind": "entity", "kind": "role"}',
    "NaN": b'{"kind": NaN}',
    "infinity": b'{"kind": -Infinity}',
    "a number of 6,000 digits": b'{"n": ' + b"9" * 6000 + b"}",
    "a NUL byte": b'{"kind": "a\x00"}',
}

CONTENT = {
    "no object": [ENTITY],
    "a text": "entity",
    "nothing": None,
    "a number": 12,
    "too deep": nested(MAX_DEPTH + 1),
    "very deep": nested(5000),
    "a float": {**ENTITY, "x-rate": 0.1},
    "infinity": {**ENTITY, "x-rate": float("inf")},
    "NUL in a text": {**ENTITY, "x-note": "a\0b"},
    "half a character": {**ENTITY, "x-note": "\ud800"},
    "a key that is half a character": {**ENTITY, "x-\ud800": 1},
    "more than 64 bits": {**ENTITY, "x-n": 2**70},
    "a schema reference to the network": {**ENTITY, "$ref": "http://127.0.0.1:1/schema.json"},
    "a schema reference to a file": {**ENTITY, "fields": {"name": {"$ref": "file:///etc/passwd"}}},
    "a schema of its own": {**ENTITY, "$schema": {"$ref": "http://127.0.0.1:1/"}},
    "a kind that is a path": {**ENTITY, "kind": "../common"},
    "the shared schema as kind": {**ENTITY, "kind": "common"},
    "a folder of schemas as kind": {**ENTITY, "kind": "fields/text"},
    "a type that is a path": {**ENTITY, "fields": {"name": {"type": "../entity"}}},
    "a type that is a list": {**ENTITY, "fields": {"name": {"type": ["text"]}}},
    "a name as SQL": {**ENTITY, "name": 'x"; drop table g_audit; --'},
    "a field name as SQL": {**ENTITY, "fields": {"name": {"type": "text"}, 'a" or 1=1 --': {"type": "text"}}},
    "a field name with a line break": {**ENTITY, "fields": {"name\n": {"type": "text"}}},
    "a field name that looks like another": {
        **ENTITY,
        "fields": {"name": {"type": "text"}, "nаme": {"type": "text"}},
    },
    "a dunder field": {**ENTITY, "fields": {"name": {"type": "text"}, "__class__": {"type": "text"}}},
    "two underscores": {**ENTITY, "fields": {"name": {"type": "text"}, "total__currency": {"type": "text"}}},
    "a word of Python": {**ENTITY, "fields": {"name": {"type": "text"}, "lambda": {"type": "text"}}},
    "a column of the platform": {**ENTITY, "fields": {"name": {"type": "text"}, "version": {"type": "text"}}},
    "10,000 fields": {**ENTITY, "fields": {f"f{i}": {"type": "text"} for i in range(10_000)}},
    "10,000 wrong fields": {**ENTITY, "fields": {f"f{i}": {"type": "txt"} for i in range(10_000)}},
    "300 wrong fields": {**ENTITY, "fields": {f"f{i}": {"type": "txt"} for i in range(300)}},
    "many wrong values": {
        **ENTITY,
        "fields": {f"f{i}": {"type": "select", "options": [{"nam": 1}] * 100} for i in range(30)},
    },
    "10,000 equal options": {
        **ENTITY,
        "fields": {"name": {"type": "text"}, "k": {"type": "select", "options": [{"name": "a"}] * 10_000}},
    },
    "10,000 equal search fields": {**ENTITY, "search": ["name"] * 10_000},
    "10,000 languages": {**ENTITY, "label": {f"l{i}": "x" for i in range(10_000)}},
    "a label of 500,000 characters": {**ENTITY, "label": {"en": "x" * 500_000}},
    "an expression of 500,000 characters": {
        **ENTITY,
        "fields": {"name": {"type": "text", "visibleWhen": "1+" * 250_000 + "1 > 0"}},
    },
    "an expression that calls": {
        **ENTITY,
        "fields": {"name": {"type": "text", "visibleWhen": "().__class__.__mro__[1].__subclasses__()"}},
    },
    "an expression of powers": {**ENTITY, "fields": {"name": {"type": "text", "formula": "text(9**9**9)"}}},
    "a format that formats": {
        **ENTITY,
        "fields": {"name": {"type": "text"}, "no": {"type": "sequence", "format": "{n.__class__}"}},
    },
    "a format of a billion zeros": {
        **ENTITY,
        "fields": {"name": {"type": "text"}, "no": {"type": "sequence", "format": "{n:0999999999}"}},
    },
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_hostile_file_is_a_problem(content):
    answer, seconds, memory = measured(lambda: read_document("schemas/x.json", content))
    assert isinstance(answer, DefinitionProblem)
    assert answer.file == "schemas/x.json"
    assert seconds < SECONDS
    assert memory < BYTES


@pytest.mark.parametrize("data", CONTENT.values(), ids=CONTENT.keys())
def test_hostile_content_is_a_problem(data):
    check_documents([Document("x.json", ENTITY)])  # the schemas are read once, at the start
    problems, seconds, memory = measured(lambda: check_documents([Document("x.json", data)]))
    assert problems
    assert all(problem.file == "x.json" and len(str(problem)) < 2000 for problem in problems)
    assert seconds < SECONDS
    assert memory < BYTES


def test_what_is_just_allowed_is_allowed():
    assert check_documents([Document("x.json", nested(MAX_DEPTH - 2))]) == []
    assert not isinstance(read_document("x.json", json.dumps(ENTITY).encode()), DefinitionProblem)


def test_hostile_documents_do_not_stop_the_sound_ones_from_being_judged():
    wrong = {**ENTITY, "name": "other", "title": "nmae"}
    problems = check_documents([Document("deep.json", nested(5000)), Document("wrong.json", wrong)])
    assert {(one.file, one.pointer) for one in problems} == {("deep.json", ""), ("wrong.json", "/title")}


def test_the_base_catalog_is_not_touched_by_any_of_it():
    assert len(base_catalog().digest) == 64


def measured(act):
    """What it gives, the seconds of the fastest of three runs, and the most bytes that it held."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        answer = act()
        seconds.append(time.process_time() - start)
    tracemalloc.start()
    try:
        act()
        memory = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return answer, min(seconds), memory
