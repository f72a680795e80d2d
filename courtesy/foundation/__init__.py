"""What every room stands on: money, identifiers, jobs and live events."""
