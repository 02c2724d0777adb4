"""JSON that may be anything, read field by field."""

import pytest

from backprop_gui.storage.json_fields import FieldError, Fields, parsed


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        (b'{"setup": {"w1": "x"}}', "setup.w1", "“setup.w1” must be a number"),
        (b'{"setup": {"w1": NaN}}', "setup.w1", "“setup.w1” must be a finite number"),
        (b'{"setup": {}}', "setup.w1", "“setup.w1” is missing"),
        (b'{"setup": 5}', "setup", "“setup” must be an object in braces"),
        (b'{"setup": {"w1": 1, "w1": 1}}', "w1", "“w1” appears twice"),
        (b"[1]", "", "it is another kind of JSON than what Backprop writes"),
        (b'{"setup": ', "", "it is not complete JSON: it ends too early or is damaged in line 1"),
        (b" " * (1 << 18), "", "it is larger than 128 KB"),
        (b'{"setup": ' + b"[" * 100_000, "", "it is nested too deeply"),
    ],
)
def test_what_is_wrong_is_told_with_the_whole_name_of_the_field(
    content: bytes, field: str, words: str
) -> None:
    with pytest.raises(FieldError) as told:
        parsed(content, 1 << 17).inner("setup").number("w1")
    assert (told.value.field, str(told.value)) == (field, words)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_number_is_the_double_that_is_written(mark: bytes) -> None:
    fields = parsed(mark + b'{"a": 5e-324, "b": 9007199254740993, "c": [true, null]}', 100)
    assert [fields.number("a"), fields.number("b")] == [5e-324, 9007199254740992.0]
    assert fields.whole("b", 1, 2**60) == 2**53 + 1
    assert fields.items("c") == [True, None]
    assert Fields({"d": None}).text_or_none("d") is None
