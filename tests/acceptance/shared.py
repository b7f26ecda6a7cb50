"""The shared data that acceptance tests read: real, and never copied into the repository."""

import os
from pathlib import Path

import pytest


def shared(name):
    """A file or folder of the shared data, whether it is there or not."""
    here = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("GUANXI_SHARED_DATA", here.parent / "shared" / "data")) / name


def required(name):
    """The same for a test; what is absent is a failure where the run is the one that counts."""
    found = shared(name)
    if not found.exists():
        message = f"no {name} in {found.parent}: set GUANXI_SHARED_DATA to the folder that holds it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found
