"""How the tagger comes to be: made-up reports, windows, the training loop, the export."""

import os

# Both are read once, when torch loads, so they stand before any import of it. A thread that waits by spinning
# makes a step ten times as long where a core is busy with something else.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it a GPU's sums are not repeatable
