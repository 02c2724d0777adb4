"""The explanation of back-propagation, as data that every view and export reads. No Qt."""
