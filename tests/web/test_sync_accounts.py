"""Creating, authenticating and erasing accounts over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from quart.typing import TestClientProtocol as Client

from hearth_cft.config import Config
from hearth_cft.records import Limits
from hearth_cft.web.api import accounts
from tests.samples import ROOMY, new_account, new_auth
from tests.web.sync_app import Phone, api


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    async with api(tmp_path) as client:
        yield client


@pytest.fixture
def phone(client: Client) -> Phone:
    return Phone(client)


async def test_an_account_is_made_and_the_same_again_is_fine(phone: Phone) -> None:
    assert (await phone.join()).status == 201
    assert (await phone.join()).status == 200


async def test_an_account_of_another_key_is_not_given_away(phone: Phone) -> None:
    await phone.join()
    phone.auth = new_auth()[0]

    answer, token = await phone.join(), await phone.sign_in()

    assert (answer.status, answer.code) == (401, "unauthorised")
    assert answer.body == token.body


async def test_a_token_lasts_twelve_hours(phone: Phone) -> None:
    await phone.join()

    answer = await phone.sign_in()

    assert answer.status == 201
    assert answer.body == {"token": phone.token, "expires_in": 12 * 3600}


async def test_a_wrong_key_and_an_unknown_account_get_the_same_answer(phone: Phone) -> None:
    await phone.join()
    phone.auth = new_auth()[0]

    wrong = await phone.sign_in()
    unknown = await Phone(phone.client).sign_in()

    assert (wrong.status, wrong.code) == (401, "unauthorised")
    assert (wrong.status, wrong.body, wrong.headers) == (
        unknown.status,
        unknown.body,
        unknown.headers,
    )
    assert wrong.headers["Www-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer a.b.c", "Bearer ÿ", "bearer  x y z"]
)
async def test_without_a_good_token_there_are_no_records(phone: Phone, header: str) -> None:
    await phone.join()

    answer = await phone.list(Authorization=header)

    assert (answer.status, answer.code) == (401, "unauthorised")


async def test_an_expired_token_is_refused(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    await phone.ready()
    now = TimestampSigner("x").get_timestamp()

    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + 12 * 3600 - 5)
    assert (await phone.list()).status == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + 12 * 3600 + 5)

    assert (await phone.list()).status == 401


async def test_a_token_of_another_account_shows_only_that_account(phone: Phone) -> None:
    await phone.ready()
    other = await Phone(phone.client).ready()
    assert phone.token
    assert other.token

    own, others = phone.token.split(".", 1), other.token.split(".", 1)
    forged = f"{others[0]}.{own[1]}"

    assert (await phone.list(Authorization=f"Bearer {forged}")).status == 401


async def test_a_token_survives_a_new_start(tmp_path: Path) -> None:
    async with api(tmp_path) as client:
        phone = await Phone(client).ready()

    async with api(tmp_path) as client:
        phone.client = client
        assert (await phone.list()).status == 200


async def test_a_token_for_an_account_that_a_restored_server_lacks_asks_to_sign_in(
    phone: Phone, tmp_path: Path
) -> None:
    await phone.ready()
    key = (tmp_path / "data" / "signing.key").read_bytes()
    (tmp_path / "wiped" / "data").mkdir(parents=True)
    (tmp_path / "wiped" / "data" / "signing.key").write_bytes(key)

    async with api(tmp_path / "wiped") as client:
        phone.client = client
        assert (await phone.list()).status == 401
        assert (await phone.join()).status == 201
        assert (await phone.list()).status == 200


async def test_erasing_needs_the_key_and_works_twice(phone: Phone) -> None:
    await phone.ready()
    stranger = Phone(phone.client, account=phone.account)

    assert (await stranger.erase()).status == 401
    assert (await phone.erase()).status == 204
    assert (await phone.erase()).status == 204


async def test_an_account_that_never_was_can_not_be_erased(phone: Phone) -> None:
    answer = await phone.erase()

    assert (answer.status, answer.code) == (401, "unauthorised")


async def test_every_other_phone_is_told_that_the_account_was_erased(phone: Phone) -> None:
    await phone.ready()
    await phone.erase()

    for answer in (
        await phone.join(),
        await phone.sign_in(),
        await phone.list(),
        await phone.fetch(["A" * 22]),
        await phone.push(),
    )[:4]:
        assert (answer.status, answer.code) == (410, "account_erased")


async def test_a_service_with_a_join_code_takes_only_who_has_it(tmp_path: Path) -> None:
    async with api(tmp_path, Config(limits=ROOMY, join_code="Spring Garden 7")) as client:
        phone = Phone(client)

        without, wrong = await phone.join(), await phone.join(join_code="winter")
        right = await phone.join(join_code=" spring garden  7 ")
        again = await phone.join()

    assert (without.status, without.code) == (403, "join_code_needed")
    assert (wrong.status, wrong.code) == (403, "join_code_needed")
    assert (right.status, again.status) == (201, 200)


async def test_without_the_join_code_nobody_learns_whether_an_account_exists(
    tmp_path: Path,
) -> None:
    async with api(tmp_path, Config(limits=ROOMY, join_code="spring")) as client:
        phone = Phone(client)
        await phone.join(join_code="spring")
        phone.auth = new_auth()[0]

        assert (await phone.join()).status == 403
        assert (await phone.join(join_code="spring")).status == 401


async def test_guessing_the_join_code_is_slow(tmp_path: Path) -> None:
    async with api(tmp_path, Config(limits=ROOMY, join_code="spring")) as client:
        phone = Phone(client)
        for _ in range(accounts.WRONG_CODES):
            assert (await phone.join(join_code="wrong")).status == 403

        answer = await phone.join(join_code="spring")
        elsewhere = await Phone(client, address="192.0.2.2").join(join_code="spring")

    assert (answer.status, answer.code) == (429, "too_many_attempts")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600 // accounts.WRONG_CODES + 1
    assert elsewhere.status == 201


async def test_guessing_from_the_networks_of_one_site_is_slow(tmp_path: Path) -> None:
    async with api(tmp_path, Config(limits=ROOMY, join_code="spring")) as client:
        for number in range(accounts.WRONG_CODES_A_SITE):
            phone = Phone(client, f"2001:db8:1:{number:x}::1")
            assert (await phone.join(join_code="wrong")).status == 403

        answer = await Phone(client, "2001:db8:1:ffff::1").join(join_code="spring")
        elsewhere = await Phone(client, "2001:db8:2::1").join(join_code="spring")

    assert (answer.status, answer.code) == (429, "too_many_attempts")
    assert elsewhere.status == 201


async def test_guessing_from_sites_without_end_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "WRONG_CODES_AT_MOST", 30)
    async with api(tmp_path, Config(limits=ROOMY, join_code="spring")) as client:
        answers = [
            (await Phone(client, f"2001:db8:{number:x}::1").join(join_code="wrong")).status
            for number in range(40)
        ]

    assert answers == [403] * 30 + [429] * 10


async def test_wrong_codes_from_many_addresses_do_not_shut_out_a_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "WRONG_CODES_OVERALL", 5)
    async with api(tmp_path, Config(limits=ROOMY, join_code="spring")) as client:
        for last in range(1, 8):
            await Phone(client, f"203.0.113.{last}").join(join_code="wrong")

        again = await Phone(client, "203.0.113.1").join(join_code="wrong")
        elsewhere = await Phone(client, "192.0.2.2").join(join_code="spring")

    assert (again.status, elsewhere.status) == (429, 201)


async def test_wrong_keys_shut_nobody_out(phone: Phone) -> None:
    await phone.ready()
    guesser = Phone(phone.client, account=phone.account)

    for _ in range(100):
        assert (await guesser.sign_in()).status == 401
        assert (await guesser.join()).status == 401
        assert (await guesser.erase()).status == 401

    assert (await phone.join()).status == 200
    assert (await phone.sign_in()).status == 201
    assert (await phone.erase()).status == 204


async def test_with_a_join_code_new_accounts_are_limited_too(tmp_path: Path) -> None:
    limits = Limits(accounts_per_address=2, accounts_a_day=3, free_space_floor=0)
    async with api(tmp_path, Config(limits=limits, join_code="spring")) as client:
        addresses = ["192.0.2.1"] * 3 + ["192.0.2.2", "192.0.2.3"]
        answers = [await Phone(client, at).join(join_code="spring") for at in addresses]

    assert [answer.status for answer in answers] == [201, 201, 429, 201, 429]
    assert answers[2].code == "too_many_accounts"


async def test_new_accounts_are_limited_by_address_and_overall(tmp_path: Path) -> None:
    limits = Limits(accounts_per_address=2, accounts_a_day=3, free_space_floor=0)
    async with api(tmp_path, Config(limits=limits)) as client:
        first_two = [await Phone(client, "2001:db8::1").join() for _ in range(2)]
        same_half = await Phone(client, "2001:db8::ffff").join()
        third = await Phone(client, "192.0.2.1").join()
        fourth = await Phone(client, "192.0.2.2").join()

    assert [answer.status for answer in first_two] == [201, 201]
    assert (same_half.status, same_half.code) == (429, "too_many_accounts")
    assert int(same_half.headers["Retry-After"]) > 3600
    assert third.status == 201
    assert fourth.code == "too_many_accounts"


async def test_a_failed_join_does_not_use_up_the_day(tmp_path: Path) -> None:
    limits = Limits(accounts_per_address=1, free_space_floor=1 << 62)
    async with api(tmp_path, Config(limits=limits)) as client:
        assert [(await Phone(client).join()).status for _ in range(3)] == [507, 507, 507]


async def test_the_word_of_a_stranger_about_his_address_does_not_count(tmp_path: Path) -> None:
    limits = Limits(accounts_per_address=1, free_space_floor=0)
    for peer, expected in (("203.0.113.5", [201, 429]), ("127.0.0.1", [201, 201])):
        async with api(tmp_path / peer, Config(limits=limits)) as client:
            statuses = []
            for last in (1, 2):
                phone = Phone(client, peer)
                answer = await phone.send(
                    "PUT",
                    f"/accounts/{phone.account}",
                    {"auth": phone.auth},
                    headers={"X-Forwarded-For": f"203.0.113.9, 198.51.100.{last}"},
                )
                statuses.append(answer.status)
        assert statuses == expected


@pytest.mark.parametrize(
    "account",
    [
        "a",
        "A" * 26,
        "a" * 25 + "b",
        "a" * 27,
        "a" * 25 + "1",
        "%00" * 26,
        "%ff%fe",
        "a" * 26 + "%0a",
    ],
)
async def test_an_account_id_of_another_shape_is_refused(phone: Phone, account: str) -> None:
    answer = await phone.send("PUT", f"/accounts/{account}", {"auth": phone.auth})

    assert (answer.status, answer.code) == (400, "malformed")


async def test_an_account_id_in_the_body_is_checked_like_one_in_the_address(phone: Phone) -> None:
    answer = await phone.send("POST", "/tokens", {"account": "a" * 25 + "b", "auth": phone.auth})

    assert (answer.status, answer.code) == (400, "malformed")


async def test_limits_of_another_day_do_not_stop_who_is_there_already(tmp_path: Path) -> None:
    limits = replace(ROOMY, accounts_per_address=1)
    async with api(tmp_path, Config(limits=limits)) as client:
        phone = await Phone(client).ready()
        assert (await Phone(client, account=new_account()).join()).status == 429
        assert (await phone.join()).status == 200
        assert (await phone.sign_in()).status == 201
