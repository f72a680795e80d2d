"""The retail exam: the representative serves scripted customers of a shop, and the shop's books are looked at."""
