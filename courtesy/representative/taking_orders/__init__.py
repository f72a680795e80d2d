"""Orders taken in conversation: what is wanted, where it goes, how it is paid, asked for and read from what is said."""
