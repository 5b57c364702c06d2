"""Each worksheet as an HL7 FHIR R4 Questionnaire, so that a clinic's system can take its answers.

The rules are those of http://hl7.org/fhir/R4/questionnaire.html: link ids are unique, only a choice
has answer options, what is shown between questions is an item of its own without an answer. Answers
are written as QuestionnaireResponses by static/js/notes/fhir.js, with the same link ids.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from hearth_cft.i18n.fallback import MARKERS
from hearth_cft.library.loader import Field, Section, Worksheet
from hearth_cft.web.site.localized import LocalizedLibrary

FHIR_JSON = "application/fhir+json"
# A resource may be published anywhere, or nowhere but here: its name can't be an address. Made once
# at random; another one would make other questionnaires of all of them.
NAMESPACE = uuid.UUID("78bf9201-951e-4e84-9d98-f5a62fa9a8aa")
TYPES = {
    "text": "string",
    "long": "text",
    "slider": "integer",
    "choice": "choice",
    "choices": "choice",
    "date": "date",
    "group": "group",
}
CORE = "http://hl7.org/fhir/StructureDefinition/"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"

Element = dict[str, Any]


def questionnaires(library: LocalizedLibrary, language: str) -> Iterator[tuple[str, Element]]:
    """Give (path below the language, Questionnaire) of every revision that there is."""
    for worksheet in library.worksheets:
        status = "active" if worksheet.reviewed else "draft"
        yield f"worksheets/{worksheet.slug}.fhir.json", _questionnaire(worksheet, language, status)
    for before in library.earlier:
        path = f"worksheets/{before.slug}/{before.revision}.fhir.json"
        yield path, _questionnaire(before, language, "retired")


def canonical(slug: str) -> str:
    """The name of a worksheet's questionnaire, whichever its revision and wherever it is served."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, slug)}"


def _questionnaire(worksheet: Worksheet, language: str, status: str) -> Element:
    url = canonical(worksheet.slug)
    return {
        "resourceType": "Questionnaire",
        "id": f"{worksheet.slug}-{worksheet.revision}"[-64:],
        "language": language,
        "url": url,
        "version": str(worksheet.revision),
        "name": "Worksheet" + "".join(part.title() for part in worksheet.slug.split("-")),
        "title": _plain(worksheet.title),
        "status": status,
        "subjectType": ["Patient"],
        "description": _plain(worksheet.summary),
        "item": [_section(section, url) for section in worksheet.sections],
    }


def _section(section: Section, url: str) -> Element:
    told = _shown(section.name, "intro", section.intro)
    return {
        "linkId": section.name,
        "text": _plain(section.title),
        "type": "group",
        "item": [*told, *(_question(field, field.name, url) for field in section.fields)],
    }


def _question(field: Field, link: str, url: str) -> Element:
    """`link` is the question's link id: its name, after its group's name and a full stop."""
    item: Element = {"linkId": link, "text": _plain(field.label), "type": TYPES[field.type]}
    extensions = _extensions(field)
    if extensions:
        item["extension"] = extensions
    if field.type in ("choices", "group"):
        item["repeats"] = True
    if field.options:
        # A code means something within its own question only.
        system = f"{url}#{link}"
        item["answerOption"] = [
            {"valueCoding": coding(system, each.value, _plain(each.label))}
            for each in field.options
        ]
    inside = [
        *_shown(link, "help", field.hint),
        *_shown(link, "guidance", field.guidance, control="help"),
        *_shown(link, "lower", field.low),
        *_shown(link, "upper", field.high),
        *(_question(each, f"{link}.{each.name}", url) for each in field.fields),
    ]
    return item | ({"item": inside} if inside else {})


def coding(system: str, value: str, display: str) -> Element:
    # A code has no spaces but single ones inside.
    return {"system": system, "code": " ".join(value.split()), "display": display}


def _extensions(field: Field) -> list[Element]:
    if field.type == "group":
        return [{"url": f"{CORE}questionnaire-maxOccurs", "valueInteger": field.most}]
    if field.type != "slider":
        return []
    return [
        {"url": f"{CORE}minValue", "valueInteger": field.min},
        {"url": f"{CORE}maxValue", "valueInteger": field.max},
        {"url": f"{CORE}questionnaire-sliderStepValue", "valueInteger": field.step},
        _control("slider"),
    ]


def _shown(link: str, name: str, text: str, *, control: str = "") -> list[Element]:
    """What stands beside a question; its link id has a hyphen, which no field's name has."""
    if not text:
        return []
    item: Element = {"linkId": f"{link}-{name}", "text": _plain(text), "type": "display"}
    if name != "intro":
        item["extension"] = [_control(control or name)]
    return [item]


def _control(code: str) -> Element:
    concept = {"coding": [{"system": CONTROLS, "code": code}]}
    return {"url": f"{CORE}questionnaire-itemControl", "valueCodeableConcept": concept}


def _plain(text: str) -> str:
    return text.translate(MARKERS)
