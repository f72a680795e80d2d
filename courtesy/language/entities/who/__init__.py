"""Who, where and which: identifiers, ways to reach a person, names, addresses, payment means."""
