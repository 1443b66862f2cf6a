"""Editions from disk and from the Hub: the one room that screens and commands talk to."""

from tui.feed.feed import AtBound, Feed, StillLooking
from tui.feed.shelf import NEWER, OLDER, Clock, Direction, Stores

__all__ = ["NEWER", "OLDER", "AtBound", "Clock", "Direction", "Feed", "StillLooking", "Stores"]
