"""Ablation of the assembler: what each of its doubts is worth, measured on pages of known truth."""
