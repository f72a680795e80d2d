"""The telephone exam: the representative leads scripted customers through their phones, over a company's own system."""
