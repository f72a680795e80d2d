"""What the law of the customer's country gives: rights and terms as shipped pages, read, dated and proven."""
