"""The terminal speaks the language of its locale."""

import copy
import json

from guanxi.cli.language import reader_words
from guanxi.errors import N_
from tests.unit.definitions.base import base_documents


def test_the_first_locale_variable_that_is_set_counts():
    def tag(**environ):
        return reader_words(environ).language.tag

    assert tag() == "en"
    assert tag(LANG="zh_CN.UTF-8") == "zh-CN"
    assert tag(LC_ALL="", LC_MESSAGES="zh_TW", LANG="en_GB.UTF-8") == "zh-CN"
    assert tag(LC_ALL="C.UTF-8", LANG="zh_CN.UTF-8") == "en"
    assert reader_words({"LANG": "zh_CN.UTF-8"}).say(N_("whole number")) == "整数"


def test_what_is_wrong_with_an_expression_is_said_in_it(base, tmp_path):
    order = copy.deepcopy(
        next(one.data for one in base_documents() if one.name == "order" and one.kind == "entity")
    )
    order["fields"]["note"]["visibleWhen"] = "totl > 5"
    path = tmp_path / "order.json"
    path.write_text(json.dumps(order), "utf-8")
    assert "order has no 'totl'. Did you mean 'total'?" in base("check", path).output
    told = base("check", path, LC_ALL="zh_CN.UTF-8")
    assert told.exit_code == 1
    assert "order 没有“totl”。您是指“total”吗？" in told.output
    assert "#/fields/note/visibleWhen" in told.output
