"""Links between pages, and from a page to its recordings and worksheets and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from quart.typing import TestClientProtocol as Client

from hearth_cft.library.loader import load_library
from hearth_cft.library.models import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = load_library([Path(__file__).parents[2] / "hearth_cft" / "content"]).pages
SLUGS = [page.slug for page in PAGES]


async def html_of(client: Client, path: str, locale: str = "en") -> str:
    response = await client.get(f"/{locale}/{path}")
    html: str = await response.get_data(as_text=True)
    return html


async def test_the_pages_can_be_read_through_from_the_first_to_the_last(client: Client) -> None:
    read = [SLUGS[0]]

    while step := re.search(
        r'rel="next" href="/en/learn/([^"]+)"', await html_of(client, f"learn/{read[-1]}")
    ):
        read.append(step[1])

    assert read == SLUGS


async def test_the_list_has_every_page_under_its_group_in_order(client: Client) -> None:
    html = await html_of(client, "learn/")

    parts = re.findall(r'aria-labelledby="shelf-(\w+)">(.*?)</section>', html, re.DOTALL)
    listed = {group: re.findall(r'href="/en/learn/([^"]+)"', part) for group, part in parts}
    groups = dict.fromkeys(page.group for page in PAGES)
    assert listed == {
        group: [page.slug for page in PAGES if page.group == group] for group in groups
    }


@pytest.mark.parametrize("kind", ["recordings", "worksheets"])
async def test_what_a_page_names_leads_back_to_it(client: Client, kind: str) -> None:
    for page in PAGES:
        html = await html_of(client, f"learn/{page.slug}")
        for slug in getattr(page, kind):
            assert f'href="/en/{kind}/{slug}"' in html
            assert f'href="/en/learn/{page.slug}"' in await html_of(client, f"{kind}/{slug}")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.diagram], ids=lambda page: page.slug
)
@pytest.mark.parametrize("locale", ["en", "ar"])
async def test_a_drawing_has_a_name_and_its_words_beside_it(
    client: Client, page: Page, locale: str
) -> None:
    html = await html_of(client, f"learn/{page.slug}", locale)

    drawing = re.search(
        r'<svg class="diagram".*?aria-labelledby="(\S+) (\S+)".*?</svg>', html, re.S
    )
    assert drawing
    assert f'<title id="{drawing[1]}">' in drawing[0]
    assert f'<desc id="{drawing[2]}">' in drawing[0]
    assert 'class="diagram-words"' in html


async def test_the_flows_run_the_way_that_the_language_is_read(client: Client) -> None:
    def arrows(html: str) -> str:
        match = re.search(r'<g class="diagram-arrows"([^>]*)>', html)
        assert match
        return match[1]

    assert "matrix(-1" not in arrows(await html_of(client, "learn/the-three-flows"))
    assert "matrix(-1" in arrows(await html_of(client, "learn/the-three-flows", "ar"))


async def test_help_is_a_tap_away_where_a_page_may_stir_something_up(client: Client) -> None:
    stirring = [page.slug for page in PAGES if page.group == "hard"]
    stirring += ["safe-or-only-quiet", "when-minds-and-bodies-differ", "when-practice-is-hard"]

    for slug in stirring:
        assert 'class="card hard" href="/en/help"' in await html_of(client, f"learn/{slug}")
