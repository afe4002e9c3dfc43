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
    r"please (?:solve|complete) (?:this|the) (?:captcha|puzzle)",
    r"press (?:and|&) hold to confirm",
    r"your (?:browser|request) (?:has been|was) (?:blocked|flagged)",
    r"automated (?:access|queries|requests|traffic)",
    r"подтвердите, что вы не робот|підтвердьте, що ви не робот",
)
# What an answer of "come later" (503) says when it is a check of the browser, and no trouble.
ROBOT_CHECK = _any_of(
    r"just a moment\.\.\.",
    r"checking your browser",
    r"verify(?:ing)? (?:that )?you are (?:a )?human",
    r"(?:are you|not) a robot",
    r"cf-(?:browser-verification|challenge|turnstile)",
    r"\bcaptcha\b",
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
    r"(?:mit|der nutzung) (?:mit )?werbung (?:weiter|zuzustimmen|zustimmen)|alle(?:s)? akzeptieren",
    r"(?:tout|continuer sans) accepter|nos partenaires et nous|avec votre accord",
    r"aceptar (?:todas|todo|y continuar|cookies)|nosotros y nuestros socios",
    r"aceitar (?:todos|cookies|e continuar)|nós e os nossos parceiros",
    r"accetta (?:tutti|e continua|i cookie)|noi e i nostri partner",
    r"принять все|прийняти все|использует файлы cookie|використовує файли cookie",
)
# What the paragraphs of a consent dialogue are about, with or without one of its set phrases.
CONSENT_TOPIC = _any_of(
    r"cookies?\b|\bconsent|\bpartners?\b|\bprivacy\b|personal data|advertis|\bmeasure\b",
    r"datenschutz|einwillig|werbung|zustimm|consentement|partenaires|publicité|données person",
    r"consentimiento|socios|publicidad|datos personales|parceiros|publicidade|dados pessoais",
    r"consenso|pubblicità|dati personali|партн[её]р|реклам|персональн|конфиденц|конфіденц",
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
    r"(?:weiterlesen|lesen sie weiter) mit|(?:nur|exklusiv) für abonnent|jetzt (?:abo|abonnieren)",
    r"réservé (?:à nos|aux) abonnés|il vous reste \d{1,3} ?% de cet article|déjà abonné",
    r"(?:solo|exclusivo) para suscriptores|suscr[ií]bete para (?:seguir|continuar|leer)",
    r"(?:exclusivo|só) para assinantes|assine para (?:continuar|ler)|já é assinante",
    r"(?:riservato|solo) (?:agli|per gli) abbonati|abbonati per (?:continuare|leggere)|già abbonat",
    r"(?:только|доступно) (?:для )?подписчик|(?:лише|тільки|доступно) (?:для )?передплатник",
)
SCRIPT = _any_of(
    r"(?:enable|turn on|activate|requires?|need|without|support) (?:\w+ ){0,3}javascript",
    r"javascript (?:\w+ ){0,4}(?:disabled|required|enabled|turned off)",
    r"(?:aktivier|einschalt|activez?|activer|activar?|habilit|ativ|attiv|включит|увімкн)\w{0,6} "
    r"(?:\w+ ){0,3}javascript",
    r"javascript (?:\w+ ){0,4}(?:aktivier|einschalt|désactivé|deaktiviert|desactivado)",
)
MISSING = _any_of(
    r"\b404\b",
    r"page (?:you .{0,40})?(?:not found|does not exist|doesn['’]t exist|no longer)",
    r"(?:can(?:no|['’])t|could(?: not|n['’]t)) (?:be found|find (?:the|that|this) page)",
    r"not found",
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)",
    r"página no (?:encontrada|existe)|página não (?:encontrada|existe)|pagina non trovata",
    r"страница не найдена|такой страницы нет|сторінк[уа] не знайдено",
)
