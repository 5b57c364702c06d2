"""The help page: who comes first, what it says, and what is offered to settle with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft import CONTENT
from hearth_cft.application import load_site
from hearth_cft.config import Config

pytestmark = pytest.mark.asyncio(loop_scope="session")
SETTLING = {
    file.stem
    for file in (CONTENT / "recordings").glob("*.md")
    if 'group = "settle"' in file.read_text(encoding="utf-8")
}


async def help_page(client: Client) -> str:
    return (await (await client.get("/en/help")).get_data()).decode()


async def test_the_emergency_number_is_the_first_link_to_call(client: Client) -> None:
    assert re.findall(r'href="tel:(\d+)"', await help_page(client))[0] == "999"


async def test_the_first_line_says_when_to_call_at_once(client: Client) -> None:
    page = await help_page(client)

    (first,) = re.findall(r'<a class="row" href="tel:999">(.*?)</a>', page, re.DOTALL)

    assert "If you’ve hurt yourself or taken something: call 999 now" in first
    assert "A&amp;E" in first


async def test_suicide_and_self_harm_are_named_before_the_numbers_to_talk_to(
    client: Client,
) -> None:
    page = await help_page(client)

    named = page.index("If you’re thinking about suicide, or about hurting yourself")
    assert page.index('href="tel:999"') < named < page.index('href="tel:116123"')
    assert "You deserve help, whatever happened." in page[:named]
    assert "0808 2000 247" in page[named:]


async def test_other_ways_to_reach_help_are_folded_below_the_numbers(client: Client) -> None:
    page = await help_page(client)

    (folded,) = re.findall(r'<details class="[^"]*other-ways">(.*?)</details>', page, re.DOTALL)

    assert page.index("0808 2000 247") < page.index(folded)
    for words in ("press 55", "British Sign Language", "18000", "18001"):
        assert words in folded
        assert words not in page.replace(folded, "")
    assert 'href="https://999bsl.co.uk"' in folded
    assert 'href="sms:999?&amp;body=register"' in folded


def pages_of(folder: Path, settings: str) -> list[str]:
    """Return the help page of a service with these settings, in each of its languages."""
    file = folder / "hearth.toml"
    file.write_text(f'data_dir = "data"\n{settings}', encoding="utf-8")
    config = Config.load(file, {})
    answers = load_site(config).answers
    return [answers[f"/{locale}/help"].body.decode() for locale in config.languages]


OLD = '[[crisis_lines]]\nname = "Rettung"\nnumber = "112"\n'


async def test_settings_from_before_still_say_to_call_at_once(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, f'languages = ["en"]\n{OLD}')

    assert "If you’ve hurt yourself or taken something: call 112 now" in page
    assert "999" not in page
    assert "other-ways" not in page


async def test_what_help_says_is_the_services_own_in_each_language(tmp_path: Path) -> None:
    settings = f"""
        content_dir = "content"
        [help]
        opening = {{ en = "Opening <1>", ar = "فتح" }}
        suicide = "In our words"
        {OLD}
        urgent = {{ en = "Ring now", ar = "الآن" }}
        [[other_ways]]
        name = {{ en = "By post", ar = "بالبريد" }}
        about = "Write <2>"
        website = "https://example.org/post"
    """
    add_plan(tmp_path / "content")

    english, arabic = pages_of(tmp_path, settings)

    for words in ("Opening &lt;1&gt;", "In our words", "Ring now", "By post", "Write &lt;2&gt;"):
        assert words in english
    for words in ("فتح", "الآن", "بالبريد", '<span lang="en" dir="auto">In our words</span>'):
        assert words in arabic
    assert "You deserve help" not in english
    assert "taken something" not in english
    assert 'href="https://example.org/post"' in arabic
    assert 'href="/en/worksheets/my-safety-plan"' in english
    assert 'href="/ar/worksheets/my-safety-plan"' in arabic


def add_plan(folder: Path) -> None:
    (folder / "worksheets").mkdir(parents=True)
    (folder / "worksheets" / "my-safety-plan.toml").write_text(
        'title = "Plan"\nsummary = "S"\norder = 1\nrevision = 1\nminutes = 5\n'
        '[[sections]]\nname = "a"\ntitle = "A"\n'
        '[[sections.fields]]\nname = "b"\ntype = "text"\nlabel = "B"\n',
        encoding="utf-8",
    )


async def test_the_safety_plan_is_on_help_if_the_library_has_one(client: Client) -> None:
    page = await help_page(client)

    has_plan = (CONTENT / "worksheets" / "my-safety-plan.toml").is_file()

    assert ("/worksheets/my-safety-plan" in page) == has_plan


async def test_only_recordings_that_settle_are_shown_and_can_be_chosen(client: Client) -> None:
    page = await help_page(client)

    shown = re.findall(r'data-slug="([\w-]+)"', page.split("<template data-recording")[0])
    offered = re.findall(r'data-recording="([\w-]+)" data-settles', page)

    assert len(shown) == 3
    assert set(shown) <= set(offered)
    assert set(offered) == SETTLING
