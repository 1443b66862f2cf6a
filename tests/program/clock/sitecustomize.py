"""Shifts the clock of a Python that has this folder on its path by TEST_CLOCK seconds."""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["TEST_CLOCK"]), tick=True).start()
