"""One file for each kind of page in a pack: how it is written, and the value it becomes."""
