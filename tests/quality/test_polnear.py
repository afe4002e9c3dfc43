"""The scorer of reported speech, on a few sentences labelled by hand."""

from tests.quality.polnear import Labelled, Tally, Told, articles, compare, count

TEXT = 'Mr Dale said that the bridge is safe. "It stands," Ann Poe said, "for now." Dale hopes so.'


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


def gold(source, *content, speech=True):
    return Labelled(tuple(map(place, content)), (place(source),), (), speech)


DALE = gold("Mr Dale", "that the bridge is safe")
POE = gold("Ann Poe", '"It stands,"', '"for now."')


def tally_of(*found):
    tally = Tally()
    count(tally, TEXT, compare(TEXT, [DALE, POE], found))
    return tally


def test_what_is_right_counts_as_found_exact_and_with_its_speaker():
    tally = tally_of(
        Told((place("the bridge is safe."),), place("Dale")),
        Told((place("It stands"), place("for now")), place("Ann Poe")),
    )

    assert (tally.soft, tally.exact, tally.speaker) == (2, 2, 2)
    assert tally.f1(tally.speaker) == 1


def test_half_of_the_letters_is_found_but_not_exact():
    tally = tally_of(Told((place("bridge is safe"),), place("Ann Poe")))

    assert (tally.labelled, tally.found, tally.soft) == (2, 1, 1)
    assert (tally.exact, tally.speaker) == (0, 0)


def test_the_same_words_found_twice_count_against_it_once():
    twice = Told((place("the bridge is safe"),), place("Mr Dale"))

    tally = tally_of(twice, twice)

    assert (tally.found, tally.soft) == (2, 1)


def test_what_matches_other_gold_is_left_out():
    hope = gold("Dale", "hopes so", speech=False)
    found = [Told((place("hopes so"),), place("Dale")), Told((place("Dale hopes"),), None)]

    outcome = compare(TEXT, [hope], found)

    assert outcome.wrong == [found[1]]
    assert outcome.missed == []


def test_an_annotated_article_is_read_with_its_slice(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "bridge.txt").write_text("Dale said yes, they met. Poe wants it.", "utf-8")
    (tmp_path / "attributions" / "bridge_ab.ann").write_text(
        "T1\tSource 0 4\tDale\nT2\tCue 5 9\tsaid\nT3\tContent 10 13;15 23\tyes they met\n"
        "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\nT9\tAttribution 5 9\tsaid\n"
        "T4\tSource 25 28\tPoe\nT5\tCue 29 34\twants\nT6\tContent 35 37\tit\n"
        "E2\tAttribution:T8 Content:T6 Cue:T5 Source:T4\nT8\tAttribution 29 34\twants\n",
        "utf-8",
    )

    [(_, labelled)] = articles(tmp_path)

    assert [one.speech for one in labelled] == [True, False]
    assert labelled[0].content == ((10, 13), (15, 23))
