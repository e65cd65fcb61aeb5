"""Where are the keys published by which tokens are verified? At the issuer, below the id of each pool."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from checks.ai_lifestyle.twin.tokens import Signer, issuer_of

SIGN = "/{pool_id}/sign"


class Issuer:
    """Cognito's own web side, for the pool and for any other that somebody asks about.

    Unlike Cognito it signs whatever it is asked to: only so can a twin be shown tokens that are rightly
    signed and must be refused all the same. Other pools come into being, with keys of their own, when
    something is to be signed by them.
    """

    def __init__(self, pool_id: str, signer: Signer) -> None:
        self._signers = {pool_id: signer}
        well_known = "/{pool_id}/.well-known"
        self.app = Starlette(
            routes=[
                Route(f"{well_known}/jwks.json", self._key_set),
                Route(f"{well_known}/openid-configuration", self._configuration),
                Route(SIGN, self._sign, methods=["POST"]),
            ]
        )

    def key_set(self, issuer: str) -> dict[str, Any] | None:
        """The public keys of an issuer, None when there is no such pool."""
        pool_id = issuer.rpartition("/")[2]
        signer = self._signers.get(pool_id)
        return signer.key_set if signer and issuer_of(pool_id) == issuer else None

    def _key_set(self, request: Request) -> Response:
        signer = self._signers.get(request.path_params["pool_id"])
        return JSONResponse(signer.key_set) if signer else _no_pool(request)

    def _configuration(self, request: Request) -> Response:
        pool_id = request.path_params["pool_id"]
        if pool_id not in self._signers:
            return _no_pool(request)
        issuer = issuer_of(pool_id)
        return JSONResponse({"issuer": issuer, "jwks_uri": f"{issuer}/.well-known/jwks.json"})

    async def _sign(self, request: Request) -> Response:
        pool_id = request.path_params["pool_id"]
        signer = self._signers.get(pool_id) or self._signers.setdefault(pool_id, Signer())
        return JSONResponse({"token": signer.sign(await request.json())})


def _no_pool(request: Request) -> Response:
    pool_id = request.path_params["pool_id"]
    told = {"code": "ResourceNotFoundException", "message": f"User pool {pool_id} does not exist."}
    return JSONResponse(told, 400)
