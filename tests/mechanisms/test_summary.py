"""What many claims on a page come to: how often each thing, what is narrower included, and the lists behind."""

import pytest
from django.test import Client

from tests import builders as make
from tests.reading import read


@pytest.fixture(autouse=True)
def built(world):
    make.mechanism("angiogenesis", broader=make.mechanism("paracrine"))
    for cell in ("t-cell", "b-cell"):
        make.cell_type(cell, broader="immune-cell")
    targets = {
        1: ["t-cell"],
        2: ["t-cell"],
        3: ["t-cell"],
        4: ["b-cell"],
        5: ["b-cell", "t-cell"],
        6: ["immune-cell"],
    }
    for number in range(1, 9):
        make.claim(
            f"MSC-CL-000{number}", mediators=["hgf"], targets=targets.get(number, []),
            mechanism="angiogenesis" if number <= 3 else "paracrine",
            direction="decreases" if number in (1, 5) else "increases",
        )  # fmt: skip
    make.claim("MSC-CL-0009", mediators=["hgf"], targets=["t-cell"], draft=True)


def summary(path):
    return [part.text for part in read(path).parts("dl.summary > div")]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/molecules/hgf/",
         ["Direction Increases 6 , Decreases 2", "Mechanism Paracrine 8 , Angiogenesis 3",
          "Target Immune cell 6 , T cell 4 , B cell 2"]),
        ("/mechanisms/paracrine/",
         ["Direction Increases 6 , Decreases 2", "Target Immune cell 6 , T cell 4 , B cell 2"]),
        ("/mechanisms/angiogenesis/", []),
        ("/cell-types/immune-cell/", []),
    ],
)  # fmt: skip
def test_eight_claims_and_more_are_summed_up(path, expected):
    assert summary(path) == expected


def test_each_number_is_that_of_the_list_behind_it():
    found = read("/molecules/hgf/").part("dl.summary")
    numbers = [int(count.text) for count in found.parts(".count")]
    assert len(numbers) == len(found.links) == 7
    for link, number in zip(found.links, numbers, strict=True):
        assert Client().get(f"/api/v1{link}").json()["count"] == number, link
