"""The shared screen of human colleagues."""
