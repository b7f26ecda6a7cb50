"""What the history of a record says of each act, and absences that administrators set."""

from typing import get_args

import pytest

from guanxi.storage.credentials import set_password
from guanxi.web.pages.history_sentences import sentence_of
from guanxi.workflow import Event
from tests.web.crm import make_crm
from tests.web.site import hash_of_password

BESIDE_EVENTS = ("comment", "copy", "remind")


@pytest.fixture
async def crm(site):
    """People and records; everybody can sign in."""
    made = await make_crm(site)
    async with site.workspace.database.transaction() as session:
        for id_ in made.ids.values():
            await set_password(session, id_, hash_of_password(), site.clock.now())
    return made


@pytest.mark.parametrize("kind", ["approval", "automation"])
@pytest.mark.parametrize("act", [*(event.type for event in get_args(Event)), *BESIDE_EVENTS])
def test_every_event_of_a_process_has_its_sentence(kind, act):
    assert sentence_of(f"{kind} {act}") is not None


def test_any_answer_is_an_answer_and_a_button_is_none():
    assert sentence_of("approval decide signed") == sentence_of("approval decide")
    assert sentence_of("submit") is None


@pytest.mark.parametrize(
    ("language", "told"), [("en", "handed the task to Chen Jing"), ("zh-CN", "将任务转办给Chen Jing")]
)
async def test_the_record_says_to_whom_a_task_was_handed(crm, site, language, told):
    order = await crm.submitted("15")
    (task,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    manager = await site.browser("Wang Fang")
    done = await manager.post(f"/inbox/{task['id']}/transfer", data={"person._text": "chen jing"})
    assert done.status_code == 303
    rep = await site.browser("Li Wei")
    rep.cookies.set("guanxi_language", language)
    assert told in (await rep.get(f"/records/order/{order}")).text


async def test_who_looks_after_people_says_that_somebody_is_away(crm, site):
    admin, manager = await site.browser("Lin Tao"), crm.ids["manager"]
    here = f"/people/{manager}/absence"
    assert f'href="{here}"' in (await admin.get("/people")).text
    assert "Who decides for Wang Fang" in (await admin.get(here)).text
    assert "Lin Tao" in (await admin.get(f"{here}/people", params={"q": "lin"})).text
    assert "Nothing found" in (await admin.get(f"{here}/people", params={"q": "wang fang"})).text
    today = site.clock.now().date().isoformat()
    days = {"first_day": today, "last_day": today, "deputy._text": "Chen Jing"}
    done = await admin.post(here, data=days)
    assert (done.status_code, done.headers["location"]) == (303, f"{here}?said=away_other")
    assert "Wang Fang is away now. Chen Jing decides for them." in (await admin.get(here)).text
    assert "You are away now" in (await (await site.browser("Wang Fang")).get("/inbox")).text
    assert (await admin.post(f"{here}/end", data={"deputy": ""})).status_code == 303
    assert "is away now" not in (await admin.get(here)).text


async def test_nobody_else_reads_or_sets_the_absence_of_a_colleague(crm, site):
    rep, here = await site.browser("Li Wei"), f"/people/{crm.ids['manager']}/absence"
    today = site.clock.now().date().isoformat()
    days = {"first_day": today, "last_day": today, "deputy._text": "Chen Jing"}
    refused = {(await rep.get(here)).status_code, (await rep.post(here, data=days)).status_code}
    assert refused <= {403, 404}
    assert (await (await site.browser("Lin Tao")).get("/people/999999/absence")).status_code == 404
