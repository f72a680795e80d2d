"""The contact centre exam: 55 written procedures as a pack, and what an agent did next held against it."""
