"""Pages to look at: of each report its text beside its tables, and an index of them all."""
