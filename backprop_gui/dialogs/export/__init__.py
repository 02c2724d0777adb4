"""Each asks how something is to be exported, and makes an order of it."""
