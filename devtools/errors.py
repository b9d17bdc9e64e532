class SetupError(Exception):
    """The machine lacks something; the message tells a newcomer what to do about it."""
