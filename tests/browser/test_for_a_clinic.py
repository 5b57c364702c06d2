"""Answers exported as a file for a clinic's system, in HL7 FHIR R4."""

from __future__ import annotations

import json

import pytest
from fhir.resources.R4B.bundle import Bundle
from playwright.async_api import expect

from tests.browser.acts import page_of, saved_by
from tests.browser.conftest import OpenPhone, ready_for_flight
from tests.browser.kept import answered, keep, practice
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.flight]


async def test_the_file_is_made_without_the_server_and_names_nobody(
    server: Server, open_phone: OpenPhone
) -> None:
    phone = await open_phone()
    page = await page_of(phone, server, "worksheets/three-circles.fhir.json")
    questionnaire = json.loads(await page.locator("body").inner_text())
    await keep(
        page,
        answered("A message from work <after> six."),
        practice(recording="safe-place", before=3, after=5),
        {"kind": "kind-words", "fields": {"words": "You are safe here."}},
    )
    await page.goto(f"{server.url}/en/notes/")
    await ready_for_flight(page)
    server.stop()

    download = await saved_by(page.get_by_role("button", name="For a clinic’s system"))
    bundle = json.loads((await download.path()).read_bytes())

    Bundle.model_validate(bundle)
    assert download.suggested_filename.endswith(".fhir.json")
    worksheet, note = [entry["resource"] for entry in bundle["entry"]]
    assert worksheet["questionnaire"] == f"{questionnaire['url']}|{questionnaire['version']}"
    (section,) = worksheet["item"]
    (question,) = section["item"]
    assert (section["linkId"], question["linkId"]) == ("threat", "threat_triggers")
    assert question["answer"] == [{"valueString": "A message from work <after> six."}]
    assert note["_questionnaire"]["extension"][0]["valueString"] == "A practice note"
    assert "You are safe here." not in json.dumps(bundle)
    for response in (worksheet, note):
        assert not {"subject", "author", "source", "identifier"} & response.keys()
    await expect(page.get_by_text("Saved as")).to_be_visible()
