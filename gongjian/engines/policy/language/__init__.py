"""The language of conditions: from a text to a checked expression, every fault with its place in the text."""
