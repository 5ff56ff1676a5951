"""What the engine's rows are called: the same in every process and in every release, or work would be stranded."""

from __future__ import annotations

from dbos import DBOSPortableJSONSerializer

APP = "kotowari"
VERSION = "1"  # of the workflow's steps, not of the program: it changes only with a move of what waits
WORKFLOW = "line_event"
QUEUE = "line"
SERIALIZER = DBOSPortableJSONSerializer()  # the default one would run code that somebody wrote into the file
