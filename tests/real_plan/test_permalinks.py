"""Every address that the real site has given out answers, and one that is gone is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scripts.site import permalinks
from scripts.site.built_site import read_site
from scripts.store import address_lists

from ..conftest import AS_OF, DATA


def test_the_real_site_answers_at_every_address_of_its_list(site: Path) -> None:
    """The list is there, long, and holds; what the site has and the list has not is none."""
    links = address_lists.lists(DATA)["2023"]
    assert {"data/2023/milestones.csv", "api/v1/2023/tasks/T24.json", "feeds/all.xml"} - links.files == set()
    assert len(links.addresses) > 1500 and {"2023/tasks/24/#2023-09", "2023/tasks/24/#2-1", "2023/source/#item-24"} <= links.addresses
    assert permalinks.unanswered([links], read_site(site), AS_OF) == []
    new = permalinks.of_site(read_site(site), "2023", AS_OF).addresses - links.addresses
    assert not new, f"run `make permalinks`: {sorted(new)[:5]}"


@pytest.mark.parametrize("gone", ["2023/tasks/99/", "2023/tasks/24/#9-9", "embed/2023/places/nowhere/", "changes/2022/"])
def test_an_address_that_is_gone_is_named(site: Path, gone: str) -> None:
    """A page, an anchor, a card for other people's pages; the message says how to mend it."""
    page, _, anchor = gone.partition("#")
    links = permalinks.Permalinks(AS_OF, {page: frozenset([anchor] if anchor else [])})
    assert permalinks.unanswered([links], read_site(site), AS_OF) == [gone]
    said = permalinks.words([gone])
    assert gone in said and "redirects.yml" in said and "编号改回" in said
    assert set(yaml.safe_load(said[said.index('\n"') :])) == {gone}


def test_a_file_that_is_gone_is_named(site: Path) -> None:
    """A table that lost its name; it cannot be redirected, so it has to come back."""
    links = permalinks.Permalinks(AS_OF, {}, frozenset(["data/2023/tasks.csv", "data/2023/targets.csv"]))
    assert permalinks.unanswered([links], read_site(site), AS_OF) == ["data/2023/targets.csv"]
    assert "放回原来的地方" in permalinks.words(["data/2023/targets.csv"])


def test_a_site_of_an_earlier_day_is_not_held_to_a_later_list(site: Path) -> None:
    """Addresses that came with later reports are not there yet on an earlier day."""
    links = permalinks.Permalinks(AS_OF, {"2023/later/": frozenset()})
    assert permalinks.unanswered([links], read_site(site), AS_OF.replace(year=2023)) == []
