"""A language model as interpreter: it reads and words for the representative, as a person at the side would. No rule,
no record and no deed is in its hands; what it says is kept here, checked elsewhere, and paid for within a daily limit.
"""
