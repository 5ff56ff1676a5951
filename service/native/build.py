"""The build's own step: compile the reader before the wheel is packed. Where that fails, the build goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags


class ReaderHook(BuildHookInterface):
    """Puts the library beside its sources and, when a wheel is packed, into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the platform in the wheel's tag."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)  # this file is loaded alone, without the package around it
        from service.adapters.compiled import LIBRARY
        from service.native.compile import compile_reader

        if reason := compile_reader(Path(self.root, "service", "native"), os.environ):
            self.app.display_warning(f"The reader will run in Python: {reason}")
        elif version == "standard":  # an editable install reads the library where it lies
            build_data["artifacts"].append(f"/service/native/{LIBRARY}")
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{_name_platform()}"


def _name_platform() -> str:
    # As hatchling itself does: manylinux and musllinux are promises that only an audit of the library can give.
    return next(tag for tag in platform_tags() if "manylinux" not in tag and "musllinux" not in tag)
