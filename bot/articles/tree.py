"""The element tree of a page, and typed answers from it."""

from typing import cast

from lxml import etree, html

from bot.articles.characters import one_line


def tree_of(page: str) -> etree._Element | None:
    """The element tree of a page; None where there is nothing to parse."""
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None


def elements(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath finds, in document order."""
    return cast(list[etree._Element], root.xpath(path))


def line_of(element: etree._Element | None) -> str:
    """All text inside an element as one line; "" for None."""
    if element is None:
        return ""
    return one_line("".join(cast(str, text) for text in element.itertext()))
