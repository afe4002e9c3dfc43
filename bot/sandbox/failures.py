"""Telegram's refusals, with Telegram's numbers and words."""

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`; `parameters` is what Telegram puts beside the description."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description, self.parameters = code, description, parameters

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class BadRequest(ApiError):
    def __init__(self, what: str, **parameters: int) -> None:
        super().__init__(400, f"Bad Request: {what}", **parameters)


class Forbidden(ApiError):
    def __init__(self, what: str) -> None:
        super().__init__(403, f"Forbidden: {what}")


class NotFound(ApiError):
    """No such method, or a token of the wrong shape."""

    def __init__(self) -> None:
        super().__init__(404, "Not Found")


class Unauthorized(ApiError):
    def __init__(self) -> None:
        super().__init__(401, "Unauthorized")


class Conflict(ApiError):
    """Another poll on the same token has taken over."""

    def __init__(self) -> None:
        super().__init__(
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )


class TooManyRequests(ApiError):
    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s
        )
