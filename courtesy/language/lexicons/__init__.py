"""The words that understanding goes by, one file per language and subject; written for this project."""
