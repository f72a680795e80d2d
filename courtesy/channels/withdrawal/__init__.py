"""The withdrawal function (Directive 2011/83/EU, Art. 11a): a customer withdraws from a contract in two steps."""
