"""How the landscape is looked at, in the experiment file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson.surface import Layer, Region, region_problem
from backprop_gui.lesson.surface_look import USUAL_LOOK, Beside, SurfaceLook
from backprop_gui.storage.experiment_file import (
    Document,
    ExperimentError,
    View,
    decoded,
    encoded,
)

FORMER = Path(__file__).parents[1] / "former"
LOOK = SurfaceLook(Layer.ENDS, True, Beside.RELIEF, Region(-2.5, 7.0, -1 / 3, 1e-3), True)
ends = st.floats(-1e9, 1e9)
regions = st.builds(Region, ends, ends, ends, ends).filter(lambda each: not region_problem(each))
looks = st.builds(
    SurfaceLook,
    st.sampled_from(Layer),
    st.booleans(),
    st.sampled_from(Beside),
    st.none() | regions,
    st.booleans(),
)


@given(look=looks)
@settings(deadline=None, max_examples=100)
def test_a_look_that_is_written_is_read_again_to_the_last_bit(look: SurfaceLook) -> None:
    document = Document(Setup(w1=0.25), view=View(look=look))
    assert repr(decoded(encoded(document))) == repr(document)


def test_a_look_that_was_saved_opens_for_ever() -> None:
    without = decoded((FORMER / "experiment-3.backprop").read_bytes()).view
    assert without == View(7, False, True, USUAL_LOOK)
    found = decoded((FORMER / "experiment-3-landscape.backprop").read_bytes()).view
    assert found == View(7, False, True, LOOK)


def test_what_is_looked_at_as_usual_is_written_so_that_older_programs_read_it() -> None:
    values = json.loads(encoded(Document(view=View())))
    assert (values["version"], "landscape" in values["view"]) == (1, False)
    values = json.loads(encoded(Document(view=View(look=LOOK))))
    assert (values["version"], values["view"]["landscape"]["layer"]) == (3, "ends")


def changed(**values: Any) -> bytes:
    """Return a file with some fields of the look changed; a field of ... is left out."""
    whole = json.loads(encoded(Document(view=View(look=LOOK))))
    look = whole["view"]["landscape"] | values
    whole["view"]["landscape"] = {name: each for name, each in look.items() if each is not ...}
    return json.dumps(whole).encode()


@pytest.mark.parametrize("name", SurfaceLook._fields)
def test_what_a_file_does_not_say_of_the_look_is_as_usual(name: str) -> None:
    usual = {name: getattr(USUAL_LOOK, name)}
    assert decoded(changed(**{name: ...})).view == View(look=LOOK._replace(**usual))


REGION = LOOK.region._asdict() if LOOK.region else {}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown layer": ({"layer": "heat"}, ".layer” must be one of these: error, iterations, e"),
    "a layer that is a number": ({"layer": 1}, ".layer” must be text"),
    "a switch that is a number": ({"is_linear": 1}, ".is_linear” must be true or false"),
    "something else beside": ({"beside": "nought"}, ".beside” must be one of these: nothing, sl"),
    "a region that is a list": ({"region": [0, 1, 0, 1]}, ".region” must be an object"),
    "half a region": ({"region": {"w1_low": 1}}, ".region.w1_high” is missing"),
    "a region and more": ({"region": REGION | {"w3": 1}}, ".region.w3” is a field that"),
    "an empty region": ({"region": REGION | {"w1_high": -2.5}}, ".region.w1_low” must go from a"),
    "a reversed one": ({"region": REGION | {"w2_high": -2}}, ".region.w2_low” must go from a sm"),
    "one that is not finite": ({"region": REGION | {"w2_low": float("-inf")}}, "finite number"),
    "one 1e300 wide": ({"region": REGION | {"w1_high": 1e300}}, ".region.w1_low” must stay betw"),
    "a switch that is a text": ({"is_typed": "yes"}, ".is_typed” must be true or false"),
    "a field of later": ({"turn": 30}, ".turn” is a field that Backprop does not know"),
}


@pytest.mark.parametrize(("values", "problem"), BAD.values(), ids=BAD)
def test_a_wrong_look_is_refused_by_the_name_of_its_field(
    values: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ExperimentError) as caught:
        decoded(changed(**values))
    assert problem in str(caught.value)
    assert str(caught.value).startswith("“view.landscape")


@pytest.mark.parametrize("version", [1, 2])
def test_a_former_version_has_no_look(version: int) -> None:
    whole = json.loads(changed()) | {"version": version}
    if version == 1:
        whole["compared"] = whole.pop("kept")
    with pytest.raises(ExperimentError, match=r"“view\.landscape” is a field that"):
        decoded(json.dumps(whole).encode())


def test_a_look_that_would_not_open_again_is_not_written() -> None:
    with pytest.raises(ExperimentError):
        encoded(Document(view=View(look=SurfaceLook(region=Region(1.0, 1.0, 0.0, 1.0)))))
