"""How each notice is worded: a module per flow, each renderer registered by its kind."""

from importlib import import_module

FLOWS = ("cards", "digest", "people", "reading", "settling", "sheet", "verdicts")


def load() -> None:
    """Import every flow's renderers, so that they are registered."""
    for flow in FLOWS:
        import_module(f"{__name__}.{flow}")
