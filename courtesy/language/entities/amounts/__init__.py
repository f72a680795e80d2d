"""How many and how much: spoken figures, amounts of money, quantities, people, measures."""
