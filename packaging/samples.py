"""Writes resources/samples from the samples of the lesson; a test compares the two."""

from pathlib import Path

from backprop_gui.lesson.samples import SAMPLES
from backprop_gui.storage import files
from backprop_gui.storage.experiment_file import SUFFIX, Document, encoded

FOLDER = Path(__file__).parent.parent / "resources" / "samples"

if __name__ == "__main__":
    for sample in SAMPLES:
        files.write(FOLDER / f"{sample.name}{SUFFIX}", encoded(Document.of_sample(sample)))
