"""An order in hand: its terms, how it is shown, and the deed that places it."""
