"""Things named in a message: numbers, addresses, amounts, dates, products; each with its place and normal form."""
