"""The one way in which the pure parts of Forms say no."""


class Refused(ValueError):
    """A change of a form that Google would answer with 400; the text is meant for the client.

    The caller puts the place (`Invalid requests[0].createItem: `) before it.
    """
