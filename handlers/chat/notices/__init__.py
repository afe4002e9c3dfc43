"""How each notice is worded: a module per flow, each renderer registered by its kind."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every flow's renderers, so that they are registered."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
