"""Orders taken in conversation: what is wanted, where it goes, how it is paid, what it costs, and the yes to it."""
