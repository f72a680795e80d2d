"""Who the customer is, how sure we are, and what they agreed to."""
