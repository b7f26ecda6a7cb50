"""A decision belongs to what was seen: a page that has gone stale decides nothing."""

import re

from guanxi.storage.credentials import set_password
from tests.faults.test_at_once import editable_while_pending, set_discount
from tests.web.site import hash_of_password


async def test_an_old_page_does_not_approve_what_it_does_not_show(crm, site):
    await editable_while_pending(site)
    id_ = await crm.submitted("15")
    async with site.workspace.database.transaction() as session:
        await set_password(session, crm.ids["manager"], hash_of_password(), site.clock.now())
    browser = await site.browser("Wang Fang")
    (task,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    page = (await browser.get(f"/inbox/{task['id']}")).text
    (seen,) = re.findall(r'name="_version" value="(\d+)"', page)
    await set_discount(crm, id_, "19")
    address = f"/inbox/{task['id']}/decide/approve"
    reply = await browser.post(address, data={"comment": "", "_version": seen})
    assert reply.status_code == 412
    assert "This was changed since you opened it" in reply.text
    assert (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["status"] == "waiting"
    (now,) = re.findall(r'name="_version" value="(\d+)"', reply.text)
    assert int(now) > int(seen)
    assert (await browser.post(address, data={"comment": "", "_version": now})).status_code in (200, 303)
    assert (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["status"] == "approved"
