"""Pure functions on strings: nothing here reads, writes or raises."""
