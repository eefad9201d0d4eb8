"""The scripts of one page share its names, so that none may take another's."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from gouji.inference.serve.pages import own_assets
from gouji.inference.viewer.page_assets import Asset, index_assets, plain_assets, report_assets
from gouji.model.forms import load_forms

_NAMED = re.compile(r"^(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
PAGES = {
    "home": (*index_assets(), *own_assets("home")),
    "report": (*report_assets(load_forms()), *own_assets("settle"), *own_assets("spans")),
    "training": (*plain_assets(), *own_assets("training")),
}


@pytest.mark.parametrize("assets", PAGES.values(), ids=list(PAGES))
def test_no_two_scripts_of_a_page_define_one_name(assets: tuple[Asset, ...]):
    names = [name for asset in assets if asset.name.endswith(".js") for name in _NAMED.findall(asset.text)]

    assert {name for name, times in Counter(names).items() if times > 1} == set()
