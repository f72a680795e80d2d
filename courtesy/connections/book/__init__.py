"""The company's own book of records: found, changed once for each key, taken in and given out as CSV."""
