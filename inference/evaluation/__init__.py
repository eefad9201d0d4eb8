"""Evaluation: what was read, held against what is true."""
