"""Assets: the pages' styles, scripts and pictures, named by their content so that browsers may keep them for good."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it goes over the wire. `address` holds the hash of its content."""

    address: str
    media_type: str
    body: bytes
    packed: bytes


class Assets:
    """All assets of a folder, read and compressed once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._by_name = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
        self._by_address = {asset.address: asset for asset in self._by_name.values()}

    def address(self, name: str) -> str:
        """Return where a browser finds the asset; raise KeyError where there is none of that name."""
        return self._by_name[name].address

    def make_router(self) -> APIRouter:
        """Return the address of the assets."""
        router = APIRouter(include_in_schema=False)

        @router.get("/static/{name}")
        async def serve(request: Request, name: str) -> Response:
            asset = self._by_address.get(f"/static/{name}")
            if asset is None:
                raise HTTPException(404)
            headers = {
                "Cache-Control": _FOR_GOOD,
                "Vary": "Accept-Encoding",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
            if "gzip" in request.headers.get("accept-encoding", ""):
                return Response(
                    asset.packed, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"}
                )
            return Response(asset.body, media_type=asset.media_type, headers=headers)

        return router


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:10]
    packed = gzip.compress(body, 9, mtime=0)
    return Asset(f"/static/{path.stem}.{digest}{path.suffix}", _TYPES[path.suffix], body, packed)
