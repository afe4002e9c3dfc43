"""A thin local Bot API server with a page of chats: strict where Telegram is strict."""

from bot.sandbox.chats import Chat, Message, Origin, Profile
from bot.sandbox.entities import Entity
from bot.sandbox.faults import Fault
from bot.sandbox.keyboards import Button
from bot.sandbox.people import NotPossible, Person, Press
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import CallbackAnswer

__all__ = [
    "Button",
    "CallbackAnswer",
    "Chat",
    "Entity",
    "Fault",
    "Message",
    "NotPossible",
    "Origin",
    "Person",
    "Press",
    "Profile",
    "Sandbox",
]
