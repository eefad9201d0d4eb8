"""Many reports as one table: whose they are over the years, and which of them is taken."""
