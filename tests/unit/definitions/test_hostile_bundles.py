"""ZIP files that are meant to do harm, or are broken: refused, cheaply."""

import io
import time
import tracemalloc
import zipfile
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.bundle import MAX_BUNDLE, read_bundle
from guanxi.errors import DefinitionsRefused, Refused

BOMB = b"0" * 60_000_000


def zipped(files, kind=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", kind) as bundle:
        for name, text in files.items():
            bundle.writestr(name, text)
    return content.getvalue()


@contextmanager
def cheaply():
    """Tracing slows Python several times over; without it the limit is 0.1 s."""
    tracemalloc.start()
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    assert taken < 0.5


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_not_unpacked(kind):
    bomb = zipped({"a.json": BOMB}, kind)
    assert len(bomb) < MAX_BUNDLE
    with cheaply(), pytest.raises((Refused, DefinitionsRefused)):
        read_bundle(bomb)


@pytest.mark.parametrize(
    "files",
    [
        {f"{number}.json": "" for number in range(6_000)},
        {"../../pack.json": "{", "/etc/pack.json": "{"},
        {"pack.json": zipped({"pack.json": "{}"})},
        {"\u202epack.json": "[" * 10_000},
    ],
    ids=["many", "traversal", "nested", "deep"],
)
def test_a_hostile_folder_is_refused(files):
    content = zipped(files)
    with cheaply(), pytest.raises((Refused, DefinitionsRefused)):
        read_bundle(content)


WHOLE = zipped({f"{name}.json": '{"kind": "pack"}' for name in "abc"})
PLACES = st.integers(0, len(WHOLE) - 1)
BYTES = st.sampled_from([0, 128, 255]) | st.integers(0, 255)


@settings(max_examples=1_000, deadline=None)
@given(st.dictionaries(PLACES, BYTES, min_size=1, max_size=4))
def test_a_damaged_file_is_refused_wherever_it_is_damaged(damage):
    """Places before the beginning, broken names, other ways of packing."""
    content = bytearray(WHOLE)
    for place, byte in damage.items():
        content[place] = byte
    with suppress(Refused, DefinitionsRefused):  # damage to a time of day harms nothing
        assert read_bundle(bytes(content))
