"""One file for each kind of thing that a pack can get wrong."""
