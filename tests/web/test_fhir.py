"""Worksheets as HL7 FHIR R4 for a clinic's system.

The package fhir.resources has R4B but not R4. They are the same in everything that is used here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from quart.typing import TestClientProtocol as Client

from hearth_cft.application import Hearth, load_site
from hearth_cft.config import Config
from hearth_cft.web.site.build import Site
from tests.small import SMALL, copied, small_site

pytestmark = pytest.mark.asyncio(loop_scope="session")
ENDING = ".fhir.json"
Questionnaires = dict[str, dict[str, Any]]
PAGE = re.compile(r"/\w+/worksheets/[a-z0-9-]+(/\d+)?")
OF_EVERY_TYPE = """\
title = "All sorts"
summary = "A question of every type."
order = 5
revision = {revision}
reviewed = {reviewed}

[[sections]]
name = "one"
title = "One"
intro = "Take your time."

[[sections.fields]]
name = "line"
type = "text"
label = "A line"
hint = "Short."
guidance = "Longer."

[[sections.fields]]
name = "lines"
type = "long"
label = "Lines"

[[sections.fields]]
name = "level"
type = "slider"
label = "How much?"
min = -5
max = 5
step = 5
low = "hardly"
high = "a lot"

[[sections.fields]]
name = "one_of"
type = "choice"
label = "One of them"
options = [{{ value = "a", label = "A" }}, {{ value = "b  c", label = "B" }}]

[[sections.fields]]
name = "some_of"
type = "choices"
label = "Some of them"
options = [{{ value = "a", label = "A" }}, {{ value = "b", label = "B" }}]

[[sections.fields]]
name = "when"
type = "date"
label = "When?"

[[sections.fields]]
name = "steps"
type = "group"
label = "Steps"
item = "Step"
most = 3
fields = [
  {{ name = "line", type = "text", label = "What?", hint = "A small one." }},
  {{ name = "help", type = "slider", label = "How hard?" }},
]
"""


def all_items(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for child in item.get("item", ()):
        yield child
        yield from all_items(child)


def questionnaires(site: Site) -> Questionnaires:
    responses = site.answers.items()
    return {
        path: json.loads(response.body) for path, response in responses if path.endswith(ENDING)
    }


def with_every_type(folder: Path, *, whole: bool = False) -> Site:
    """Build a site with a worksheet of every type of question, beside some built-in worksheets.

    If `whole`, the site has all built-in worksheets.
    """
    sheets = folder / "content" / "worksheets"
    (sheets / "earlier").mkdir(parents=True)
    now = OF_EVERY_TYPE.format(revision=3, reviewed="true")
    (sheets / "all-sorts.toml").write_text(now, encoding="utf-8")
    before = OF_EVERY_TYPE.format(revision=2, reviewed="true")
    (sheets / "earlier" / "all-sorts-2.toml").write_text(before, encoding="utf-8")
    if whole:
        config = Config.load(None, {}, {"content_dir": folder / "content"})
        built_in = copied({**SMALL, "worksheets": ["*"]})
        return load_site(config, built_in=built_in.content, sounds=built_in.recordings)
    return small_site(content_dir=folder / "content")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Questionnaires:
    """Return the questionnaires of a service that has a worksheet of every type of question."""
    return questionnaires(with_every_type(tmp_path_factory.mktemp("fhir")))


async def test_every_worksheet_in_every_language_is_a_questionnaire(app: Hearth) -> None:
    resources = questionnaires(app.site)
    pages = {path + ENDING for path in app.site.answers if PAGE.fullmatch(path)}

    assert resources.keys() == pages
    assert {path.split("/")[1] for path in pages} == {"ar", "en"}
    for path, resource in resources.items():
        Questionnaire.model_validate(resource)
        assert resource["language"] == path.split("/")[1]
        assert "\ue000" not in json.dumps(resource, ensure_ascii=False)


async def test_it_is_served_as_fhir_and_left_out_of_what_phones_carry(
    app: Hearth, client: Client
) -> None:
    path = "/en/worksheets/three-circles.fhir.json"
    response = await client.get(path)
    pages = json.loads(app.site.answers["/en/offline.json"].body)["pages"]

    assert (response.status_code, response.content_type) == (200, "application/fhir+json")
    assert path not in pages
    assert "/en/worksheets/three-circles" in pages


async def test_what_no_clinician_has_checked_is_a_draft(app: Hearth, own: Questionnaires) -> None:
    assert questionnaires(app.site)["/en/worksheets/three-circles.fhir.json"]["status"] == "draft"
    assert own["/en/worksheets/all-sorts.fhir.json"]["status"] == "active"


async def test_an_earlier_revision_keeps_its_name_and_is_retired(own: Questionnaires) -> None:
    now = own["/en/worksheets/all-sorts.fhir.json"]
    before = own["/en/worksheets/all-sorts/2.fhir.json"]

    Questionnaire.model_validate(before)
    assert now["url"] == before["url"]
    assert (now["version"], before["version"]) == ("3", "2")
    assert before["status"] == "retired"


async def test_a_worksheet_has_the_same_name_in_every_language_and_at_every_service(
    app: Hearth, own: Questionnaires
) -> None:
    path = "/{}/worksheets/three-circles.fhir.json"
    here, there = questionnaires(app.site), own

    # The name is written out, because it must not change. For clinics that already have this
    # questionnaire, another name would make it another questionnaire.
    name = "urn:uuid:1205fd0d-fdb6-5543-8447-530287dae7a3"
    assert here[path.format("en")]["url"] == here[path.format("ar")]["url"] == name
    assert there[path.format("en")]["url"] == name


async def test_the_rules_that_the_models_do_not_check(app: Hearth, own: Questionnaires) -> None:
    """Check the invariants que-1, que-2, que-5 and que-6 of Questionnaire."""
    for resource in (*questionnaires(app.site).values(), *own.values()):
        items = list(all_items(resource))
        links = [item["linkId"] for item in items]

        assert len(links) == len(set(links))
        for item in items:
            assert ("item" in item) or item["type"] != "group"
            if item["type"] == "display":
                assert not {"item", "repeats", "required", "answerOption"} & item.keys()
            assert ("answerOption" in item) == (item["type"] == "choice")


async def test_each_type_of_question_has_its_counterpart(own: Questionnaires) -> None:
    resource = own["/en/worksheets/all-sorts.fhir.json"]
    items = {item["linkId"]: item for item in all_items(resource)}

    types = {link: item["type"] for link, item in items.items() if item["type"] != "display"}
    assert types == {
        "one": "group",
        "line": "string",
        "lines": "text",
        "level": "integer",
        "one_of": "choice",
        "some_of": "choice",
        "when": "date",
        "steps": "group",
        "steps.line": "string",
        "steps.help": "integer",
    }
    assert {link for link, item in items.items() if item.get("repeats")} == {"some_of", "steps"}
    codes = [option["valueCoding"]["code"] for option in items["one_of"]["answerOption"]]
    assert codes == ["a", "b c"]


async def test_a_slider_says_its_range_its_steps_and_its_ends(own: Questionnaires) -> None:
    resource = own["/en/worksheets/all-sorts.fhir.json"]
    items = {item["linkId"]: item for item in all_items(resource)}

    numbers = {
        extension["url"].rpartition("/")[2]: extension["valueInteger"]
        for extension in items["level"]["extension"]
        if "valueInteger" in extension
    }
    assert numbers == {"minValue": -5, "maxValue": 5, "questionnaire-sliderStepValue": 5}
    assert (items["level-lower"]["text"], items["level-upper"]["text"]) == ("hardly", "a lot")
