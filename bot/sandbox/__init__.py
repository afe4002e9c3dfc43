"""A thin local Bot API server with a page of chats: strict where Telegram is strict."""

from bot.sandbox.chats import Chat, Message, Origin, Profile
from bot.sandbox.entities import Entity
from bot.sandbox.faults import Fault
from bot.sandbox.keyboards import Button
from bot.sandbox.people import Person, Press
from bot.sandbox.phone import NotPossible
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import CallbackAnswer, Happening

__all__ = [
    "Button",
    "CallbackAnswer",
    "Chat",
    "Entity",
    "Fault",
    "Happening",
    "Message",
    "NotPossible",
    "Origin",
    "Person",
    "Press",
    "Profile",
    "Sandbox",
]
