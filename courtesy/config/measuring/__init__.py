"""What the measures share: the machine they ran on, and figures of many waits."""
