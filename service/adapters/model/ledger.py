"""DatabaseLedger: what the model cost per user and day, per day and per month; a limit stands before every call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, select

from service.adapters.model.tables import SPENT, make_tables, upsert
from service.errors import ModelUnavailable
from service.model.ports import Reserved
from service.settings import Settings
from service.wording.prices import PriceTable

ALL = "*"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be spent in one period by one user, or by all."""

    reason: str  # what a refusal is counted as
    dollars: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of every call. A caller without a user id is bound by those of all users alone."""

    user: Limit
    day: Limit
    month: Limit


def read_limits(settings: Settings, prices: PriceTable) -> Limits:
    """Return the limits: dollars from the settings, tokens from the price table."""
    return Limits(
        Limit("budget_user", settings.model_user_budget, prices.user_tokens),
        Limit("budget_day", settings.model_day_budget, prices.day_tokens),
        Limit("budget_month", settings.model_month_budget, prices.month_tokens),
    )


class DatabaseLedger:
    """Sums in the database, so that several workers share one purse."""

    def __init__(
        self, engine: Engine, limits: Limits, *, today: Callable[[], date], name_user: Callable[[str], str]
    ) -> None:
        self._engine, self._limits, self._today, self._name_user = engine, limits, today, name_user
        make_tables(engine)

    def reserve(self, user: str, *, dollars: float, tokens: int) -> Reserved:
        """Set aside what a call may cost at most; raise ModelUnavailable where that would pass a limit."""
        reserved = Reserved(self._name_user(user) if user else "", self._today().isoformat(), dollars, tokens)
        with self._engine.begin() as connection:  # raised inside: nothing of it stays
            for period, who, limit in self._rows(reserved):
                spent, used = self._add(connection, period, who, dollars=dollars, tokens=tokens)
                if spent > limit.dollars or used > limit.tokens:
                    raise ModelUnavailable(limit.reason)
        return reserved

    def settle(self, reserved: Reserved, *, dollars: float, tokens: int) -> None:
        """Put what a call did cost in the place of what was set aside."""
        with self._engine.begin() as connection:
            for period, who, _ in self._rows(reserved):
                more = dollars - reserved.dollars
                self._add(connection, period, who, dollars=more, tokens=tokens - reserved.tokens)

    def spent(self) -> dict[str, float]:
        """Return the US dollars of today and of this month."""
        day = self._today().isoformat()
        where = SPENT.c.who == ALL, SPENT.c.period.in_([day, day[:7]])
        with self._engine.connect() as connection:
            sums = {row.period: row.dollars for row in connection.execute(select(SPENT).where(*where))}
        return {"day": sums.get(day, 0.0), "month": sums.get(day[:7], 0.0)}

    def _rows(self, reserved: Reserved) -> list[tuple[str, str, Limit]]:
        """In one order for all calls, so that none waits for another in a circle."""
        rows = [(reserved.day[:7], ALL, self._limits.month), (reserved.day, ALL, self._limits.day)]
        return [*rows, (reserved.day, reserved.user, self._limits.user)] if reserved.user else rows

    def _add(self, connection: Connection, period: str, who: str, *, dollars: float, tokens: int) -> tuple[float, int]:
        row = upsert(self._engine, SPENT).values(period=period, who=who, dollars=dollars, tokens=tokens)
        more = {"dollars": SPENT.c.dollars + dollars, "tokens": SPENT.c.tokens + tokens}
        statement = row.on_conflict_do_update(index_elements=["period", "who"], set_=more)
        spent = connection.execute(statement.returning(SPENT.c.dollars, SPENT.c.tokens)).one()
        return spent.dollars, spent.tokens
