# The part of hatchling that service/native/build.py uses. Only the build itself has hatchling installed.
from typing import Any

class _Application:
    def display_warning(self, message: str) -> None: ...

class BuildHookInterface:
    root: str
    target_name: str
    app: _Application
    def initialize(self, version: str, build_data: dict[str, Any]) -> None: ...
