"""Cut the operations the stand-in knows, and all they refer to, out of LINE's whole OpenAPI file.

uv run python -m tests.tools.cut_line_spec WHOLE.yml tests/spec/messaging-api.strict.yml
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

PATHS = (
    "/v2/bot/channel/webhook/endpoint",
    "/v2/bot/channel/webhook/test",
    "/v2/bot/message/{messageId}/content",
    "/v2/bot/message/{messageId}/content/preview",
    "/v2/bot/message/reply",
    "/v2/bot/message/push",
    "/v2/bot/message/quota",
    "/v2/bot/message/quota/consumption",
    "/v2/bot/message/validate/reply",
    "/v2/bot/message/validate/push",
    "/v2/bot/profile/{userId}",
    "/v2/bot/info",
    "/v2/bot/group/{groupId}/leave",
    "/v2/bot/room/{roomId}/leave",
    "/v2/bot/richmenu",
    "/v2/bot/richmenu/validate",
    "/v2/bot/richmenu/{richMenuId}",
    "/v2/bot/richmenu/{richMenuId}/content",
    "/v2/bot/richmenu/list",
    "/v2/bot/user/all/richmenu",
    "/v2/bot/user/all/richmenu/{richMenuId}",
    "/v2/bot/user/{userId}/richmenu",
    "/v2/bot/user/{userId}/richmenu/{richMenuId}",
    "/v2/bot/richmenu/alias",
    "/v2/bot/richmenu/alias/{richMenuAliasId}",
    "/v2/bot/richmenu/alias/list",
    "/v2/bot/chat/loading/start",
    "/v2/bot/chat/markAsRead",
)
DROPPED = {"description", "externalDocs", "example", "examples", "summary", "x-enum-descriptions"}
HEAD = """\
# LINE's Messaging API, cut and tightened. From line/line-openapi (Apache-2.0, see NOTICE); changed: see NOTICE.
"""


def main(source: str, target: str) -> None:
    """Write the cut file."""
    whole = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    paths = {path: _plain(whole["paths"][path]) for path in PATHS}
    schemas = whole["components"]["schemas"]
    kept: dict[str, Any] = {}
    todo = sorted(_references(paths))
    while todo:
        name = todo.pop()
        if name not in kept:
            kept[name] = _plain(schemas[name])
            todo.extend(sorted(_references(kept[name])))
    ordered = {name: kept[name] for name in schemas if name in kept}
    components = {"securitySchemes": whole["components"]["securitySchemes"], "schemas": ordered}
    head = {key: whole[key] for key in ("openapi", "info", "servers", "security")}
    text = yaml.dump({**head, "paths": paths, "components": components}, Dumper=_NoAnchors, sort_keys=False, width=120)
    Path(target).write_text(HEAD + text, encoding="utf-8")


class _NoAnchors(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain(node: Any, inside: str = "") -> Any:
    """Leave the prose out; a property may well be called `description`."""
    if isinstance(node, dict):
        named = inside == "properties"
        return {key: _plain(value, key) for key, value in node.items() if named or key not in DROPPED}
    return [_plain(value) for value in node] if isinstance(node, list) else node


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].rsplit("/", 1)[-1]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(_references(value) for value in node.values()))
    return set().union(*(_references(value) for value in node)) if isinstance(node, list) else set()


if __name__ == "__main__":
    main(*sys.argv[1:])
