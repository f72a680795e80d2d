"""When and how long: days, periods, times of day, lengths of time."""
