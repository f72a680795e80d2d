"""Finding at the desk: what a colleague typed, the conditions it means, and what is found."""
