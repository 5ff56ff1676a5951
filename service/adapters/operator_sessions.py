"""Who is logged in at the operator's desk: names that lead back to nobody, each until its time is over."""

from __future__ import annotations

from sqlalchemy import Column, Engine, Float, MetaData, String, Table, delete, insert, select

_METADATA = MetaData()
_SESSIONS = Table(
    "operator_session", _METADATA, Column("name", String(64), primary_key=True), Column("until", Float, nullable=False)
)
_COLUMN = _SESSIONS.c


class OperatorSessions:
    """The open sessions, in the service's database: they outlive a restart, and a logout holds for every process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._prepared = False

    def open(self, name: str, *, now: float, until: float) -> None:
        """Open a session; those whose time is over are cleared away."""
        self._prepare()
        with self._engine.begin() as connection:
            connection.execute(delete(_SESSIONS).where(_COLUMN.until <= now))
            connection.execute(insert(_SESSIONS).values(name=name, until=until))

    def holds(self, name: str, *, now: float) -> bool:
        """Whether a session is open."""
        self._prepare()
        with self._engine.connect() as connection:
            found = connection.execute(select(_COLUMN.until).where(_COLUMN.name == name, _COLUMN.until > now)).first()
        return found is not None

    def close(self, name: str) -> None:
        """End a session."""
        self._prepare()
        with self._engine.begin() as connection:
            connection.execute(delete(_SESSIONS).where(_COLUMN.name == name))

    def _prepare(self) -> None:
        if not self._prepared:
            _METADATA.create_all(self._engine)
            self._prepared = True
