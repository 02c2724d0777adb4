"""A whole iteration worked out as a handout: in full, or with gaps to be filled in."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from backprop_gui.export.contents import EXAMPLE_DIGITS
from backprop_gui.export.handout.figure import has_room
from backprop_gui.lesson import by_hand, notation, numbers
from backprop_gui.lesson.ending import why_it_ends
from backprop_gui.lesson.formula import Formula, blanked, formula
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Phase, Quantity, Step
from backprop_gui.lesson.working import CheckedLine, CheckedWorking, Verdict
from backprop_gui.lesson.working_words import headline, said
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system import letters
from backprop_gui.system.texts import _


class Heading(NamedTuple):
    """The heading of a section, of a phase or of none."""

    text: str
    phase: Phase | None = None


class Paragraph(NamedTuple):
    """Sentences. Symbols have Unicode's lowered letters."""

    text: str


class Blanks(NamedTuple):
    """Lines to write on beside each other, with a word or a symbol before each."""

    words: tuple[str, ...]


class Chain(NamedTuple):
    """The network on one line: what each thing is joined to the next one by."""

    links: tuple[str, ...]


class Figure(NamedTuple):
    """The drawing of a moment, its numbers with so many significant digits."""

    moment: Moment
    digits: int


class WorkedStep(NamedTuple):
    """A step with its formula."""

    step: Step
    formula: Formula

    @property
    def title(self) -> str:
        """What the step computes, as a heading."""
        title = self.step.quantity.title
        return title[:1].upper() + title[1:]


class Table(NamedTuple):
    """A heading for each column, and rows of cells; the last column has numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class PageBreak(NamedTuple):
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Blanks | Chain | Figure | WorkedStep | Table | PageBreak


class Handout(NamedTuple):
    """A worked example. `line` restores its experiment."""

    title: str
    line: str
    is_blanked: bool
    blocks: tuple[Block, ...]


_OPENINGS = {
    Phase.FORWARD: _(
        "From left to right: what does the network answer, and how far is that from the target?"
    ),
    Phase.BACKWARD: _(
        "From right to left: how much is each weight to blame for the error? The chain rule "
        "multiplies the factors of all links on the way back."
    ),
    Phase.UPDATE: _(
        "Each weight moves against its gradient. A larger learning rate η moves it further."
    ),
}


def worked_example(
    moment: Moment,
    digits: int = EXAMPLE_DIGITS,
    *,
    is_blanked: bool = False,
    title: str = "",
    yours: CheckedWorking | None = None,
) -> Handout:
    """Return the iteration of a moment as a handout, up to the moment's step.

    Numbers have `digits` significant digits, or those of a run on paper. Blanked, what is computed
    is left out up to the answers on the last page. `yours` are the verdicts on the person's own
    numbers, which come last.
    """
    iteration = FILES.count(moment.iteration)
    usual = _("Back-propagation by hand: iteration {iteration}").format(iteration=iteration)
    error = moment.text("error", Numerals(digits))
    if (
        is_blanked
        and not moment.setup.is_on_paper
        and math.isfinite(moment.values["error"])
        and error
    ):
        # Numbers that a reader compares have one number of digits; the error needs the most.
        digits = max(digits, numbers.digits_of(numbers.decimal(error)))
    writer = _Writer(moment, digits, is_blanked)
    restore_line = line(Experiment(moment.setup, moment.position))
    heading = letters.one_line(title) or usual
    blocks = (*writer.blocks(), *(writer.yours(yours) if yours else ()))
    return Handout(heading, restore_line, is_blanked, blocks)


def _typed(line: CheckedLine) -> str:
    """Return a person's number with the minus sign of ours; what is no number as it is."""
    is_number = line.verdict is not Verdict.UNREADABLE
    return line.written.replace("-", numbers.MINUS) if is_number else line.written


class _Writer:
    """An iteration being written down."""

    def __init__(self, moment: Moment, digits: int, is_blanked: bool) -> None:
        self._moment = moment
        self._digits, self._numerals = digits, Numerals(digits).of(moment.setup)
        self._is_blanked = is_blanked
        self._sheet = by_hand.sheet(moment, digits) if is_blanked else None

    def blocks(self) -> Iterator[Block]:
        """Yield the handout from its beginning to its end."""
        yield from self._opening()
        for phase in Phase:
            steps = [step for step in self._known_steps() if step.phase is phase]
            if steps:
                yield Heading(phase.title, phase)
                yield Paragraph(_OPENINGS[phase])
                yield from (WorkedStep(step, self._formula(step)) for step in steps)
        yield from self._ending()
        if self._is_blanked:
            yield PageBreak()
            yield Heading(_("Answers"))
            yield self._answers()

    def yours(self, checked: CheckedWorking) -> Iterator[Block]:
        """Yield the person's own numbers beside ours, with what is said of them."""
        if not self._is_blanked:
            yield PageBreak()
        yield Heading(_("Your numbers"))
        yield Paragraph(f"{headline(checked).words}.")
        lines = {line.name: line for line in checked.lines}
        rows = [
            (
                str(step.number),
                notation.name(step.quantity.symbol),
                _typed(lines[step.quantity.name]),
                said(lines[step.quantity.name], checked).words,
                self._moment.text(step.quantity.name, self._numerals),
            )
            for step in self._known_steps()
        ]
        head = _("Step"), _("Quantity"), _("Yours"), _("Verdict"), _("Value")
        yield Table(head, tuple(rows))

    def _known_steps(self) -> tuple[Step, ...]:
        return self._moment.lesson.steps[: self._moment.position.step]

    def _forward_steps(self) -> tuple[Step, ...]:
        return self._moment.lesson.steps[: self._moment.lesson.stop_step]

    def _opening(self) -> Iterator[Block]:
        if self._is_blanked:
            yield Blanks((_("Name"), _("Date")))
        yield Paragraph(
            _(
                "This is the smallest network with a hidden layer: the input i, a hidden neuron h "
                "and an output neuron o, connected by the weights w₁ and w₂. Both neurons use the "
                "sigmoid. The network learns to answer with the target t."
            )
        )
        yield Chain(("i", "w_1", "h", "w_2", "o"))
        given = tuple(self._given(quantity) for quantity in self._moment.lesson.given)
        yield Table((_("Given"), "", _("Value")), given)
        digits = self._sheet.digits if self._sheet else self._digits
        yield Figure(self._moment, digits)
        yield Paragraph(self._rule())
        if self._sheet and not self._moment.setup.is_on_paper:
            yield Paragraph(
                _(
                    "With fewer digits, or digits cut off, your last digit can differ from the "
                    "answer, most often that of E."
                )
            )
        if not has_room(self._moment, digits, is_blanked=self._is_blanked):
            yield Paragraph(_("In the drawing long numbers have fewer digits."))

    def _rule(self) -> str:
        """Say with how many digits numbers are shown, or written."""
        if self._moment.setup.is_on_paper:
            return self._rule_on_paper()
        if self._sheet is None:
            return _(
                "Values have {digits} significant digits. Numbers inside a formula have more "
                "digits where the result needs them."
            ).format(digits=self._digits)
        if self._sheet.digits == self._digits:
            sentence = _(
                "Fill in the gaps with {write} significant digits, and continue with what you "
                "wrote: these are the answers on the last page."
            )
        else:
            sentence = _(
                "Fill in the gaps with {write} significant digits, and continue with what you "
                "wrote: rounded to {digits} digits, these are the answers on the last page."
            )
        rule = sentence.format(write=self._sheet.digits, digits=self._digits)
        if not self._sheet.apart:
            return rule
        symbols = (
            _("E with the new weights")
            if name == by_hand.ERROR_AFTER
            else notation.name(self._moment.lesson.quantities[name].symbol)
            for name in self._sheet.apart
        )
        remark = _(
            "{symbols} may differ in the last digit: the value lies halfway between two numbers, "
            "or needs more than the program's own 16 digits."
        )
        return f"{rule} {remark.format(symbols=', '.join(symbols))}"

    def _rule_on_paper(self) -> str:
        """Say how a person writes the numbers down."""
        if self._sheet:
            sentence = _(
                "Fill in the gaps as on paper: write each number with {how}, and continue with "
                "what you wrote. These are the answers on the last page."
            )
        else:
            sentence = _(
                "Values are those on paper: each is written with {how}, and computed from the "
                "numbers as they are written."
            )
        return sentence.format(how=self._moment.how)

    def _given(self, quantity: Quantity) -> tuple[str, ...]:
        value = self._moment.value(quantity.name)
        text = "" if value is None else FILES.exact(value)
        return quantity.title, notation.plain(quantity.symbol), text

    def _formula(self, step: Step) -> Formula:
        position = Position(self._moment.iteration, step.number)
        moment = replace(self._moment, position=position)
        if self._sheet:
            return blanked(moment, self._sheet.digits, self._sheet.given)
        return formula(moment, self._numerals)

    def _ending(self) -> Iterator[Block]:
        if reason := why_it_ends(self._moment, self._numerals):
            yield Heading(_("The end of the run"))
            yield Paragraph(reason)
            return
        yield Heading(_("Does it help?"))
        if self._is_blanked:
            yield Paragraph(
                _(
                    "Compute the forward pass once more, with the new weights. Is E smaller now? "
                    "The last page has the answer."
                )
            )
            symbols = [notation.name(step.quantity.symbol) for step in self._forward_steps()]
            yield from (Blanks(tuple(symbols[n : n + 3])) for n in range(0, len(symbols), 3))
        else:
            yield Paragraph(self._comparison())
        yield Paragraph(
            _(
                "The next iteration begins with the new weights. The run goes on like this until E "
                "is below the tolerance of {tolerance}, or until iteration {most}, the last one "
                "that is allowed."
            ).format(
                tolerance=FILES.exact(self._moment.setup.tolerance),
                most=FILES.count(self._moment.setup.max_iterations),
            )
        )

    def _comparison(self) -> str:
        before, after = self._moment.values["error"], by_hand.error_after(self._moment)
        if after < before:
            sentence = _("With the new weights E is {after}. It was {before}, so it has fallen.")
        elif after > before:
            sentence = _(
                "With the new weights E is {after}. It was {before}, so it has risen: the "
                "learning rate overshoots here."
            )
        else:
            sentence = _("With the new weights E is {after}, as it was before.")
        after_text, before_text = self._numerals.told_apart(after, before)
        return sentence.format(after=after_text, before=before_text)

    def _answers(self) -> Table:
        rows = [
            (
                str(step.number),
                notation.name(step.quantity.symbol),
                self._moment.text(step.quantity.name, self._numerals),
            )
            for step in self._known_steps()
        ]
        if not self._moment.stop:
            after = self._numerals.short(by_hand.error_after(self._moment))
            rows.append(("", _("E with the new weights"), after))
        return Table((_("Step"), _("Quantity"), _("Value")), tuple(rows))
