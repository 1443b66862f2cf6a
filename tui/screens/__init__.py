"""Screens: they compose widgets, hold a little state, and ask the feed."""
