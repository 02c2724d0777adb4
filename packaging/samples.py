"""Writes resources/samples anew, from the scenarios of the lesson; a test compares the two."""

from pathlib import Path

from backprop_gui.lesson.samples import SCENARIOS
from backprop_gui.storage import files
from backprop_gui.storage.experiment_file import SUFFIX, Document, encoded

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"

if __name__ == "__main__":
    for scenario in SCENARIOS:
        files.write(SAMPLES / f"{scenario.name}{SUFFIX}", encoded(Document.of_scenario(scenario)))
