"""A form as a browser without JavaScript reads, fills in and sends it."""

from bs4 import BeautifulSoup, Tag

from guanxi.commands.actor import Actor
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.read_record import read_record


def the(soup: Tag, selector: str) -> Tag:
    """What is first found by a selector and has to be there."""
    found = soup.select_one(selector)
    assert found, f"no {selector} in the page"
    return found


class Form:
    """What a page's form would send, and what the page says."""

    def __init__(self, browser, reply):
        self.browser, self.reply = browser, reply
        self.soup = BeautifulSoup(reply.text, "html.parser")
        forms = self.soup.select("form#form")
        self.pairs = list(self._pairs(forms[0])) if forms else []

    @property
    def form(self):
        return the(self.soup, "form#form")

    def _pairs(self, form):
        for it in form.select("input, select, textarea"):
            if it.name == "textarea":
                yield it["name"], it.get_text().removeprefix("\n")
            elif it.name == "select":
                chosen = it.select_one("option[selected]") or the(it, "option")
                yield it["name"], chosen["value"]
            elif it.get("type") not in ("checkbox", "radio") or it.has_attr("checked"):
                yield it["name"], it.get("value", "on")

    @property
    def names(self):
        return {name for name, _ in self.pairs}

    def value(self, name):
        return [text for key, text in self.pairs if key == name][-1]

    def text(self, id_):
        return the(self.soup, f"#{id_}").get_text(strip=True)

    @property
    def totals(self):
        return [it.get_text(strip=True) for it in self.soup.select(".totals dd")]

    @property
    def problems(self):
        return [it.get_text(" ", strip=True) for it in self.soup.select("#summary li")]

    @property
    def preview_address(self):
        return the(self.soup, "#form-body")["hx-post"]

    def fill(self, values):
        for name, text in values.items():
            self.pairs = [(key, old) for key, old in self.pairs if key != name] + [(name, text)]
        return self

    async def post(self, address, more=None, *, twice=False):
        data: dict[str, list[str]] = {}
        for name, text in [*self.pairs, *(more or {}).items()]:
            data.setdefault(name, []).append(text)
        if not twice:
            data |= {name: [text] for name, text in (more or {}).items()}
        return await self.browser.post(address, data=data)

    async def save(self, more=None, *, twice=False):
        return await self.post(self.form["action"], more, twice=twice)

    async def preview(self, do=""):
        reply = await self.post(self.preview_address, {"_do": do} if do else None)
        assert reply.status_code == 200, reply.text
        return Form(self.browser, reply)


async def open_shop(site):
    """The site with a representative, who has a browser, with customers and two products."""
    manager = await site.with_password("Wang Fang", "manager")
    rep = await site.with_password("Li Wei", "rep", manager=manager)
    site.boss = Actor(
        user_id=await site.with_password("Lin Tao", "admin"), name="", roles=frozenset({"admin"})
    )
    site.actor = Actor(user_id=rep, name="", roles=frozenset({"rep"}))
    site.made = {}
    for name, price in (("Green tea 绿茶", "100"), ("Oolong", "250.50")):
        content = {"code": name[:5], "name": name, "currency": "CNY", "unit": "piece", "active": True}
        content["price"] = {"amount": price}
        product = await create_record(site.workspace, site.boss, "product", content)
        site.made[name.split()[0]] = str(product.id)
    for name in ("Huaxin Precision", "北京茶叶公司", "Twin", "twin"):
        account = await create_record(
            site.workspace, site.actor, "account", {"name": name, "currency": "CNY"}
        )
        site.made[name] = str(account.id)
    site.browser_ = await site.browser("Li Wei")
    return site


async def form(shop, address="/records/order/new"):
    """The form at an address."""
    reply = await shop.browser_.get(address)
    assert reply.status_code == 200, reply.text
    return Form(shop.browser_, reply)


async def filled(shop, discount="0", **more):
    """The form of an order with one line."""
    opened = await form(shop)
    opened.fill({"account._text": "Huaxin Precision", "lines.0.product": shop.made["Green"]})
    opened.fill({"lines.0.product._text": "Green tea 绿茶", "lines.0.discount": discount, **more})
    return opened


async def saved(shop, discount="0", **more):
    """An order with one line, made by its form."""
    reply = await (await filled(shop, discount, **more)).save()
    assert reply.status_code == 303, Form(shop.browser_, reply).problems
    id_ = int(reply.headers["location"].split("/")[-1].partition("?")[0])
    return await read_record(shop.workspace, shop.actor, "order", id_)
