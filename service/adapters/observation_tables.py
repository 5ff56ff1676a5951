"""The tables of what is remembered of answers: a row an answer while it is kept, counts by day for good."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()

OBSERVATIONS = Table(
    "observation",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("at", Float, nullable=False),
    Column("day", String(10), nullable=False, index=True),  # in Japan
    Column("channel", String(16), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("wording", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("pace", String(8), nullable=False),  # the step of PACES that holds the seconds
    Column("cost", Float, nullable=False),
    Column("useful", String(8), nullable=False),  # useful | wrong, empty where nobody said
    Column("unclear", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", String(64), nullable=False, index=True),
)

# What an answer has several of: kind is ask or rule.
MARKS = Table(
    "observation_mark",
    METADATA,
    Column("observation", ForeignKey("observation.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("name", String(128), primary_key=True),
)

# What stays of the days whose rows are gone. Rows of the same day, kind and name add up.
COUNTS = Table(
    "observation_count",
    METADATA,
    Column("day", String(10), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(128), nullable=False),
    Column("number", Integer, nullable=False),
    Column("amount", Float, nullable=False),  # US dollars, for the kind cost
)

# The columns that are counted, each under its own name. `day` alone counts the answers.
COUNTED = ("channel", "platform", "verdict", "wording", "reason", "pace", "useful", "unclear")
PACES = (0.05, 0.25, 1.0, 2.0, 4.0, 6.0, 10.0)  # seconds, upper bounds; what took longer is "over"


def name_pace(seconds: float) -> str:
    """Return the step that holds a time."""
    return next((f"{step:g}" for step in PACES if seconds <= step), "over")
