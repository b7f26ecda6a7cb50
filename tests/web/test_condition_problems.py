"""What is wrong with a condition that somebody sent is said in their language."""

import pytest

from tests.web.crm import make_crm


@pytest.fixture
async def crm(edge):
    return await make_crm(edge)


@pytest.mark.parametrize(
    ("where", "code", "english", "chinese"),
    [
        (
            "totl > 5",
            "unknown_name",
            "order has no 'totl'. Did you mean 'total'?",
            "order 没有“totl”。您是指“total”吗？",
        ),
        (
            "status > 5",
            "types_differ",
            "A text does not go with a whole number.",
            "文本与整数不能一起使用。",
        ),
        (
            "ordered_on + 1 > today",
            "operands",
            "A date and a whole number cannot be added. Write days(n) for a number of days.",
            "日期与整数不能相加。天数请写 days(n)。",
        ),
        (
            "total in {'{a}'}",
            "types_differ",
            "A money in account.currency does not go with a text.",
            "account.currency 金额与文本不能一起使用。",
        ),
        (
            "contains(total, '{x}')",
            "argument",
            "contains: a text is wanted here, not a money in account.currency. Write contains(text, part).",
            "contains：此处需要文本，而不是account.currency 金额。请写 contains(text, part)。",
        ),
    ],
)
async def test_problems_of_a_condition(crm, where, code, english, chinese):
    for language, said in (("en", english), ("zh-CN", chinese)):
        reply = await crm.rep.get(
            "/api/v1/records/order", params={"where": where}, headers={"Accept-Language": language}
        )
        assert reply.status_code == 422
        (problem,) = reply.json()["problems"]
        assert (problem["field"], problem["code"], problem["message"]) == ("/where", code, said)
