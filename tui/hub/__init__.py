"""The Hub's HTTP API: one client, the wire format, the errors, the rate limit."""
