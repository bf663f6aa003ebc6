"""hirelens: batch screening of resumes, with the evidence behind every point."""

__version__ = "0.1.0"
