"""The benchmark's table: medians, bounds, and the ratio of each pair, in the Italian way."""

from __future__ import annotations

from bench import Cost, table


def test_the_ratio_is_taken_within_each_pair() -> None:
    # The second round found the machine busy with something else, which weighs on both sides.
    pairs = [
        (Cost(4, 5, 200), Cost(8, 8, 100)),
        (Cost(12, 6, 200), Cost(20, 8, 100)),
        (Cost(4, 4, 200), Cost(5, 8, 100)),
    ]
    assert table(["Ecoteca", "MkDocs"], {"dal niente": pairs}).splitlines() == [
        "                                    tempo s     min–max       CPU s  memoria MB",
        "dal niente           Ecoteca            4,0    4,0–12,0         5,0         200",
        "                     MkDocs             8,0    5,0–20,0         8,0         100",
        "                     rapporto          0,60   0,50–0,80        0,62        2,00   0,50 0,60 0,80",
    ]


def test_what_only_one_side_does_has_no_ratio() -> None:
    assert table(["Ecoteca", "MkDocs"], {"scripts/check": [(Cost(1.25, 1, 90),)]}).splitlines()[1:] == [
        "scripts/check        Ecoteca            1,2     1,2–1,2         1,0          90",
    ]
