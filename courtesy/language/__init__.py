"""Understands and words text in many languages with an embedded engine."""

import os

# The matrices here are small: numpy's own threads would only wait for one another, and for every other thread's.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
