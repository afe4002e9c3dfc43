"""Each later revision of the schema is tried on rows that the revision before it wrote."""

from pathlib import Path

from alembic.script import ScriptDirectory

import storage

HERE = Path(__file__).parent
MIGRATIONS = Path(storage.__file__).parent / "migrations"


def test_every_revision_after_the_first_has_its_test() -> None:
    revisions = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    later = [one.revision for one in revisions if one.down_revision is not None]

    untested = [name for name in later if not (HERE / f"test_revision_{name}.py").is_file()]

    assert untested == []
