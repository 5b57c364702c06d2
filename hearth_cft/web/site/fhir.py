"""Build an HL7 FHIR R4 Questionnaire of each worksheet, for clinics' systems that import answers.

The rules are in http://hl7.org/fhir/R4/questionnaire.html: link ids are unique, only a choice has
answer options, and text between questions is an item of its own without an answer.
static/js/features/notes/fhir.js writes the answers as QuestionnaireResponses with the same
link ids.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from hearth_cft.i18n.fallback import MARKERS
from hearth_cft.library.models import Field, Section, Worksheet
from hearth_cft.web.site.localized import LocalizedLibrary

FHIR_JSON = "application/fhir+json"
# A resource may be published anywhere, or only here, so its name can't be an address. This UUID was
# made once at random. It must not change, since that would change the name of every questionnaire.
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
    """Yield (path below the language, Questionnaire) of every revision of every worksheet."""
    for worksheet in library.worksheets:
        status = "active" if worksheet.reviewed else "draft"
        yield f"worksheets/{worksheet.slug}.fhir.json", _questionnaire(worksheet, language, status)
    for earlier in library.earlier:
        path = f"worksheets/{earlier.slug}/{earlier.revision}.fhir.json"
        yield path, _questionnaire(earlier, language, "retired")


def canonical(slug: str) -> str:
    """Return the canonical name of a worksheet's questionnaire.

    It is the same for every revision and on every server.
    """
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
    intro = _display(section.name, "intro", section.intro)
    return {
        "linkId": section.name,
        "text": _plain(section.title),
        "type": "group",
        "item": [*intro, *(_question(field, field.name, url) for field in section.fields)],
    }


def _question(field: Field, link: str, url: str) -> Element:
    """Return the item of a question.

    `link` is the question's link id: the field's name. In a group, the group's link id and a full
    stop come before it.
    """
    item: Element = {"linkId": link, "text": _plain(field.label), "type": TYPES[field.type]}
    extensions = _extensions(field)
    if extensions:
        item["extension"] = extensions
    if field.type in ("choices", "group"):
        item["repeats"] = True
    if field.options:
        # A code has a meaning only within its own question.
        system = f"{url}#{link}"
        item["answerOption"] = [
            {"valueCoding": coding(system, option.value, _plain(option.label))}
            for option in field.options
        ]
    items = [
        *_display(link, "help", field.hint),
        *_display(link, "guidance", field.guidance, control="help"),
        *_display(link, "lower", field.low),
        *_display(link, "upper", field.high),
        *(_question(inner, f"{link}.{inner.name}", url) for inner in field.fields),
    ]
    return item | ({"item": items} if items else {})


def coding(system: str, value: str, display: str) -> Element:
    # A FHIR code has no spaces at its ends, and only single spaces inside.
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


def _display(link: str, name: str, text: str, *, control: str = "") -> list[Element]:
    """Return the display item for the text beside a question, or [] if there is no text.

    Its link id contains a hyphen, which no field's name contains.
    """
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
