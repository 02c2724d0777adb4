"""What asks how something shall be exported; each dialog makes an order of it."""
