"""JSON that may be anything, read field by field; what is wrong is told in words that name it."""

import codecs
import json
import math
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES
from backprop_gui.system import letters
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

_LONGEST_NUMBER = 400  # characters; a double has fewer than 30, and Python takes long for millions
_T = TypeVar("_T")


class FieldError(ValueError):
    """What is wrong with JSON; the text goes on after "cannot be opened: ".

    `field` is the whole name of the field that is wrong, such as setup.w1, or "" for the whole.
    """

    def __init__(self, problem: str, field: str = "") -> None:
        super().__init__(f"“{field}” {problem}" if field else problem)
        self.field = field


def parsed(data: bytes, largest: int) -> "Fields":
    """Return the fields of a JSON object in UTF-8, of at most `largest` bytes.

    A number with more digits than any double has is infinite. Raises FieldError, also where a
    field appears twice.
    """
    if len(data) > largest:
        raise FieldError(_("it is larger than {most} KB").format(most=largest >> 10))
    if not data.strip():
        raise FieldError(_("it is empty"))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
        values = json.loads(text, object_pairs_hook=_object, parse_int=_whole)
    except UnicodeDecodeError as error:
        raise FieldError(_("it is not text in UTF-8")) from error
    except json.JSONDecodeError as error:
        problem = _("it is not complete JSON: it ends too early or is damaged in line {line}")
        raise FieldError(problem.format(line=error.lineno)) from error
    except RecursionError as error:
        raise FieldError(_("it is nested too deeply")) from error
    return Fields(values)


def _whole(text: str) -> float:
    return int(text) if len(text) <= _LONGEST_NUMBER else math.inf


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        count = Counter(name for name, _value in pairs)
        twice = next(name for name in count if count[name] > 1)
        raise FieldError(_("appears twice"), _quoted(twice))
    return values


def _quoted(field: str) -> str:
    return numbers.clipped(shown(field))


class Fields:
    """The fields of one object, whose own name is "" at the top. Each method raises FieldError.

    `values` are the fields as they are.
    """

    def __init__(self, values: Any, name: str = "") -> None:
        if not isinstance(values, dict):
            if name:
                raise FieldError(_("must be an object in braces"), name)
            raise FieldError(_("it is another kind of JSON than what Backprop writes"))
        self.values: dict[str, Any] = values
        self._name = name

    def wrong(self, field: str, problem: str) -> FieldError:
        """Return the error that a field has a problem."""
        return FieldError(problem, self._whole_name(field))

    def refuse_others(self, *known: str) -> None:
        """Raise where there is a field that is not known."""
        for field in self.values:
            if field not in known:
                raise self.wrong(_quoted(field), _("is a field that Backprop does not know"))

    def number(self, field: str) -> float:
        """Return a finite number."""
        value = self._value(field)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(field, _("must be a number"))
        try:
            finite = float(value)
        except OverflowError:
            finite = math.inf
        if not math.isfinite(finite):
            raise self.wrong(field, _("must be a finite number"))
        return finite

    def whole(self, field: str, least: int, most: int) -> int:
        """Return a whole number in a range."""
        value = self._value(field)
        if type(value) is not int or not least <= value <= most:
            problem = _("must be a whole number from {least} to {most}")
            raise self.wrong(field, problem.format(least=least, most=FILES.count(most)))
        return value

    def flag(self, field: str) -> bool:
        """Return true or false."""
        value = self._value(field)
        if not isinstance(value, bool):
            raise self.wrong(field, _("must be true or false"))
        return value

    def text(self, field: str) -> str:
        """Return a text as it is, which may have halves of letters."""
        value = self._value(field)
        if not isinstance(value, str):
            raise self.wrong(field, _("must be text"))
        return value

    def text_or_none(self, field: str) -> str | None:
        """Return a text as it is, or None where there is null."""
        return None if self._value(field) is None else self.text(field)

    def lines(self, field: str, longest: int) -> str:
        """Return a text whose lines end as everywhere in the program, empty where there is none.

        So what is read is what would be written: files may have the other ends of Unicode.
        """
        value = self.text(field) if field in self.values else ""
        text = letters.lines(value)
        if len(text) > longest:
            problem = _("is longer than {most} characters")
            raise self.wrong(field, problem.format(most=FILES.count(longest)))
        if not letters.is_held(value):
            raise self.wrong(field, _("has characters that cannot be shown"))
        return text

    def items(self, field: str) -> list[Any]:
        """Return what is in a list, as it is."""
        values = self._value(field)
        if not isinstance(values, list):
            raise self.wrong(field, _("must be a list in brackets"))
        return values

    def inner(self, field: str) -> "Fields":
        """Return the fields of the object in a field."""
        return Fields(self._value(field), self._whole_name(field))

    def each(self, field: str, make: Callable[["Fields"], _T], most: int) -> tuple[_T, ...]:
        """Return what is made of each object in a list, which may be missing."""
        values = self.items(field) if field in self.values else []
        if len(values) > most:
            raise self.wrong(field, _("has more than {most} entries").format(most=most))
        name = self._whole_name(field)
        return tuple(
            make(Fields(value, f"{name}[{place}]")) for place, value in enumerate(values, start=1)
        )

    def _value(self, field: str) -> Any:
        if field not in self.values:
            raise self.wrong(field, _("is missing"))
        return self.values[field]

    def _whole_name(self, field: str) -> str:
        return f"{self._name}.{field}" if self._name else field
