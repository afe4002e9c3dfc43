"""How updates reach the bot, and how it answers a pressed button."""

from typing import Any

from bot.sandbox.failures import BadRequest
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import CallbackAnswer, World

CALLBACK_ANSWER_CHARS = 200  # Bot API limit for the text over the chat


async def get_updates(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    return await world.updates.poll(
        offset=parameters.number("offset"),
        limit=parameters.number("limit", 100),
        timeout_s=parameters.number("timeout"),
        allowed=parameters.parsed("allowed_updates"),
    )


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        world.updates.pending.clear()
    return True


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    text = parameters.text("text")
    if len(text) > CALLBACK_ANSWER_CHARS:
        raise BadRequest("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(text, parameters.flag("show_alert"))
    world.answer(parameters.text("callback_query_id"), answer)
    return True
