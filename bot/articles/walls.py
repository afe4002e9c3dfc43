"""The words of what stands in an article's place: robot checks, consent, paywalls, error pages."""

import re


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.I)


BLOCKED = _any_of(
    r"just a moment\.\.\.",
    r"attention required!",
    r"checking your browser",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"(?:are you|not) a robot",
    r"unusual (?:traffic|activity)",
    r"access (?:to this page has been )?denied",
    r"request blocked",
    r"complete the security check",
    r"enable cookies and reload",
    r"pardon our interruption",
    r"ddos protection",
)
CONSENT = _any_of(
    r"before you continue",
    r"we value your privacy",
    r"your (?:data|privacy)[,: ].{0,20}your choice",
    r"we(?: and| use|, together with)? our (?:\d{1,4} )?partners",
    r"consent to (?:the use of )?cookies",
    r"accept (?:all )?(?:cookies|and continue)",
    r"manage (?:your )?(?:cookie|privacy|consent)",
    r"we (?:use|need) (?:your consent|cookies)",
    r"cookie (?:policy|settings|preferences)",
)
_JOIN = r"(?:subscribe|sign in|log in|register|sign up|create (?:a|your) (?:free )?account)"
PAYWALL = _any_of(
    _JOIN + r" (?:now )?(?:to|and) (?:continue|keep|read|unlock|get (?:full )?access)",
    r"to (?:continue|keep) reading",
    r"(?:for|to) (?:our )?(?:subscribers|members|registered readers) only",
    r"(?:subscriber|member|premium)[- ](?:only|exclusive)",
    r"exclusive(?:ly)? (?:for|to) (?:our )?subscribers",
    r"already (?:a|have a) (?:subscriber|subscription|member)",
    r"read the (?:full|rest of (?:the|this)) (?:article|story)",
    r"(?:reached|used) (?:your|the) (?:monthly )?(?:limit|free)",
    r"article is (?:reserved|available) (?:for|to) subscribers",
    r"start your (?:free )?trial",
    r"subscription required",
)
SCRIPT = _any_of(
    r"(?:enable|turn on|activate|requires?|need|without|support) (?:\w+ ){0,3}javascript",
    r"javascript (?:\w+ ){0,4}(?:disabled|required|enabled|turned off)",
)
MISSING = _any_of(
    r"\b404\b",
    r"page (?:you .{0,40})?(?:not found|does not exist|doesn['’]t exist|no longer)",
    r"(?:can(?:no|['’])t|could(?: not|n['’]t)) (?:be found|find (?:the|that|this) page)",
    r"not found",
)
