"""Lines that belong to the site and not to the article, in a page copied as text."""

import re

SITE_LINE_CHARS = 400  # longer lines are read as text even if they ask for a subscription
HEADING_CHARS = 100

_ENDINGS = (  # nothing of the article follows under these headings
    r"leave a (?:comment|reply)",
    r"(?:post a|click to|add a|add) comment",
    r"comments?(?: \(\d{1,6}\))?",
    r"\d{1,6} comments?",
    r"related (?:articles?|stories|posts|news|topics|content|links)",
    r"recommended(?: for you)?",
    r"you (?:may|might) (?:also )?(?:like|be interested in)",
    r"more (?:from|in|on|stories|news|like this)\b.{0,60}",
    r"(?:read|what to read) (?:more|next|also)",
    r"most (?:read|popular|viewed|shared)",
    r"popular (?:posts|stories|now)",
    r"top (?:trends|stories)",
    r"trending(?: now)?",
    r"latest (?:news|stories|posts)",
    r"about the author",
    r"share (?:this|on)\b.{0,60}",
    r"editor['’]s picks?",
    r"around the web",
    r"sponsored(?: content)?",
    r"further reading",
    r"(?:next|previous) article",
    r"sign up (?:for|to)\b.{0,80}",
    r"subscribe via e-?mail",
    r"(?:join|leave|view|show|read|see|load) (?:the |all |more )?(?:conversation|comments?)",
    r"(?:sort|filter) by\b.{0,40}|be the first to comment|comments? (?:are )?closed\.?",
    r"(?:in )?other news|also (?:on|in|read|see)\b.{0,40}|see (?:also|more)|must[- ]reads?",
    r"kommentare?|(?:das )?könnte (?:sie|dich) auch interessieren|mehr zum thema|meistgelesen",
    r"commentaires?|[àa] lire aussi|sur le même (?:sujet|thème)|les plus lus|lire la suite",
    r"comentarios|deja (?:un comentario|una respuesta)|te puede interesar|lo más (?:leído|visto)",
    r"comentários|deixe (?:um comentário|uma resposta)|leia (?:também|mais)|veja também|mais lidas",
    r"commenti|lascia un commento|leggi anche|ti potrebbe interessare|i più letti",
    r"коментарі|читайте також|комментарии|читайте также|популярн(?:е|ое)|залишити коментар",
)
_WHOLE_LINES = (
    r"share|tweet|pin|print|e-?mail|save|home|menu|search|close|advertisement|ad",
    r"skip to\b.{0,40}",
    r"(?:back )?to top",
    r"connect with us",
    r"follow us.{0,60}",
    r"log ?in|sign (?:in|up)|register|subscribe|newsletter|loading.{0,10}",
    r"tags?:.{0,200}|filed under:?.{0,200}|topics?:?.{0,80}",
    r"(?:photo|image):.{0,200}|getty images.{0,60}",
    r"listen to this article.{0,40}|play video|watch:?.{0,100}",
    r"\d{1,3} min(?:ute)?s? read",
    r"read more:.{0,200}",
    r"\[?(?:related|see also|also read)\s?:.{1,200}",
    r"(?:like|me gusta|gefällt|j'aime|sukai|mi piace) (?:this|ini|esto|mir|questo)\s?:?|terkait",
    r"tell us what you think\W{0,5}|(?:tempo de leitura|reading time|lesezeit).{0,20}",
    r"teilen|drucken|anmelden|startseite|suche|werbung|anzeige|merken",
    r"partager|imprimer|connexion|s'abonner|accueil|rechercher|publicité",
    r"compartir|imprimir|iniciar sesión|suscr[ií]bete|inicio|buscar|publicidad",
    r"compartilhar?|partilhar|entrar|assine|início|publicidade",
    r"condividi|stampa|accedi|abbonati|cerca|pubblicità",
    r"поделиться|поділитися|войти|увійти|реклама|поиск|пошук|головна|главная",
    r"(?:facebook|twitter|whatsapp|pinterest|linkedin|reddit|telegram|instagram|youtube|rss)"
    r"(?:[ ,|/]{1,3}(?:facebook|twitter|whatsapp|pinterest|linkedin|reddit|e-?mail|print)){0,9}",
    r"reply|report|like|flag|edit|delete|share this|follow|more|next|previous|prev|advertiser",
)
_PHRASES = (
    r"all rights reserved|copyright ©|© ?\d{4}",
    r"terms (?:of (?:use|service)|and conditions)|privacy policy|cookie policy",
    r"enter your e-?mail|your e-?mail address will not|required fields",
    r"sign up for (?:our|the|free)|subscribe to (?:our|the|receive)|notifications? of new posts",
    r"(?:please )?follow (?:us )?on (?:facebook|twitter|instagram|x\b)|like us on facebook",
    r"^follow .{1,80} on (?:facebook|twitter|instagram|telegram|x\b)|letters? to the editor",
    r"^(?:get|have) (?:the latest|breaking|a tip|our) .{0,80}(?:inbox|e-?mail|newsletter|\?)",
    r"click here (?:to|for)|download (?:the|our) app",
    r"is not responsible for|views expressed",
    r"uses? cookies|accept cookies|bloggers like this|javascript|powered by",
    r"log in to (?:post|comment)",
    r"help us (?:keep|improve)|support (?:our|independent) journalism",
    r"become a (?:member|subscriber|patron)",
    r"may not be (?:published|reproduced|republished)|thank you for (?:reading|subscribing)",
    r"tous droits réservés|alle rechte vorbehalten|todos los derechos|todos os direitos",
    r"tutti i diritti|все права защищены|усі права захищені|política de (?:cookies|privacidad)",
    r"datenschutz|mentions légales|utilizza(?:mo)? (?:i )?cookie|ihre e-mail|votre e-?mail",
    r"(?:editing|reporting) by [A-Z]|advertise with us|contact us\b|about us\b",
)
_ENDING = re.compile(rf"^(?:{'|'.join(_ENDINGS)})\s{{0,2}}:?$", re.I)
_SITE = re.compile(rf"^(?:{'|'.join(_WHOLE_LINES)})$|{'|'.join(_PHRASES)}", re.I)


def is_site_line(line: str) -> bool:
    """True for menus, buttons, subscription boxes, legal lines and the like."""
    return len(line) <= SITE_LINE_CHARS and (bool(_SITE.search(line)) or ends_article(line))


def ends_article(line: str) -> bool:
    """True for headings under which no article goes on: comments, related stories, trends."""
    return len(line) <= HEADING_CHARS and bool(_ENDING.match(line))
