"""The shop's books as CSV files: read in, row by row, and written out in the same form."""
