"""What `deskcheck extract` says: the sheet on a terminal, and why there is none."""

from collections.abc import Mapping

from bot.articles.article import Article, ArticleStatus, DateOrigin
from bot.articles.characters import one_line
from bot.claims.findings import Attribution, Claim, Findings, Method, Source
from bot.errors import ArticleProblem, ReaderOverrun, Refusal
from bot.texts.language import gettext as _
from bot.texts.language import ngettext
from bot.texts.quoting import in_marks
from bot.texts.why import why
from bot.texts.wrapping import wrapped

DOUBTFUL_BELOW = 0.5  # of confidence: as in chat
INDENT = " " * 6


def sheet(article: Article, findings: Findings, *, columns: int) -> str:
    """Title, byline, and every claim with who says it, through what, links and reasons."""
    attributions = {one.id: one for one in findings.attributions}
    sources = {one.id: one for one in findings.sources}
    blocks = [_head(article, findings, columns)]
    blocks.extend(
        _claim(claim, attributions, sources, columns, language=article.language)
        for claim in findings.claims
    )
    if not findings.claims:
        blocks.append(_("Nothing here that evidence could settle."))
    if findings.sources:
        blocks.append(_sources(findings, columns))
    return "\n\n".join(blocks)


def problem_line(problem: ArticleProblem | Refusal, source: str) -> str:
    """One line: what happened to `source` and what to do."""
    source = one_line(source)
    if isinstance(problem, ReaderOverrun):
        said = _("it costs too much to read. Send the text instead of the page.")
        return f"{source}: {said}"
    key = problem.what if isinstance(problem, Refusal) else problem.reason
    details = problem.details | {"status": problem.details.get("status", "")}
    sentence = _problem_sentences().get(key, _("it could not be read ({key})."))
    return f"{source}: {sentence.format_map(_Known(details | {'key': key}))}"


def nothing_line(status: ArticleStatus, source: str) -> str:
    """One line for a page that came back without an article."""
    return f"{one_line(source)}: {_status_sentences()[status]}"


def failed_lines(count: int) -> str:
    """One line after a batch in which some lines could not be read."""
    words = ngettext(
        '{n} line could not be read: its "error" says why.',
        '{n} lines could not be read: their "error" says why.',
        count,
    )
    return words.format(n=count)


def _head(article: Article, findings: Findings, columns: int) -> str:
    if article.published_at is None:
        dated = _("date not given")
    else:
        dated = article.published_at.date().isoformat()
        if article.published_at_source is DateOrigin.GUESSED:
            dated = _("{day} (guessed)").format(day=dated)
    byline = (", ".join(article.authors) or _("author not given"), article.publication, dated)
    first = sum(claim.priority == 1 for claim in findings.claims)
    counts = ngettext("{n} sentence", "{n} sentences", len(findings.sentences))
    worth = ngettext("{n} worth a check", "{n} worth a check", len(findings.claims))
    lines = [
        *wrapped(article.title or _("(no title)"), columns),
        " · ".join(part for part in byline if part),
        " · ".join(
            (
                counts.format(n=len(findings.sentences)),
                worth.format(n=len(findings.claims)),
                _("{n} first (★), then ☆").format(n=first),
            )
        ),
    ]
    if findings.method is Method.RULES and (article.language or "en").startswith("en"):
        lines.append(_("Speakers by rules alone: the parser is not installed, or damaged."))
    if article.status is not ArticleStatus.OK:
        lines.append(_("Careful: {why}").format(why=_status_sentences()[article.status]))
    elif article.confidence < DOUBTFUL_BELOW:
        doubt = _(
            "parts of the text may be missing, or not be the article's. Compare with the page."
        )
        lines.append(_("Careful: {why}").format(why=doubt))
    for warning in findings.warnings:
        lines.extend(wrapped(_("Careful: {why}").format(why=_(warning)), columns))
    if findings.method is Method.NONE:
        note = _(
            "We do not know this language yet: sentences with numbers are listed, speakers are not."
        )
        lines.extend(wrapped(note, columns))
    return "\n".join(lines)


def _claim(
    claim: Claim,
    attributions: Mapping[str, Attribution],
    sources: Mapping[str, Source],
    columns: int,
    *,
    language: str | None,
) -> str:
    star = {1: "★", 2: "☆"}.get(claim.priority, " ")
    quote = in_marks(one_line(claim.quote), language)
    lines = wrapped(quote, columns, first=f"{claim.id:>3} {star} ", rest=INDENT)
    said = [_who_says(attributions[one], sources) for one in claim.attributions]
    for speaker in dict.fromkeys(filter(None, said)):
        lines.extend(_indented(speaker, columns))
    lines.extend(_indented(" · ".join(why(claim.reasons)), columns))
    if claim.context:
        lines.extend(_indented(claim.context, columns))
    if claim.repeated:
        again = ngettext("said again further down", "said {n} times more", len(claim.repeated))
        lines.extend(_indented(again.format(n=len(claim.repeated)), columns))
    lines.extend(f"{INDENT}{one_line(url)}" for url in claim.links)
    return "\n".join(lines)


def _who_says(attribution: Attribution, sources: Mapping[str, Source]) -> str:
    if attribution.source_id is None:
        return attribution.via or ""
    source = sources[attribution.source_id]
    name = f"{source.name}, {source.role}" if source.role else source.name
    if attribution.inferred:
        name = _("{name} (as it seems)").format(name=name)
    return f"{name} → {attribution.via}" if attribution.via else name


def _sources(findings: Findings, columns: int) -> str:
    names = [f"{source.name} ({_(source.kind.value)})" for source in findings.sources]
    return "\n".join(wrapped(_("Cited: {names}").format(names=", ".join(names)), columns))


def _indented(text: str, columns: int) -> list[str]:
    return wrapped(text, columns, first=INDENT, rest=INDENT)


def _status_sentences() -> dict[ArticleStatus, str]:
    return {
        ArticleStatus.OK: _("there is no text in it."),
        ArticleStatus.PAYWALL: _("the article is behind a paywall. Paste its text instead."),
        ArticleStatus.CONSENT: _("a consent dialogue came instead. Paste the article's text."),
        ArticleStatus.SCRIPT_ONLY: _("the page shows its text by script only. Paste the text."),
        ArticleStatus.BLOCKED: _("the site blocks robots. Open it yourself and paste the text."),
        ArticleStatus.NOT_FOUND: _("the page does not exist (any more). Check the address."),
        ArticleStatus.NOT_AN_ARTICLE: _("this is not an article. Give the address of one article."),
    }


def _problem_sentences() -> dict[str, str]:
    return {
        "missing": _("there is no such file. Check the name, or give an address with https://."),
        "folder": _("this is a folder. Give one file in it."),
        "empty": _("there is no text in it. Give a file or page with text."),
        "not_text": _("this is not text. Give a .docx, .pdf, .html, .md or .txt file, or a page."),
        "format": _("{ending} files cannot be read. Save it as .docx, .pdf or .txt and give that."),
        "file_locked": _("it is locked with a password. Save a copy without one and give that."),
        "file_scanned": _("it holds pictures of text. Run it through text recognition first."),
        "file_broken": _("it is damaged. Open it, save it again, and give that."),
        "old_word": _("it is an old Word file. Save it as .docx and give that."),
        "file_too_long": _("it has {pages} pages. Give the ones that matter, {most} at most."),
        "unreadable": _("it could not be opened ({why})."),
        "too_big": _("it is too big. Give the article alone."),
        "timeout": _("the site did not answer in time. Try again later."),
        "dns": _("there is no such site. Check the address."),
        "refused": _("the site refused the connection. Try again later."),
        "tls": _("the site has no valid certificate. Open it yourself and paste the text."),
        "connection": _("the connection broke off. Try again."),
        "busy": _("the site asks to come back later. Try again later."),
        "http_5xx": _("the site has trouble ({status}). Try again later."),
        "http_401": _("the page needs a login. Paste its text instead."),
        "http_403": _("the site blocks robots. Open it yourself and paste the text."),
        "blocked": _("the site blocks robots. Open it yourself and paste the text."),
        "http_404": _("the page does not exist. Check the address."),
        "http_410": _("the page was taken down. Look for a copy in an archive."),
        "http_4xx": _("the site does not give out the page ({status}). Paste its text instead."),
        "video": _("this is a video. Give the article about it, or a transcript."),
        "login": _("the document needs a login. Export it as .html or .txt and give that."),
        "too_many_redirects": _("the page forwards without end. Check the address."),
        "redirect_loop": _("the page forwards to itself. Check the address."),
        "scheme": _("only http:// and https:// addresses can be read."),
        "address": _("this is no web address. Check it."),
        "private": _("this address is inside a private network. FETCH_ALLOW can permit it."),
    }


class _Known(dict[str, object]):
    """Details for a sentence; one that is not there leaves a gap and no crash."""

    def __missing__(self, key: str) -> str:
        return ""
