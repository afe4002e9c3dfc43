"""A surname, in whatever case, leads to the full name; what was guessed is marked."""

import pytest

from tests.claims.languages.read import attributed, found_in


def speakers(text: str, language: str) -> list[tuple[str | None, bool]]:
    """(speaker, whether that was a guess) of every attribution."""
    return [(one[1], "guess" in one[3]) for one in attributed(*found_in(text, language))]


@pytest.mark.parametrize(
    ("language", "name", "declined"),
    [
        ("uk", "Олег Гончар", "Гончара"),
        ("uk", "Ірина Коваль", "Коваль"),
        ("uk", "Ірина Левицька", "Левицької"),
        ("uk", "Андрій Левицький", "Левицького"),
        ("uk", "Тарас Шевчук", "Шевчука"),
        ("ru", "Марина Лебедева", "Лебедевой"),
        ("ru", "Игорь Панов", "Панова"),
        ("ru", "Андрей Вольский", "Вольского"),
        ("ru", "Анна Ткаченко", "Ткаченко"),
    ],
)
def test_a_declined_surname_is_the_same_person(language, name, declined):
    told = {
        "uk": f"{name} каже, що міст старий. За словами {declined}, його закриють.",
        "ru": f"{name} говорит, что мост старый. По словам {declined}, его закроют.",
    }

    found = speakers(told[language], language)

    assert [speaker for speaker, _ in found] == [name, name]


def test_an_undeclined_surname_is_no_guess_and_a_declined_one_is():
    text = "Ірина Коваль сказала, що міст старий. На думку Коваль, його закриють."
    assert speakers(text, "uk")[1] == ("Ірина Коваль", False)

    text = "Олег Гончар сказав, що міст старий. За словами Гончара, його закриють."
    assert speakers(text, "uk")[1] == ("Олег Гончар", True)


def test_a_full_name_in_another_case_is_known_by_the_first_case():
    text = "За словами Олега Гончара, міст старий. Олег Гончар сказав, що його закриють."

    assert speakers(text, "uk") == [("Олег Гончар", False), ("Олег Гончар", False)]


def test_two_people_with_nearly_one_surname_stay_two():
    text = (
        "Пётр Иванов сказал, что мост старый. Ольга Иванова сказала, что он новый. "
        "Иванова добавила, что он крепкий. Иванов добавил, что он слабый."
    )

    names = [speaker for speaker, _ in speakers(text, "ru")]

    assert names == ["Пётр Иванов", "Ольга Иванова", "Ольга Иванова", "Пётр Иванов"]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "Ana Arce dijo que el muro cede. Arce añadió que es viejo.", "Ana Arce"),
        ("fr", "Anne Roy a dit que le mur cède. Mme Roy a ajouté qu’il est vieux.", "Anne Roy"),
        ("de", "Anna Roth sagte, dass die Mauer bricht. Laut Roth ist sie alt.", "Anna Roth"),
        ("pt", "Ana Reis disse que o muro cede. Segundo Reis, é muito velho.", "Ana Reis"),
        ("it", "Anna Conti ha detto che il muro cede. Secondo Conti, è vecchio.", "Anna Conti"),
    ],
)
def test_a_surname_is_the_person_named_in_full_before(language, text, name):
    assert speakers(text, language) == [(name, False), (name, False)]


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("es", "La alcaldesa, Ana Rey, dijo que todo cede.", "La alcaldesa añadió que es viejo."),
        ("fr", "La maire, Anne Rey, a dit que tout cède.", "La maire a ajouté que c’est vieux."),
        ("de", "Ministerin Ana Rey sagte, dass es bricht.", "Die Ministerin sagte, es sei alt."),
        ("uk", "Мер міста Ana Rey каже, що мур падає.", "Мер додав, що він старий."),
    ],
)  # fmt: skip
def test_a_role_alone_is_the_person_who_has_it(language, first, then):
    one, other = speakers(f"{first} {then}", language)

    assert one[0] == other[0]
    assert one[0] in ("Ana Rey", "Anne Rey")
