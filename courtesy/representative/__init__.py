"""Takes one turn of conversation: gather, understand, walk, act, word; or hands over."""
