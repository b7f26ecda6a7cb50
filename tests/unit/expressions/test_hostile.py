"""Fault 24: no hostile expression is accepted, and refusing one costs next to nothing."""

import subprocess
import sys
import time
import tracemalloc
import warnings

import pytest

from guanxi.expressions import BOOLEAN, ExpressionError, compile_formula
from tests.unit.expressions.hostile import HOSTILE
from tests.unit.expressions.world import SHAPES

SECONDS = 0.1
BYTES = 50 * 2**20


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) >= 150


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_quickly_and_cheaply(text):
    started = time.process_time()
    with pytest.raises(ExpressionError) as refused:
        compile_formula(text, SHAPES, "order", expect=BOOLEAN)
    took = time.process_time() - started
    assert refused.value.problems
    assert all(one.message and 0 <= one.offset <= max(len(text), 1) for one in refused.value.problems)
    assert took < SECONDS


def test_all_together_need_little_memory():
    tracemalloc.start()
    try:
        for text in HOSTILE:
            with pytest.raises(ExpressionError):
                compile_formula(text, SHAPES, "order", expect=BOOLEAN)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", ["(" * 10**6, "9" * 10**6, "not " * 10**6, "a" * 10**7])
def test_a_huge_text_is_not_even_read(text):
    started = time.process_time()
    with pytest.raises(ExpressionError, match="at most 1000 characters"):
        compile_formula(text, SHAPES, "order")
    assert time.process_time() - started < SECONDS


def test_what_is_no_text_is_refused():
    with pytest.raises(ExpressionError, match="is a text"):
        compile_formula(b"total > 1", SHAPES, "order")  # type: ignore[arg-type]


def test_refusing_is_silent_whatever_the_warning_filter():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in HOSTILE:
            with pytest.raises(ExpressionError):
                compile_formula(text, SHAPES, "order", expect=BOOLEAN)


def test_an_evaluation_reaches_no_builtin():
    formula = compile_formula("total > 1", SHAPES, "order")
    assert formula.run.__globals__["__builtins__"] == {}


def test_the_process_stays_small():
    program = (
        "import resource\n"
        "from guanxi.expressions import BOOLEAN, ExpressionError, compile_formula\n"
        "from tests.unit.expressions.hostile import HOSTILE\n"
        "from tests.unit.expressions.world import SHAPES\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for text in HOSTILE:\n"
        "    try:\n"
        "        compile_formula(text, SHAPES, 'order', expect=BOOLEAN)\n"
        "    except ExpressionError:\n"
        "        continue\n"
        "    raise SystemExit(f'accepted: {text}')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    # Linux counts in kilobytes.
    assert int(done.stdout) * 1024 < BYTES
