"""The worked example in its four formats, opened by programs that are not ours."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export import render
from backprop_gui.export.handout.figure import figure_picture
from backprop_gui.export.handout.handout import save_handout
from backprop_gui.export.handout.latex_text import PREAMBLE, latex_text
from backprop_gui.export.handout.worked_example import Handout, WorkedStep, worked_example
from backprop_gui.export.paper import Paper, PaperSheet
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.typesetting import GAP_SIZE, fit
from backprop_gui.storage.opening import read
from backprop_gui.system.letters import one_line
from tests.export.conftest import Tool
from tests.extent import extent

TITLE = 'a < b & "c" $x_1$ 50 % ~ \\ {#} 😀 שלום é'
SUFFIXES = (".md", ".tex", ".html", ".pdf")
TINY = Setup(input=1e-300, target=-0.25, w1=-1e-300, w2=-3.5e4, eta=1e-5)


def _moment(setup: Setup | None = None, iteration: int = 1) -> Moment:
    run = Run(setup or Setup())
    run.advance(iteration)
    return moment_at(run, Position(min(iteration, run.iteration), 15))


def _handout(setup: Setup | None = None, **options) -> Handout:
    return worked_example(_moment(setup), **options)


class _Html(HTMLParser):
    """Counts tags, and keeps texts and attributes."""

    EMPTY = ("meta", "br", "rect", "path", "circle", "ellipse", "line", "polyline", "polygon")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.attributes += attrs
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.attributes += attrs

    def handle_endtag(self, tag) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("is_blanked", [False, True])
def test_each_format_opens_as_the_experiment_that_it_came_from(
    qtbot: QtBot, tmp_path: Path, suffix: str, is_blanked: bool
) -> None:
    path = tmp_path / f"example{suffix}"
    save_handout(_handout(Setup(w1=-1 / 3), is_blanked=is_blanked, title=TITLE), path)
    assert read(path) == (Setup(w1=-1 / 3), Position(1, 15))


def _written(tmp_path: Path, suffix: str, tool: Tool, handout: Handout) -> str:
    """Return the text that a reader sees, from a program that is not ours where there is one."""
    path = tmp_path / f"example{suffix}"
    save_handout(handout, path)
    if suffix == ".tex":
        words = ("-interaction=nonstopmode", "-halt-on-error", path.name)
        tool("pdflatex", *words, cwd=tmp_path)
        path = path.with_suffix(".pdf")
    if path.suffix == ".pdf":
        return tool("pdftotext", "-layout", path, "-")
    if suffix == ".html":
        page = _Html(path.read_text(encoding="utf-8"))
        labels = [value or "" for name, value in page.attributes if name == "aria-label"]
        return "\n".join([*page.texts, *labels])
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_answers_are_there_and_computed_numbers_are_not_before_them(
    qtbot: QtBot, tmp_path: Path, tool: Tool, suffix: str
) -> None:
    moment = _moment(Setup(w1=0.123, w2=0.456))
    text = _written(tmp_path, suffix, tool, worked_example(moment, 5, is_blanked=True))
    if suffix == ".html":  # labels come last here
        text = "\n".join([text[text.index("netₕ = ") :], text[: text.index("netₕ = ")]])
    text = text.replace(numbers.MINUS, "-")
    before, _answers, after = text.partition("Answers")
    given = ("dnet_o_dout_h", "dnet_h_dw1")
    for step in ARTICLE.steps:
        value = moment.text(step.quantity.name, Numerals(5)).replace(numbers.MINUS, "-")
        mantissa = value.partition("e")[0].strip("-")
        assert mantissa in after, step
        if step.quantity.name not in given:
            assert mantissa not in before, step


@pytest.mark.parametrize("suffix", [".md", ".tex", ".html"])
def test_in_full_every_number_is_told_in_its_formula(
    qtbot: QtBot, tmp_path: Path, tool: Tool, suffix: str
) -> None:
    moment = _moment()
    text = _written(tmp_path, suffix, tool, worked_example(moment, 6))
    text = text.replace(numbers.MINUS, "-")
    for step in ARTICLE.steps:
        value = moment.text(step.quantity.name, Numerals(6)).replace(numbers.MINUS, "-")
        assert value in text.replace(" ", ""), step
        assert step.quantity.title[1:] in text.replace("’", "'")


@pytest.mark.parametrize("setup", [Setup(), TINY, Setup(target=1e9, w2=-2e5), Setup(eta=0)])
@pytest.mark.parametrize("is_blanked", [False, True])
def test_plain_pdflatex_compiles_it_without_a_complaint(
    qtbot: QtBot, tmp_path: Path, tool: Tool, setup: Setup, is_blanked: bool
) -> None:
    text = _written(tmp_path, ".tex", tool, _handout(setup, is_blanked=is_blanked, title=TITLE))
    assert "[U+1F600]" in text
    log = (tmp_path / "example.log").read_text(errors="replace")
    assert "LaTeX Warning" not in log
    assert "Missing character" not in log


# Letters that LaTeX itself sets, when it reads them as they are: with its usual fonts, and with
# the European ones.
USUAL = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿĀāĂăĆćĈĉĊċČčĎďĒēĔĕĖėĚěĜĝĞğĠġĢģĤĥ"
    "ĨĩĪīĬĭİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŴŵŶŷŸŹźŻżŽžȘșȚțǍǎǑǒǦǧ"
    "€§¶©®£¥¢¤¦†‡‰№¡¿“”‘’–—…"
)
EUROPEAN = "đĐðÐþÞŋŊ«»‹›„‚ąĄęĘįĮųŲ"


def test_latex_sets_the_letters_that_it_has_as_it_sets_them_itself(
    tmp_path: Path, tool: Tool
) -> None:
    ours = [latex_text(f"x{letter}y") for letter in USUAL + EUROPEAN]
    theirs = [f"x{letter}y" for letter in USUAL]
    theirs += [rf"x\european{{{letter}}}y" for letter in EUROPEAN]
    for name, words in (("ours", ours), ("theirs", theirs)):
        head = rf"\documentclass{{article}}\usepackage{{amsmath}}{PREAMBLE}\begin{{document}}"
        text = "\n\n".join([head, *words, r"\end{document}"])
        (tmp_path / f"{name}.tex").write_text(text, encoding="utf-8")
        tool("pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex", cwd=tmp_path)
        tool("pdftoppm", "-r", "60", "-png", f"{name}.pdf", name, cwd=tmp_path)
    pages = sorted(tmp_path.glob("ours-*.png"))
    assert len(pages) > 1
    for page in pages:
        assert page.read_bytes() == (tmp_path / page.name.replace("ours", "theirs")).read_bytes()


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Příliš žluťoučký kůň", "Prilis zlutoucky kun"),
        ("Erdős, Gödel", "Erdos, Godel"),
        ("naïve façade: Ångström", "naive facade: Angstrom"),
        ("r\u030c o\u030b g\u0306", "r o g"),
        ("x₁² ≤ 2 · 10⁻³", "x1 2 ≤ 2 · 10−3"),
        ("η σ ∂ Δ ∇ ∞ ≈ ≠ ±", "η σ ∂ ∆ ∇ ∞ ≈ ̸= ±"),
        ("100 % & $5 #1 a_b {c} \\d", "100 % & $5 #1 a b {c} \\d"),
        ("a--b ''c'' ŷ", "a--b ’’c’’ y"),
        ("日本 😀 שלום", "[U+65E5][U+672C] [U+1F600] [U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("a\vb\ud800c", "a b[U+FFFD]c"),
    ],
)
def test_a_title_is_read_from_the_paper_as_it_was_given(
    qtbot: QtBot, tmp_path: Path, tool: Tool, title: str, seen: str
) -> None:
    text = _written(tmp_path, ".tex", tool, _handout(title=title))
    heading = "".join(c for c in unicodedata.normalize("NFD", text[:200]) if is_letter(c))
    expected = "".join(c for c in unicodedata.normalize("NFD", seen) if is_letter(c))
    assert heading.replace("ı", "i").startswith(expected)  # an accent stands on a dotless i
    assert "Missing character" not in (tmp_path / "example.log").read_text(errors="replace")


def is_letter(character: str) -> bool:
    """Say whether it is no blank, and no accent, which the paper may have beside its letter."""
    return not character.isspace() and unicodedata.category(character) not in ("Mn", "Sk", "Lm")


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=30))
@settings(deadline=None, max_examples=extent(200, 40))
def test_every_character_of_a_title_is_in_the_latex_or_told_by_its_number(title: str) -> None:
    made = latex_text(one_line(title))
    assert made.isascii()
    assert not re.search(r"[\x00-\x1f\x7f]", made)
    depth = 0
    for place, character in enumerate(made):
        if made[place - 1 : place] != "\\" or made[place - 2 : place] == "\\\\":
            depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_the_page_needs_no_network_and_its_tags_are_balanced(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "example.html"
    save_handout(_handout(title=TITLE), path)
    text = path.read_text(encoding="utf-8")
    page = _Html(text)
    assert page.open == []
    assert TITLE in page.texts
    names = {name for name, _value in page.attributes}
    assert not names & {"src", "href", "xlink:href", "onclick"}
    without_names = re.sub(r'xmlns(:\w+)?="[^"]*"', "", text)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<script", without_names)


@pytest.mark.parametrize("is_blanked", [False, True])
def test_the_pdf_has_its_pages_and_a_title(
    qtbot: QtBot, tmp_path: Path, tool: Tool, is_blanked: bool
) -> None:
    path = tmp_path / "example.pdf"
    save_handout(_handout(is_blanked=is_blanked, title=TITLE), path)
    said = tool("pdfinfo", path)
    pages = int(re.search(r"Pages: +(\d+)", said)[1])
    assert pages == (4 if is_blanked else 3)
    assert TITLE in said
    assert "A4" in said
    for page in range(1, pages + 1):
        text = tool("pdftotext", "-f", page, "-l", page, path, "-")
        assert f"page {page}" in text
        assert ("Answers" in text) == (is_blanked and page == pages)


def test_the_pdf_says_its_language_where_its_table_says_it_stands(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "example.pdf"
    save_handout(_handout(title=TITLE), path)
    data = path.read_bytes()
    update = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", data)[1])
    number, place = re.match(rb"xref\n0 1\n.*\n(\d+) 1\n(\d+) 00000 n", data[update:]).groups()
    catalog = data[int(place) :]
    assert catalog.startswith(number + b" 0 obj\n<<\n/Type /Catalog\n")
    assert b"/Lang (en)" in catalog[: catalog.index(b"endobj")]
    assert b"/Root " + number + b" 0 R" in data[update:]
    assert "Page size" in tool("pdfinfo", path)


def test_formulas_of_the_pdf_can_be_found_and_copied(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "example.pdf"
    handout = _handout()
    save_handout(handout, path)
    words = "".join(tool("pdftotext", "-layout", path, "-").split())
    for work in (block for block in handout.blocks if isinstance(block, WorkedStep)):
        assert "".join(work.formula.text.split()) in words


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_sheet_to_fill_in_asks_for_a_name_and_a_date(
    qtbot: QtBot, tmp_path: Path, suffix: str, tool: Tool
) -> None:
    for is_blanked in (False, True):
        text = _written(tmp_path, suffix, tool, _handout(is_blanked=is_blanked))
        assert ("Name" in text, "Date" in text) == (is_blanked, is_blanked)


def _small(tool: Tool, path: Path, least_pt: float) -> set[str]:
    """Return the texts of a PDF that are smaller, but for what is lowered beside a symbol."""
    page = ET.fromstring(tool("pdftohtml", "-xml", "-stdout", "-zoom", 3, "-i", path))
    points = {spec.get("id"): float(spec.get("size")) / 3 for spec in page.iter("fontspec")}
    texts = [
        ("".join(text.itertext()).strip(), points[text.get("font")]) for text in page.iter("text")
    ]
    assert len(texts) > 20
    return {text for text, pt in texts if pt < least_pt} - {"h", "o", "1", "2"}


@pytest.mark.parametrize("suffix", [".pdf", ".tex"])
@pytest.mark.parametrize(
    ("digits", "is_blanked", "sheet"),
    [
        (5, False, PaperSheet(Paper.A4, False)),
        (5, True, PaperSheet(Paper.LETTER, False)),
        (17, False, PaperSheet(Paper.LETTER, True)),
        (9, True, PaperSheet(Paper.A4, True)),
    ],
)
def test_no_text_of_an_example_is_smaller_than_nine_points(
    qtbot: QtBot,
    tmp_path: Path,
    tool: Tool,
    suffix: str,
    digits: int,
    is_blanked: bool,
    sheet: PaperSheet,
) -> None:
    path = tmp_path / f"example{suffix}"
    save_handout(worked_example(_moment(), digits, is_blanked=is_blanked), path, sheet)
    if suffix == ".tex":
        tool("pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name, cwd=tmp_path)
    assert _small(tool, path.with_suffix(".pdf"), 8.9) == set()


def test_the_drawing_of_a_printed_page_has_no_text_smaller_than_nine_points(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    for sheet in (PaperSheet(Paper.A4), PaperSheet(Paper.LETTER)):
        for setup, digits in ((Setup(), 5), (TINY, 5), (Setup(w1=-1 / 3, input=0.123456), 17)):
            page, path = tmp_path / "e.html", tmp_path / "figure.pdf"
            save_handout(worked_example(_moment(setup), digits), page, sheet)
            text = page.read_text(encoding="utf-8")
            margin_px = int(re.search(r"@page {.*margin: (\d+)mm", text)[1]) * 96 / 25.4
            drawn_px = float(re.search(r"<figure><svg[^>]*viewBox=\"0 0 ([\d.]+)", text)[1])
            share = min(1.0, (sheet.size.width() - 2 * margin_px) / drawn_px)
            picture = figure_picture(_moment(setup), digits, is_blanked=False)
            path.write_bytes(render.pdf(picture, None, "", "", outlines=False))
            assert _small(tool, path, 8.9 / share) == set()


def test_a_gap_has_room_for_handwriting() -> None:
    mm, pt = 96 / 25.4, 96 / 72
    for work in (b for b in _handout(is_blanked=True).blocks if isinstance(b, WorkedStep)):
        setting = fit(work.formula, 600, 10_000, GAP_SIZE, GAP_SIZE)
        gaps = [placed for placed in setting.placed if placed.piece.is_gap]
        assert setting.width <= 600
        assert gaps
        assert min(gap.glyphs.width for gap in gaps) * setting.size >= 28 * mm
        heights = sorted({gap.y for gap in gaps})
        assert all(low - high >= 18 * pt / setting.size for high, low in pairwise(heights))
        before = [placed for placed in setting.placed if placed.y < heights[0]]
        end = max((placed.y + placed.glyphs.descent for placed in before), default=0.0)
        assert (heights[0] - end) * setting.size >= 18 * pt * 0.95
        assert work.formula.latex.count("28mm") == len(gaps)


@pytest.mark.parametrize(
    ("sheet", "latex_words", "css"),
    [
        (PaperSheet(Paper.A4), "11pt,a4paper]", "size: a4 portrait"),
        (PaperSheet(Paper.LETTER, True), "11pt,letterpaper,landscape]", "size: letter landscape"),
    ],
)
def test_latex_and_page_are_for_the_paper(
    qtbot: QtBot, tmp_path: Path, sheet: PaperSheet, latex_words: str, css: str
) -> None:
    for suffix, words in ((".tex", latex_words), (".html", css)):
        path = tmp_path / f"example{suffix}"
        save_handout(_handout(), path, sheet)
        assert words in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "setup", [Setup(input=1e308, w1=1e308), Setup(max_iterations=1), Setup(target=-50, eta=1.7e308)]
)
def test_odd_runs_become_documents_too(
    qtbot: QtBot, tmp_path: Path, suffix: str, setup: Setup, tool: Tool
) -> None:
    text = _written(tmp_path, suffix, tool, worked_example(_moment(setup).clipped()))
    assert "The end of the run" in text
