"""What is shipped: a wheel that carries definitions, pages and assets, and finds them once installed."""

import subprocess
import sys
import zipfile

import pytest

from tests.house.repository import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("guanxi-*.whl")
    return built


def test_the_wheel_carries_what_the_product_reads(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder in (
        "schemas/meta/",
        "schemas/entities/",
        "workflows/approvals/",
        "ui/templates/",
        "ui/locales/",
    ):
        assert any(name.startswith(f"guanxi/_data/{folder}") for name in names), folder
    assert "guanxi/_data/ui/static/vendor/htmx.min.js" in names
    assert "guanxi/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"guanxi"}


def test_the_installed_package_finds_its_folders(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from guanxi import resources\n"
        "print(resources.folder('ui')); print(resources.folder('schemas'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    data = tmp_path / "guanxi" / "_data"
    assert done.stdout.splitlines() == [str(data / "ui"), str(data / "schemas")]
