"""A panel is read as people write it; what cannot be read is kept, never guessed or dropped."""

import itertools
import random
import time

import pytest

from core.names import Lookup
from core.text import key
from identify.panel import LONGEST, read_panel

NAMES = {
    "CD73": "cd73", "NT5E": "cd73", "CD90": "cd90", "Thy-1": "cd90", "CD105": "cd105", "endoglin": "cd105",
    "CD45": "cd45", "CD34": "cd34", "CD14": "cd14", "CD11b": "cd11b", "HLA-DR": "hla-dr", "HLA-ABC": "hla-abc",
    "HLA": "hla", "HLA class I": "hla-abc", "STRO-1": "stro-1", "SSEA-4": "ssea-4", "TGF-β": "tgf-beta",
    "integrin beta 1": "cd29", "5′-nucleotidase": "cd73",
}  # fmt: skip
KNOWN = {key(name): slug for name, slug in NAMES.items()}
SHORT = {"+": "positive", "-": "negative", "~": "variable", "?": None}
SIGNS = {
    "positive": ["+", " +", "＋", "⁺", "++", " (+)", " pos", " positive", "hi", "high", " bright", ": +", "-positive",
                 " = positive", "+ve", " was positive"],
    "negative": ["-", " -", "−", "–", "—", "⁻", "－", "﹣", " (-)", " neg", "neg", " negative", ": −", "-negative",
                 "-ve", " not detected", " is negative", "--"],
    "variable": ["+/-", " +/−", "±", " (+/-)", "-/+", "low", "lo", "dim", " weak", " variable"],
}  # fmt: skip
ENDINGS = [(sign, written) for sign, spellings in SIGNS.items() for written in spellings]


def read(text):
    return [(KNOWN.get(key(r.name), r.name), r.sign) for r in read_panel(text, Lookup(KNOWN)).readings]


def expected(short):
    """ "cd73+ hla-dr- foo?" as the readings that it stands for."""
    return [(part[:-1].replace("_", " "), SHORT[part[-1]]) for part in short.split()]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("CD73+ CD90+ CD105+ CD45- CD34-", "cd73+ cd90+ cd105+ cd45- cd34-"),
        ("CD90 pos, CD45 neg", "cd90+ cd45-"),
        ("CD73 positive; CD14−", "cd73+ cd14-"),
        ("CD105hi CD45low", "cd105+ cd45~"),
        ("HLA-DR-", "hla-dr-"),
        ("HLA-DR+/-", "hla-dr~"),
        ("HLA-ABC+, HLA class I +", "hla-abc+ hla-abc+"),
        ("STRO-1 (+)\nSSEA-4(−)", "stro-1+ ssea-4-"),
        ("CD73+CD90+CD45-CD34-HLA-DR-", "cd73+ cd90+ cd45- cd34- hla-dr-"),
        ("CD73+/CD90+/CD45-", "cd73+ cd90+ cd45-"),
        ("ＣＤ７３＋　ＣＤ４５－", "cd73+ cd45-"),
        ("CD73⁺CD90⁺CD45⁻", "cd73+ cd90+ cd45-"),
        ("NT5E+ endoglin+ 5′-nucleotidase+", "cd73+ cd105+ cd73+"),
        ("CD 73+ cd-90 +", "cd73+ cd90+"),
        (
            "positive for CD73, CD90 and CD105; negative for CD45 and HLA-DR",
            "cd73+ cd90+ cd105+ cd45- hla-dr-",
        ),
        ("Positive: CD73, CD90\nNegative: CD45, CD34", "cd73+ cd90+ cd45- cd34-"),
        ("Negative\nCD45\nCD34\nPositive\nCD73", "cd45- cd34- cd73+"),
        ("CD73, CD90 were positive. CD45 and CD34 were not detected", "cd73+ cd90+ cd45- cd34-"),
        ("MSCs express CD73 and CD90 and lack CD45, CD34", "cd73+ cd90+ cd45- cd34-"),
        ("CD73\tpositive\nCD45\tnegative\nCD34\t-", "cd73+ cd45- cd34-"),
        ("- CD73+\n- CD45-", "cd73+ cd45-"),
        ("+CD73 +CD90 -CD45 -HLA-DR", "cd73+ cd90+ cd45- hla-dr-"),
        ("CD105 (endoglin)+ CD90 (Thy-1) positive", "cd105+ cd90+"),
        ("CD73", "CD73?".lower()),
        ("CD73/CD90+", "cd73+ cd90+"),
        ("CD73 98%, CD45 (0.3 %)", "cd73+ cd45-"),
        ("CD45RA+ CD90.1+ HLA-DP-", "CD45RA+ CD90.1+ HLA-DP-"),
        ("foo bar+ CD999hi", "bar+ CD999+"),
        ("MSCs express CD73 and CD90, CD45 and CD34 are negative", "cd73? cd90? cd45? cd34-"),
        ("CD34 was not detected, nor expressed", "cd34-"),
        ("A minority of the cells: positive for CD34", "cd34?"),
        ("Half of the cells in culture, expressed CD34", "cd34?"),
        ("Some of the cells, but not all, expressed CD34", "cd34?"),
        ("Neither CD34 was detected, nor CD45 expressed", "cd34- cd45?"),
        ("CD34 was not detected nor was CD45 detected", "cd34? cd45?"),
        ("CD34 nor CD45 was found, while CD73 was positive", "cd34? cd45? cd73+"),
        ("neither CD34+ nor CD45+ cells were found", "cd34- cd45?"),
        ("neither CD34 nor CD45 were found and CD73 was positive", "cd34- cd45- cd73+"),
        ("CD73 +CD90 +CD45 -", "cd73+ cd90+ cd45-"),
        ("Marker\tResult\nCD73\texpressed\nCD45\tnot expressed", "cd73+ cd45-"),
        ("Marker\t% negative cells\nCD45\t99.1\nCD73\t0.8", "cd45- cd73?"),
    ],
)
def test_a_panel_is_read_as_it_is_meant(text, short):
    assert read(text) == expected(short)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("sign", "written"), ENDINGS)
def test_every_name_takes_every_spelling_of_a_sign(name, sign, written):
    assert read(name + written) == [(NAMES[name], sign)]


@pytest.mark.parametrize(
    "separator", [" ", ", ", "; ", "\n", " | ", " / ", "\t", " and ", " & ", "，", " · "]
)
def test_two_signed_names_are_read_alike_whatever_stands_between(separator):
    for (sign, written), (other_sign, other) in itertools.product(ENDINGS, ENDINGS):
        if separator.isspace() and (
            " was " in other + written or (written in (" -", " −") and other[-1].isalpha())
        ):
            continue  # a dash between two names may join them
        if (
            separator in (" and ", " & ")
            and written.removesuffix("ve")[-1] in "-−–—⁻－﹣"
            and other.startswith("-pos")
        ):
            continue  # "CD90- and CD105-positive" may leave out a word
        text = f"HLA-DR{written}{separator}CD73{other}"
        assert read(text) == [("hla-dr", sign), ("cd73", other_sign)], text


def test_random_panels_survive_being_written_and_read():
    chance = random.Random(20261123)  # noqa: S311 the same panels in every run
    names = sorted(NAMES)
    for _ in range(500):
        panel = [(name, *chance.choice(ENDINGS)) for name in chance.sample(names, 6)]
        separator = chance.choice([", ", "; ", "\n"])
        text = separator.join(name + written for name, _, written in panel)
        assert read(text) == [(NAMES[name], sign) for name, sign, _ in panel], text


def test_case_and_invisible_characters_change_nothing():
    plain = read("CD73+ HLA-DR- CD45low")
    assert read("cd73+ hla-dr- cd45LOW") == plain
    assert read("CD\u200b73+ HLA\u2011DR\u2212 CD45low\ufeff") == plain


def test_no_known_name_is_ever_dropped():
    chance = random.Random(7)  # noqa: S311 the same noise in every run
    pieces = [
        "+",
        "-",
        "±",
        " ",
        ",",
        ";",
        "\n",
        "(",
        ")",
        "%",
        "pos ",
        "neg ",
        " for ",
        ":",
        ".",
        "é",
        "😀",
        "\x00",
    ]
    for _ in range(2000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(0, 12)))
        found = [name for name, _ in read(f"{text} CD73 {text}")]
        assert any("cd73" in key(name) for name in found), text


@pytest.mark.parametrize(
    "unit",
    [
        "CD73-",
        "a-",
        "a ",
        "+",
        "(",
        " ",
        "CD73 ",
        "is ",
        "- ",
        "1 ",
        "é",
        "\n",
        "HLA-",
        "pos ",
        "CD73 (",
        ".",
    ],
)
def test_the_longest_panel_is_read_in_no_time(unit):
    started = time.process_time()
    read_panel((unit * LONGEST)[:LONGEST], Lookup(KNOWN))
    assert time.process_time() - started < 3


FILLERS = "for of and or but are is was were the all both also with by marker markers cells msc mscs"


@pytest.mark.parametrize("word", FILLERS.split())
def test_a_word_between_names_says_nothing(word):
    assert read(f"CD73+ {word} CD90-") == expected("cd73+ cd90-")
    assert read(f"CD73+ {word}x CD90-") == expected("cd73+ cd90-")
    assert read_panel(f"CD73+ {word}x CD90-", Lookup(KNOWN)).unread == [f"{word}x"]


WORDS = {
    "positive": "positive pos high hi bright strong present expressed detected expressing express",
    "negative": "negative neg absent undetected undetectable lacking lack without",
    "variable": "variable var low lo dim weak intermediate int mixed heterogeneous partial",
}
AFTER_A_NAME = [(word, sign) for sign, words in WORDS.items() for word in words.split()]
SEVERAL = [("not expressed", "negative"), ("not detected", "negative"), ("not  present", "negative")]


@pytest.mark.parametrize(("word", "sign"), [*AFTER_A_NAME, *SEVERAL])
def test_a_word_after_a_name_is_its_sign_in_any_case(word, sign):
    assert read(f"CD73 {word}") == read(f"CD73 {word.upper()}") == [("cd73", sign)]
    assert read(f"{word}: CD73, CD90") == [("cd73", sign), ("cd90", sign)]


def test_plus_ve_and_minus_ve_are_signs_below_a_heading_too():
    assert read("negative: CD73+ve CD90-ve CD45") == [
        ("cd73", "positive"),
        ("cd90", "negative"),
        ("cd45", None),
    ]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("CD73", ["No plus or minus is given for it."]),
        (
            "positive CD73, CD90 negative",
            ["It can be read in more than one way; write its own sign beside it.", ""],
        ),
        ("CD45+ cells were depleted", ["Its sentence seems to speak of other cells or of the method."]),
        ("Marker,Sign\nCD73,n.d.\nCD90,", ["The cell says that it was not tested.", "The cell is empty."]),
        ("CD73+", [""]),
    ],
)
def test_why_a_name_has_no_sign_is_said(text, reasons):
    assert [reading.reason for reading in read_panel(text, Lookup(KNOWN)).readings] == reasons


def test_a_cell_without_a_sign_is_told_with_its_marker():
    readings = read_panel("Marker,Sign\nCD73,n.d.\nCD90,\nCD45,-", Lookup(KNOWN)).readings
    assert [(r.name, r.sign, r.written) for r in readings] == [
        ("CD73", None, "CD73 n.d."),
        ("CD90", None, "CD90"),
        ("CD45", "negative", "CD45 -"),
    ]
