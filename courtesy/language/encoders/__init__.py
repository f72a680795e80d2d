"""Sentence encoders: the built-in one with its tokenizer and conversion, those an operator names, and the choice."""
