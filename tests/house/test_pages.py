"""What templates and scripts may not contain: all of it would be dead or dangerous under our CSP."""

import re

import pytest

from tests.house.repository import texts

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc\s*=)(?![^>]*application/json)", re.IGNORECASE),
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"hx-on[:a-z-]*\s*=", re.IGNORECASE),
    "js: value": re.compile(r"=\s*[\"'](?:js|javascript):", re.IGNORECASE),
    "filtered trigger": re.compile(r"hx-trigger[^=]*=\s*[\"'][^\"']*\["),
    "foreign origin": re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "escaping switched off": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
EXAMPLES = {
    "inline style": '<p class="a" style="color:red">',
    "inline script": "<script>go()</script>",
    "style element": "<style>p{}</style>",
    "event attribute": "<button onclick='go()'>",
    "hx-on": '<p hx-on:click="go()">',
    "js: value": '<p hx-vals="js:{a: 1}">',
    "filtered trigger": '<p hx-trigger="keyup[ctrlKey]">',
    "foreign origin": '<script src="https://example.org/x.js">',
    "escaping switched off": "{{ name | safe }}",
}


def test_templates_hold_nothing_that_the_policy_forbids():
    templates = list(texts(".html", ".jinja", ".j2", ".svg", under="ui"))
    assert templates
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {what}"
        for path, text in templates
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]
    assert not found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_search_finds_what_it_looks_for(what: str):
    assert FORBIDDEN[what].search(EXAMPLES[what])


# What the server rendered may be put into the page; what a script glued together may not.
GLUED = re.compile(
    r"\beval\(|new Function\(|document\.write"
    r"|\.(?:inner|outer)HTML\s*\+?=\s*(?:[`\"']|[^;\n]*\+)"
    r"|insertAdjacentHTML\([^,]*,\s*(?:[`\"']|[^;\n]*\+)"
)


def test_scripts_build_no_code_and_no_markup_from_text():
    scripts = list(texts(".js", under="ui/static"))
    assert scripts
    assert not [f"{path}: {match[0]}" for path, text in scripts for match in GLUED.finditer(text)]
    assert GLUED.search("row.innerHTML = `<b>${name}</b>`")
    assert not GLUED.search("list.innerHTML = html")
