"""The one base class of every error that gouji raises for a user's data or arguments."""


class GoujiError(Exception):
    """Says where, what was expected, what was found, and what to do; its text is the message shown."""
