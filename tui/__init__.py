"""Hugging Face Daily Papers in the terminal."""

__version__ = "0.1.0"
