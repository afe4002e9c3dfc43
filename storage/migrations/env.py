"""Alembic's entry: works on the connection that `storage.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.models  # noqa: F401  # registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # `storage.migrate` holds the one transaction around everything
    render_as_batch=False,
)
context.run_migrations()
