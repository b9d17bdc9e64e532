"""Matching of needs with people: how good the lists are, and how fast."""
