import pytest

from guanxi import resources


def test_the_checkout_serves_its_own_folders():
    assert (resources.folder("ui") / "templates").is_dir()
    assert (resources.folder("schemas") / "meta").is_dir()


def test_a_name_that_does_not_ship_is_refused():
    with pytest.raises(ValueError, match="there are schemas, workflows, ui, seeds"):
        resources.folder("../tests")


def test_a_broken_installation_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "lib" / "guanxi")
    with pytest.raises(FileNotFoundError, match="Install Guanxi again"):
        resources.folder.__wrapped__("ui")


def test_installed_folders_are_found_inside_the_package(monkeypatch, tmp_path):
    package = tmp_path / "site-packages" / "guanxi"
    (package / "_data" / "ui").mkdir(parents=True)
    # A folder of the same name beside the package is somebody else's.
    (tmp_path / "ui").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder.__wrapped__("ui") == package / "_data" / "ui"
