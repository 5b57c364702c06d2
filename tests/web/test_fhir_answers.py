"""Random answers, exported for a clinic's system by static/js/features/notes/fhir.js.

One Node process answers each line of input with one line, so that hypothesis can try many examples.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth_cft.web.site.build import Site
from tests.web.test_fhir import all_items, questionnaires, with_every_type

ROOT = Path(__file__).parents[2]
NODE = [str(Path(sys.executable).parent / "node"), "tests/js/support/fhir-lines.js"]
ACTORS = st.sampled_from(["AAAAAAAAAAA", "BBBBBBBBBBB"])
NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
# Some break the rules of FHIR's strings, with control characters and all kinds of spaces.
TEXTS = st.text(max_size=40)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
ANSWERS: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "text": lambda _: TEXTS,
    "long": lambda _: TEXTS,
    "slider": lambda question: st.integers(question["min"], question["max"]),
    "choice": lambda question: st.sampled_from([option["value"] for option in question["options"]]),
    "choices": lambda question: st.lists(
        st.sampled_from([option["value"] for option in question["options"]]), unique=True
    ),
    "date": lambda _: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
    "group": lambda question: st.lists(
        st.fixed_dictionaries({"_id": NAMES}, optional=answers_to(question["fields"])), max_size=3
    ),
}
XHTML = "{http://www.w3.org/1999/xhtml}div"
STRING = re.compile(r"[ \r\n\t\S]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
OFTEN = settings(max_examples=150)

Asked = dict[tuple[str, str], dict[str, Any]]
Ask = Callable[[list[dict[str, Any]]], dict[str, Any]]


def answers_to(fields: list[dict[str, Any]]) -> dict[str, st.SearchStrategy[Any]]:
    return {field["name"]: ANSWERS[field["type"]](field) for field in fields}


def fields_of(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for section in sheet["sections"] for field in section["fields"]]


@st.composite
def entries(draw: st.DrawFn, sheet: dict[str, Any], *, wild: bool = False) -> dict[str, Any]:
    """Draw an entry of this worksheet. A `wild` one has any values that a newer app may write."""
    values = answers_to(fields_of(sheet))
    if wild:
        known = {name: ANYTHING for name in values}
        chosen = draw(st.fixed_dictionaries({}, optional=known))
        chosen |= draw(st.dictionaries(NAMES, ANYTHING, max_size=2))
    else:
        chosen = draw(st.fixed_dictionaries({}, optional=values))
    counter = draw(st.integers(1, 2**53 if wild else 4_000_000_000_000))
    fields = {
        name: [{"value": value, "actor": draw(ACTORS), "counter": counter}]
        for name, value in chosen.items()
    }
    return {
        "id": "AAAAAAAAAAAAAAAAAAAAAA",
        "kind": "worksheet",
        "worksheet": sheet["slug"],
        "revision": sheet["revision"],
        "locale": "en",
        "created": "2026-11-22T10:00:00.000Z",
        "seen": {"AAAAAAAAAAA": counter},
        "fields": fields,
        "deleted": False,
    }


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with all built-in worksheets and one with every type of question.

    The latter worksheet also has an earlier revision.
    """
    return with_every_type(tmp_path_factory.mktemp("fhir"), whole=True)


@pytest.fixture(scope="module")
def told(service: Site) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(service.answers["/en/worksheets.json"].body)
    return document


@pytest.fixture(scope="module")
def ask(told: dict[str, Any]) -> Iterator[Ask]:
    with subprocess.Popen(
        NODE, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin
        assert node.stdout
        requests, replies = node.stdin, node.stdout

        def send(document: object) -> None:
            requests.write(json.dumps(document) + "\n")
            requests.flush()

        def bundle_of(entries: list[dict[str, Any]]) -> dict[str, Any]:
            send(entries)
            bundle: dict[str, Any] = json.loads(replies.readline())
            return bundle

        send(told)
        yield bundle_of
        requests.close()


def sheets_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [*told["worksheets"], *told["earlier"]]


@pytest.fixture(scope="module")
def asked(service: Site) -> Asked:
    """Return all English questionnaires by their name and version."""
    resources = questionnaires(service).items()
    english = [resource for path, resource in resources if path.startswith("/en/")]
    return {(resource["url"], resource["version"]): resource for resource in english}


def questionnaire_of(asked: Asked, sheet: dict[str, Any]) -> dict[str, Any]:
    return asked[sheet["canonical"], str(sheet["revision"])]


def responses_of(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """Check that the bundle and its responses are valid. Return the responses."""
    Bundle.model_validate(bundle)
    responses = [entry["resource"] for entry in bundle.get("entry", ())]
    for response in responses:
        QuestionnaireResponse.model_validate(response)
        # The models accept any text, but FHIR itself doesn't.
        assert all(is_string(text) for text in texts_in(response))
        if "text" in response:
            assert ElementTree.fromstring(response["text"]["div"]).tag == XHTML  # noqa: S314
    return responses


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def is_string(text: str) -> bool:
    """Return whether FHIR allows this "string": http://hl7.org/fhir/R4/datatypes.html#string."""
    is_encodable = text.encode(errors="replace").decode() == text
    return is_encodable and STRING.fullmatch(text) is not None and not CONTROLS.search(text)


def check_against(questionnaire: dict[str, Any], response: dict[str, Any]) -> None:
    """Check that each answer belongs to a question in the same place and of the same type.

    Also check that no question has more answers than it allows.
    """
    assert response["questionnaire"] == f"{questionnaire['url']}|{questionnaire['version']}"
    check_items(questionnaire, response)


KINDS = {
    "string": "valueString",
    "text": "valueString",
    "integer": "valueInteger",
    "date": "valueDate",
    "choice": "valueCoding",
}


def check_items(asked: dict[str, Any], answered: dict[str, Any]) -> None:
    questions = {item["linkId"]: item for item in asked["item"]}
    given = [item["linkId"] for item in answered.get("item", ())]
    for item in answered.get("item", ()):
        question = questions[item["linkId"]]
        repeats = question.get("repeats", False)
        assert item["text"] == question["text"]
        assert repeats or given.count(item["linkId"]) == 1
        if question["type"] == "group":
            assert "answer" not in item
            check_items(question, item)
            continue
        assert repeats or len(item["answer"]) == 1
        offered = [option["valueCoding"] for option in question.get("answerOption", ())]
        for answer in item["answer"]:
            (kind,) = answer
            assert kind == KINDS[question["type"]]
            assert kind != "valueCoding" or answer[kind] in offered


@settings(OFTEN, max_examples=20)
@given(data=st.data())
def test_random_answers_to_every_worksheet_fit_its_questionnaire(
    asked: Asked, told: dict[str, Any], ask: Ask, data: st.DataObject
) -> None:
    sheets = sheets_of(told)
    written = data.draw(st.tuples(*(entries(sheet) for sheet in sheets)))
    for sheet, entry in zip(sheets, written, strict=True):
        bundle = ask([entry])

        for response in responses_of(bundle):
            check_against(questionnaire_of(asked, sheet), response)
            assert "text" not in response, "an answer that fits needs no narrative"


@OFTEN
@given(data=st.data())
def test_whatever_a_newer_version_wrote_is_valid_too(
    asked: Asked, told: dict[str, Any], ask: Ask, data: st.DataObject
) -> None:
    sheet = data.draw(st.sampled_from(sheets_of(told)))
    entry = data.draw(entries(sheet, wild=True))

    bundle = ask([entry])

    for response in responses_of(bundle):
        check_against(questionnaire_of(asked, sheet), response)


@OFTEN
@given(data=st.data())
def test_no_word_is_lost_however_it_was_written(
    told: dict[str, Any], ask: Ask, data: st.DataObject
) -> None:
    sheet = data.draw(st.sampled_from(sheets_of(told)))
    entry = data.draw(entries(sheet, wild=True))
    marked: dict[str, list[dict[str, Any]]] = {
        name: [
            {"value": f"word-{name}-{at}", "actor": actor, "counter": at + 1}
            for at, actor in enumerate(data.draw(st.lists(ACTORS, min_size=1, unique=True)))
        ]
        for name in entry["fields"]
    }
    entry["fields"] = marked
    entry["revision"] += data.draw(st.sampled_from([0, 0, 100]))

    text = json.dumps(ask([entry]))

    assert all(each["value"] in text for versions in marked.values() for each in versions)


def test_every_link_of_a_full_answer_is_found(asked: Asked, told: dict[str, Any], ask: Ask) -> None:
    """Check that the export leaves nothing out of an entry that answers every question."""
    for sheet in sheets_of(told):
        fields = {
            field["name"]: [{"value": sample(field), "actor": "AAAAAAAAAAA", "counter": 1}]
            for field in fields_of(sheet)
        }
        entry: dict[str, Any] = {"worksheet": sheet["slug"], "revision": sheet["revision"]}
        entry |= {"id": "AAAAAAAAAAAAAAAAAAAAAA", "kind": "worksheet", "created": "2026-11-22"}

        bundle = ask([{**entry, "seen": {}, "fields": fields, "deleted": False}])

        (response,) = responses_of(bundle)
        items = all_items(questionnaire_of(asked, sheet))
        links = {item["linkId"] for item in items if item["type"] != "display"}
        assert {item["linkId"] for item in all_items(response)} == links


def sample(field: dict[str, Any]) -> Any:
    values = {"slider": field.get("max"), "date": "2026-11-22"}
    if field["type"] == "group":
        return [{subfield["name"]: sample(subfield) for subfield in field["fields"]}]
    if "options" in field:
        value = field["options"][0]["value"]
        return [value] if field["type"] == "choices" else value
    return values.get(field["type"], "words")
