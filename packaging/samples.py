"""Writes resources/samples anew, from the scenarios of the lesson; a test compares the two."""

from pathlib import Path

from backprop_gui import files
from backprop_gui.experiment import SUFFIX, Document, encoded
from backprop_gui.lesson.scenarios import SCENARIOS

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"

if __name__ == "__main__":
    for scenario in SCENARIOS:
        files.write(SAMPLES / f"{scenario.name}{SUFFIX}", encoded(Document.of_scenario(scenario)))
