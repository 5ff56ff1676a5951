"""The master key: from the setting, from a file in the data folder, or from the database that several share."""

from __future__ import annotations

import sqlalchemy as sa

from service.adapters.database import make_data_folder
from service.adapters.line.statements import insert_key
from service.adapters.line.tables import KEYS
from service.adapters.vault import Vault, make_master_key, read_key_file
from service.settings import Settings


def open_vault(settings: Settings, engine: sa.Engine) -> Vault:
    """Return the vault; the tables must be there."""
    if settings.secret_key:
        return Vault(settings.secret_key.encode("utf-8"))
    if not settings.database_url:
        return Vault(read_key_file(make_data_folder(settings)))
    # Without a setting the workers could not read each other's events; the setting keeps the key apart from the data.
    with engine.begin() as connection:
        first = {"name": "master", "value": make_master_key()}
        connection.execute(insert_key(engine.dialect.name), first)
        key: bytes = connection.execute(sa.select(KEYS.c.value).where(KEYS.c.name == "master")).scalar_one()
    return Vault(bytes(key))
