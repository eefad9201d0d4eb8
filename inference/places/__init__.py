"""Where a public body is, of which level it is, and the one id by which it is known."""
