"""Identity items as they are spoken: postcodes, names and dates of birth compared by sound and by spelling."""
