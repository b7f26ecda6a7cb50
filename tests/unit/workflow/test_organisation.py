"""Managers, teams and roles, and answers that are recorded for a replay."""

import json

import pytest

from guanxi.rules.organisation import Member, Recalled, Recorded, Snapshot, Team

ORG = Snapshot(
    people={
        1: Member(team=3, email="Rep@Example.com"),
        2: Member(team=3),
        3: Member(team=2, active=False),
        4: Member(manager=1, team=1),
        5: Member(manager=5),
    },
    teams={1: Team("all", None, 4), 2: Team("sales", 1, 3), 3: Team("east", 2, 2)},
    roles={"director": (4, 1)},
)


@pytest.mark.parametrize(("person", "manager"), [(1, 2), (2, 3), (3, 4), (4, 1), (5, None), (77, None)])
def test_the_own_manager_else_the_nearest_of_the_teams(person: int, manager: int | None) -> None:
    assert ORG.manager_of(person) == manager


def test_a_circle_of_teams_ends_the_search() -> None:
    org = Snapshot({1: Member(team=1)}, {1: Team("a", 2, 1), 2: Team("b", 1, None)})
    assert org.manager_of(1) is None
    assert org.team_members("a", True) == (1,)


def test_members_of_teams_and_roles() -> None:
    assert ORG.team_members("sales", False) == (3,)
    assert ORG.team_members("sales", True) == (1, 2, 3)
    assert ORG.team_members("nowhere", True) == ()
    assert ORG.members_of_role("director") == (1, 4)
    assert ORG.members_of_role("nobody") == ()


def test_people_by_address_and_activity() -> None:
    assert ORG.person_called("rep@example.COM") == 1
    assert ORG.person_called("x@example.com") is None
    assert ORG.active(1)
    assert not ORG.active(3)
    assert not ORG.active(77)


def test_recorded_answers_are_given_again_and_nothing_else() -> None:
    recorded = Recorded(ORG)
    asked = (recorded.manager_of(1), recorded.members_of_role("director"), recorded.active(3))
    more = (recorded.team_members("sales", True), recorded.person_called("rep@example.com"))
    recalled = Recalled(json.loads(json.dumps(recorded.to_json())))
    assert (recalled.manager_of(1), recalled.members_of_role("director"), recalled.active(3)) == asked
    assert (recalled.team_members("sales", True), recalled.person_called("rep@example.com")) == more
    with pytest.raises(LookupError, match="manager 2"):
        recalled.manager_of(2)
