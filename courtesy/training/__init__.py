"""What people teach the representative: proposed, tested against every rehearsal, taken by a person, undone again."""
