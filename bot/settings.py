"""The settings: read from the environment and `.env`, checked once, in words to act on."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.articles.guard import Allow, parse_allow
from bot.errors import SettingsProblem, UsageProblem
from bot.workflow.hours.parsing import (
    parse_days,
    parse_holidays,
    parse_hours,
    parse_times,
    parse_weekly,
)
from bot.workflow.policy import Policy
from storage.database import database_url

Kind = TypeVar("Kind", bound=BaseSettings)

TELEGRAM = "https://api.telegram.org"

# What each setting may look like, shown beside every complaint about it.
EXAMPLES = {
    "BOT_TOKEN": "123456:AbCdEf-the-token-from-BotFather",
    "TELEGRAM_API_URL": TELEGRAM,
    "DATABASE_URL": "postgresql://deskcheck@localhost/deskcheck",
    "TEAM_CHAT_ID": "-1001234567890",
    "PUBLIC_CHANNEL_OK": "yes",
    "ADMIN_IDS": "123456789,987654321",
    "TIMEZONE": "Europe/Kyiv",
    "WORKDAYS": "mon-fri",
    "WORK_HOURS": "09:00-18:00",
    "HOLIDAYS": "DE",
    "ASSIGN_AT": "09:00,14:00",
    "DIGEST_AT": "mon 09:00",
    "REVIEWERS_PER_CLAIM": "1",
    "OPEN_PER_PERSON": "5",
    "CLAIM_DUE_HOURS": "8",
    "GRACE_HOURS": "4",
    "MAX_CLAIMS": "8",
    "SWEEP_SECONDS": "20",
    "FETCH_ALLOW": "cms.newsroom.local:8080",
    "HTTP_HOST": "127.0.0.1",
    "HTTP_PORT": "8080",
    "PUBLIC_URL": "https://desk.example.org",
    "SECRET_KEY": "a-long-random-text",
    "HEARTBEAT_URL": "https://status.example.org/ping/desk",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "text",
}


# What is wrong, by pydantic's name for it.
WRONG = {
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a whole number that is not so long",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_parsing": "must be yes or no",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
}


def _numbers(value: object) -> object:
    """`1,2` as people write it; pydantic-settings expects JSON."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [value] if isinstance(value, int) else value


FROM_ENVIRONMENT = SettingsConfigDict(
    env_file=".env",
    env_file_encoding="utf-8-sig",  # some editors put a mark before the first letter
    extra="ignore",
    hide_input_in_errors=True,
)


class Settings(BaseSettings):
    """Every setting with its default; unknown lines in `.env` are other programs' business."""

    model_config = FROM_ENVIRONMENT

    bot_token: str | None = Field(default=None, repr=False)
    telegram_api_url: str = TELEGRAM
    database_url: str = Field(default="sqlite:///deskcheck.db", repr=False)
    team_chat_id: int | None = None
    public_channel_ok: bool = False
    admin_ids: Annotated[list[int], NoDecode, BeforeValidator(_numbers)] = []
    timezone: str = "UTC"
    workdays: str = "mon-fri"
    work_hours: str = "09:00-18:00"
    holidays: str = ""
    assign_at: str = "09:00,14:00"
    digest_at: str = "mon 09:00"
    reviewers_per_claim: int = Field(default=1, ge=1, le=5)
    open_per_person: int = Field(default=5, ge=1, le=100)
    claim_due_hours: float = Field(default=8, gt=0, le=1000, allow_inf_nan=False)
    grace_hours: float = Field(default=4, ge=0, le=1000, allow_inf_nan=False)
    max_claims: int = Field(default=8, ge=1, le=30)
    sweep_seconds: float = Field(default=20, gt=0, le=3600, allow_inf_nan=False)
    fetch_allow: str = ""
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    secret_key: str | None = Field(default=None, repr=False)
    heartbeat_url: str | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value
            for name, value in values.items()
            if not (isinstance(value, str) and not value.strip())
        }

    @field_validator("admin_ids")
    @classmethod
    def _people(cls, value: list[int]) -> list[int]:
        if any(number <= 0 for number in value):
            raise ValueError("takes the numeric ids of people, which are above 0")
        return value

    @field_validator("team_chat_id")
    @classmethod
    def _no_person(cls, value: int | None) -> int | None:
        if value is not None and value >= 0:
            raise ValueError("takes a group or channel, whose id begins with a minus; no person")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        database_url(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone that is known here")
        return value

    @field_validator("workdays", "work_hours", "holidays", "assign_at", "digest_at", "fetch_allow")
    @classmethod
    def _readable(cls, value: str, info: Any) -> str:
        parsers: dict[str, Callable[[str], object]] = {
            "workdays": parse_days,
            "work_hours": parse_hours,
            "holidays": parse_holidays,
            "assign_at": parse_times,
            "digest_at": parse_weekly,
            "fetch_allow": parse_allow,
        }
        parsers[info.field_name](value)
        return value

    @field_validator("bot_token", mode="before")
    @classmethod
    def _token_has_two_halves(cls, value: object) -> object:
        if not isinstance(value, str):
            return None
        number, _, secret = value.strip().partition(":")
        if not number.isdigit() or len(secret) < 8:
            raise ValueError("is not a token as @BotFather gives it")
        return value.strip()

    @field_validator("telegram_api_url", "public_url", "heartbeat_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    def policy(self) -> Policy:
        """The desk's rules as these settings have them."""
        start, end = parse_hours(self.work_hours)
        return Policy(
            zone=ZoneInfo(self.timezone),
            days=parse_days(self.workdays),
            start=start,
            end=end,
            holidays=parse_holidays(self.holidays),
            assign_at=parse_times(self.assign_at),
            digest_at=parse_weekly(self.digest_at),
            reviewers_per_claim=self.reviewers_per_claim,
            open_per_person=self.open_per_person,
            claim_due=timedelta(hours=self.claim_due_hours),
            grace=timedelta(hours=self.grace_hours),
            max_claims=self.max_claims,
        )


def load_settings(*needed: str, **given: Any) -> Settings:
    """The settings, with those in `needed` (field names) present; `given` ones override.

    Raises:
        SettingsProblem: the first that is wrong or missing, what is wrong, and an example.
        UsageProblem: `.env` cannot be read.
    """
    settings = _read(Settings, **given)
    for name in needed:
        if getattr(settings, name) in (None, "", []):
            raise SettingsProblem(name.upper(), "is missing", EXAMPLES[name.upper()])
    return settings


class _FetchSettings(BaseSettings):
    model_config = FROM_ENVIRONMENT

    fetch_allow: str = ""


def load_fetch_allow() -> Allow:
    """The host:port pairs of FETCH_ALLOW; the other settings may be wrong.

    Raises:
        SettingsProblem: it is wrong.
        UsageProblem: `.env` cannot be read.
    """
    try:
        return parse_allow(_read(_FetchSettings).fetch_allow)
    except ValueError as error:
        raise SettingsProblem("FETCH_ALLOW", str(error), EXAMPLES["FETCH_ALLOW"]) from error


def _read(kind: type[Kind], **given: Any) -> Kind:
    try:
        return kind(**given)
    except ValidationError as error:
        raise _problem(error.errors()) from None
    except UnicodeDecodeError as error:
        raise UsageProblem(".env: is not UTF-8 text; save it anew as UTF-8") from error
    except OSError as error:
        raise UsageProblem(f".env: cannot be read: {error.strerror}") from error


def _problem(errors: Sequence[Any]) -> SettingsProblem:
    first = errors[0]
    name = str(first["loc"][0]).upper()
    words = WRONG.get(first["type"])
    if words is None:
        said = str(first["msg"]).removeprefix("Value error, ")
        words = said[:1].lower() + said[1:]
    else:
        words = words.format_map(first.get("ctx", {})).replace("'", "")
    return SettingsProblem(name, words, EXAMPLES.get(name, "…"))
