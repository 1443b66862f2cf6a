"""Puts the clock of a Python that has this folder on its path to the moment in TEST_CLOCK."""

import os

import time_machine

time_machine.travel(float(os.environ["TEST_CLOCK"]), tick=True).start()
