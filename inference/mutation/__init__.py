"""Mutation runs: damage pages of known truth in named ways, and see whether the promise holds."""
