"""Icons, assets, cards on a phone."""

import re
from pathlib import Path

import lucide
import pytest

from guanxi import resources
from guanxi.web.rendering.assets import Assets
from guanxi.web.rendering.icons import icon
from guanxi.web.rendering.views.lists import Column, with_slots
from guanxi.web.rendering.views.records import PathStage, RecordPage
from guanxi.web.rendering.views.values import Person

UI = resources.folder("ui")


def test_icons_are_decoration():
    drawn = icon("inbox")
    assert drawn.startswith("<svg")
    assert 'aria-hidden="true"' in drawn
    assert icon("inbox") is drawn


def test_an_icon_that_does_not_exist_is_a_circle():
    assert "<circle" in icon("no-such-icon-anywhere")


def test_templates_name_icons_that_exist():
    text = "".join(path.read_text() for path in (UI / "templates").rglob("*.html"))
    names = set(re.findall(r'icon\("([a-z0-9-]+)"', text)) | set(
        re.findall(r'ui\.empty\("([a-z0-9-]+)"', text)
    )
    assert len(names) > 20
    missing = []
    for name in names:
        try:
            lucide._render_icon(name, 16)
        except lucide.IconDoesNotExist:
            missing.append(name)
    assert not missing


def test_the_address_of_a_file_changes_with_its_content(tmp_path: Path):
    (tmp_path / "a.css").write_text("a{}")
    assets = Assets(tmp_path)
    first = assets.url("a.css")
    assert first == assets.url("a.css")
    (tmp_path / "a.css").write_text("a{color:red}")
    assert assets.url("a.css") != first
    assert assets.url("missing.js") == "/static/missing.js"


def test_the_base_names_files_that_ship():
    base = (UI / "templates" / "base.html").read_text()
    sheets = re.search(r"for sheet in \[(.*?)\]", base)
    assert sheets
    for name in re.findall(r'"(\w+)"', sheets[1]):
        assert (UI / "static" / "css" / f"{name}.css").is_file()
    scripts = base + (UI / "templates" / "studio" / "frame.html").read_text()
    for name in re.findall(r'"((?:js|vendor)/[\w.]+\.js)"', scripts):
        assert (UI / "static" / name).is_file()
    assert set(re.findall(r'"js/(\w+\.js)"', scripts)) | {"boot.js"} == {
        path.name for path in (UI / "static" / "js").iterdir()
    }


@pytest.mark.parametrize(
    ("kinds", "slots"),
    [
        (["text", "link", "badge", "number", "date"], ["title", "second", "status", "figure", "meta"]),
        (["link", "number", "number", "number"], ["title", "meta", "meta", "status"]),
        (["text", "badge", "badge"], ["title", "status", "meta"]),
        (["text"], ["title"]),
    ],
)
def test_places_on_a_card(kinds, slots):
    columns = [Column(name=f"c{at}", label="", kind=kind) for at, kind in enumerate(kinds)]
    assert [column.slot for column in with_slots(columns)] == slots


def test_an_amount_stands_for_the_record_before_other_numbers():
    columns = [
        Column(name="number", label=""),
        Column(name="total", label="", kind="number", amount=True),
        Column(name="discount", label="", kind="number"),
    ]
    assert [column.slot for column in with_slots(columns)] == ["title", "status", "meta"]


def test_the_position_on_the_path():
    def at(*states):
        stages = tuple(PathStage("", state) for state in states)
        return RecordPage(title="", entity="", icon="", breadcrumb=(), path=stages).position

    assert at("done", "now", "todo") == 2
    assert at("done", "done") == 2
    assert at("done", "failed") == 2
    assert at("todo", "todo") == 0
    assert at() == 0


def test_a_person_has_a_letter_and_a_lasting_tint():
    assert Person("林悦").initial == "林"
    assert Person("ann").initial == "A"
    assert Person(" ").initial == "?"
    assert Person("林悦").hue == Person("林悦").hue
    assert Person("x").hue in range(5)
