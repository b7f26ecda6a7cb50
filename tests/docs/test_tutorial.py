"""The tutorial, done as it is written: its commands run and its files go live while a server runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from guanxi import resources
from guanxi.cli.sample_data import read_sample
from tests.cli.test_serving import PROGRAM, served
from tests.docs.pages import DOCS, blocks, write

TIMEOUT = 60
# `curl URL` with headers, against the server of the test.
CURL = """
import os, sys, httpx
words = sys.argv[1:]
headers = dict(words[i + 1].split(": ", 1) for i, word in enumerate(words) if word == "-H")
url = next(word for word in words if word.startswith("http"))
reply = httpx.get(url.replace(":8000", ":" + os.environ["PORT"]), headers=headers)
reply.raise_for_status()
print(reply.text)
"""


def tool(path: Path, program: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    code = path.parent / f"run_{path.name}.py"
    code.write_text(program, "utf-8")
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n', "utf-8")
    path.chmod(0o755)


@pytest.fixture
def folder(tmp_path, sqlite_templates):
    """A folder like a fresh clone, in which `guanxi` and `curl` are there and `make run` was called."""
    for name in ("schemas", "workflows"):
        shutil.copytree(resources.folder(name), tmp_path / name)
    tool(tmp_path / ".venv/bin/guanxi", PROGRAM)
    tool(tmp_path / "bin/curl", CURL)
    (tmp_path / "var").mkdir()
    shutil.copy(sqlite_templates["bare"], tmp_path / "var/guanxi.sqlite3")
    code, output = run(tmp_path, ".venv/bin/guanxi demo --only-data")
    assert code == 0, output
    return tmp_path


def run(folder, commands, port=0):
    environ = {name: text for name, text in os.environ.items() if not name.startswith("GUANXI_")}
    environ |= {"PATH": f"{folder}/bin:{environ['PATH']}", "PORT": str(port), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["/bin/sh", "-c", commands],
        cwd=folder,
        env=environ,
        text=True,
        timeout=TIMEOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout


def follow(folder, port):
    """Do what the page says; return what each run of commands said."""
    told = []
    page = blocks(DOCS / "tutorial.md")
    for here, following in zip(page, [*page[1:], None], strict=True):
        if here.kind in ("json", "diff"):
            write(here, folder)
        elif here.kind == "sh" and here.text.strip() != "make run":
            code, output = run(folder, here.text, port)
            if following is not None and following.kind == "text":
                assert code == 1
                assert following.text in output
            else:
                assert code == 0, output
            told.append(output)
    return told


def browser_at(port):
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Sec-Fetch-Site": "same-origin"})


def enter(browser, email):
    password = read_sample("people")["password"]
    reply = browser.post("/sign-in", data={"email": email, "password": password})
    assert reply.status_code == 303, reply.text
    return browser


def test_the_tutorial_holds(folder):
    environ = {"GUANXI_HOME": str(folder / "var"), "GUANXI_DATABASE_URL": ""}
    with (
        served(environ) as (port, _),
        browser_at(port) as one,
        browser_at(port) as two,
        browser_at(port) as zoe,
    ):
        emma = enter(one, "emma.clarke@example.com")
        assert "deliver_by" not in emma.get("/records/order/new").text
        told = follow(folder, port)
        assert 'name="deliver_by"' in emma.get("/records/order/new").text
        assert "Deliver by" in emma.get("/records/order").text
        assert "deliver_by" in emma.get("/api/v1/records/order").json()["items"][0]
        assert any("The audit chain holds" in output for output in told)

        early = order(emma) | {"deliver_by": "2020-01-01"}
        refused = emma.post("/api/v1/records/order", json=early)
        assert refused.status_code == 422
        assert "not before the order date" in refused.text

        made = emma.post("/api/v1/records/order", json=order(emma)).json()
        assert made["lines"][0]["price"]["amount"] == "126000.00", "the product fills the price"
        path = f"/api/v1/records/order/{made['id']}"
        sent = emma.post(f"{path}/actions/submit", json={}, headers={"If-Match": '"1"'})
        assert sent.status_code == 200, sent.text
        approve(enter(two, "david.miller@example.com"))
        assert emma.get(path).json()["status"] == "waiting"
        approve(invited(zoe, "\n".join(told)))
        assert emma.get(path).json()["status"] == "approved"


def order(emma):
    def find(entity, name):
        where = {"where": f"contains(name, '{name}')"}
        (item,) = emma.get(f"/api/v1/records/{entity}", params=where).json()["items"]
        return item["id"]

    line = {"product": find("product", "Labelling line"), "quantity": "1", "discount": "12"}
    return {"account": find("account", "Wharton"), "lines": [line], "discount_reason": "Second line."}


def approve(person):
    task = person.get("/api/v1/tasks?box=waiting").json()["items"][0]
    reply = person.post(f"/api/v1/tasks/{task['id']}/approve", json={})
    assert reply.status_code == 200, reply.text


def invited(browser, told):
    """Somebody who opens the one-time link that was printed and chooses a password."""
    (link,) = re.findall(r"/welcome/\S+", told)
    assert browser.post(link, data={"password": "a lamp on the table"}).status_code == 303
    return browser
