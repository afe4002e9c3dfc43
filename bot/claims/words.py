"""The English words by which claims are found and speakers named, see `lexicon/en.toml`."""

from bot.claims.lexicons import lexicon_of

_ENGLISH = lexicon_of("en")

VERBS = _ENGLISH.verbs
SIGNALS = _ENGLISH.signals
OUTLET_WORDS = _ENGLISH.sources["outlets"].whole
ORGANISATION_WORDS = _ENGLISH.sources["organisations"].whole
DOCUMENT_WORDS = _ENGLISH.sources["documents"].whole
RECORDING_WORDS = _ENGLISH.sources["recordings"].whole
ANONYMOUS_WORDS = _ENGLISH.sources["anonymous"].whole
TITLES = _ENGLISH.sources["titles"].whole

FUNCTION_WORDS = _ENGLISH.words
DETERMINERS = FUNCTION_WORDS["determiners"]
PRONOUNS = FUNCTION_WORDS["pronouns"]
CONNECTORS = FUNCTION_WORDS["connectors"]
BREAKS = FUNCTION_WORDS["breaks"]
BETWEEN = FUNCTION_WORDS["between"]
STARTERS = FUNCTION_WORDS["starters"]
FINITE = FUNCTION_WORDS["finite"]
