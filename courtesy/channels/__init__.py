"""The doors: turns any medium into Incoming, and a reply back into that medium."""
