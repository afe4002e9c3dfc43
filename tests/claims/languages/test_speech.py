"""Who says what, through what: the forms that news has for it in each language."""

import pytest

from tests.claims.languages.read import attributed, found_in, said_in

CASES = {
    "es": [
        ("«Se hunde», dijo Ana Rey.", ("«Se hunde»", "Ana Rey", None)),
        ("“Se hunde el muro”, ha dicho Ana Rey.", ("“Se hunde el muro”", "Ana Rey", None)),
        ("Ana Rey dijo que el muro se hunde.", ("el muro se hunde", "Ana Rey", None)),
        (
            "Ana Rey, alcaldesa de Soto, dijo que el muro se hunde.",
            ("el muro se hunde", "Ana Rey", None),
        ),
        (
            "La alcaldesa, Ana Rey, dijo que el muro se hunde.",
            ("el muro se hunde", "Ana Rey", None),
        ),
        ("El muro se hunde, según Ana Rey.", ("El muro se hunde", "Ana Rey", None)),
        ("Según informó ayer Ana Rey, el muro se hunde.", ("el muro se hunde", "Ana Rey", None)),
        (
            "El muro se hunde, informó este lunes el Ministerio de Obras Públicas.",
            ("El muro se hunde", "Ministerio de Obras Públicas", None),
        ),
        (
            "—Se hunde todo —dijo Ana Rey—. Hay que salir.",
            ("Se hunde todo … Hay que salir.", "Ana Rey", None),
        ),
        ("El segundo muro se hunde poco a poco.", None),
        ("Ana Rey no dijo que el muro se hunde.", None),
        (
            "La policía confirmó la muerte de 3 personas.",
            ("la muerte de 3 personas", "policía", None),
        ),
        (
            "En una entrevista con Radio Soto, Ana Rey denunció que el muro se hunde.",
            ("el muro se hunde", "Ana Rey", "una entrevista con Radio Soto"),
        ),
        (
            "«Vamos a ganar», ha asegurado este martes en el Congreso la ministra Luz Peña.",
            ("«Vamos a ganar»", "Luz Peña", None),
        ),
        ("La Policía ha informado de que el muro se hunde.", ("el muro se hunde", "Policía", None)),
        (
            "Ana Rey: «El muro se hunde poco a poco».",
            ("«El muro se hunde poco a poco»", "Ana Rey", None),
        ),
        (
            "El muro se hunde, ha explicado a los periodistas la alcaldesa, Ana Rey.",
            ("El muro se hunde", "Ana Rey", "periodistas"),
        ),
        (
            "Según fuentes cercanas al caso, el muro se hunde.",
            ("el muro se hunde", "fuentes cercanas", None),
        ),
        ("En una carta, Ana Rey acusa a la empresa de mentir.", None),
        (
            "Según el informe, al que ha tenido acceso este diario, el muro se hunde.",
            ("el muro se hunde", "informe", None),
        ),
        (
            "La alcaldesa de Soto, Ana Rey, anunció ayer una subida del 5 %.",
            ("una subida del 5 %", "Ana Rey", None),
        ),
        (
            "Un estudio, publicado en la revista Vida, concluye que el muro cede.",
            ("el muro cede", "estudio", "revista Vida"),
        ),
    ],
    "fr": [
        ("« Il fuit », a dit Anne Roy.", ("« Il fuit »", "Anne Roy", None)),
        (
            "« Le mur fuit beaucoup trop » explique Anne Roy.",
            ("« Le mur fuit beaucoup trop »", "Anne Roy", None),
        ),
        (
            "« Il fuit, a dit Anne Roy. Il faut partir. »",
            ("« Il fuit … Il faut partir. »", "Anne Roy", None),
        ),
        ("Anne Roy a déclaré lundi que le mur fuit.", ("le mur fuit", "Anne Roy", None)),
        ("Anne Roy, maire de Soulac, affirme que le mur fuit.", ("le mur fuit", "Anne Roy", None)),
        ("Le mur fuit, selon Anne Roy.", ("Le mur fuit", "Anne Roy", None)),
        (
            "Le mur fuit, a indiqué le ministère de l’Intérieur.",
            ("Le mur fuit", "ministère de l’Intérieur", None),
        ),
        ("Comme l’a expliqué Anne Roy, le mur fuit.", ("le mur fuit", "Anne Roy", None)),
        ("Anne Roy n’a pas dit que le mur fuit.", None),
        ("L’homme qui parle a dit à l’AFP que le mur fuit.", ("le mur fuit", "homme", "AFP")),
        (
            "« C’est le « meilleur mur » du pays », a dit Anne Roy.",
            ("« C’est le « meilleur mur » du pays »", "Anne Roy", None),
        ),
        (
            "« Le mur fuit », a réagi sur la place le ministre Paul Roux.",
            ("« Le mur fuit »", "Paul Roux", None),
        ),
        (
            "Le mur fuit, a fait savoir mardi le parquet de Soulac.",
            ("Le mur fuit", "parquet de Soulac", None),
        ),
        (
            "Paul Roux : « Le mur fuit depuis un an. »",
            ("« Le mur fuit depuis un an. »", "Paul Roux", None),
        ),
        ("Le mur fuit, a affirmé à l’AFP la maire, Anne Roy.", ("Le mur fuit", "Anne Roy", "AFP")),
        ("D’après l’Insee, le mur fuit depuis un an.", ("le mur fuit depuis un an", "Insee", None)),
    ],
    "de": [
        ("„Sie bricht“, sagte Anna Roth.", ("„Sie bricht“", "Anna Roth", None)),
        ("»Sie bricht«, sagte Anna Roth.", ("»Sie bricht«", "Anna Roth", None)),
        (
            "„Er rief ‚Halt‘ und lief“, sagte Anna Roth.",
            ("„Er rief ‚Halt‘ und lief“", "Anna Roth", None),
        ),
        (
            "Anna Roth sagte am Montag, die Mauer breche bald.",
            ("die Mauer breche bald", "Anna Roth", None),
        ),
        (
            "Anna Roth hat am Montag erklärt, dass die Mauer bricht.",
            ("die Mauer bricht", "Anna Roth", None),
        ),
        ("Die Mauer bricht, sagte Anna Roth.", ("Die Mauer bricht", "Anna Roth", None)),
        (
            "Die Mauer bricht, teilte das Innenministerium mit.",
            ("Die Mauer bricht", "Innenministerium", None),
        ),
        ("Wie Anna Roth sagte, bricht die Mauer.", ("bricht die Mauer", "Anna Roth", None)),
        ("Laut Polizei bricht die Mauer.", ("bricht die Mauer", "Polizei", None)),
        ("Nach Angaben der Polizei bricht die Mauer.", ("bricht die Mauer", "Polizei", None)),
        (
            "Am Montag sagte der Sprecher der Polizei, Jan Voss, die Mauer breche bald.",
            ("die Mauer breche bald", "Jan Voss", None),
        ),
        ("Die Versicherten bezahlen die Mauer.", None),
        ("Anna Roth sagte nicht, dass die Mauer bricht.", None),
        (
            "„Sie bricht“, sagte Ministerin Eva Faber der „Küstenzeitung“.",
            ("„Sie bricht“", "Eva Faber", "Küstenzeitung"),
        ),
        (
            "„Sie bricht“, sagte Eva Faber der Deutschen Presse-Agentur.",
            ("„Sie bricht“", "Eva Faber", "Deutschen Presse-Agentur"),
        ),
        (
            "Die Sprecherin Eva Faber erklärte auf Anfrage, die Mauer breche bald.",
            ("die Mauer breche bald", "Eva Faber", None),
        ),
        (
            "Eva Faber: „Die Mauer bricht noch heute.“",
            ("„Die Mauer bricht noch heute.“", "Eva Faber", None),
        ),
        (
            "Der Küstenzeitung sagte Eva Faber: „Die Mauer bricht noch heute.“",
            ("„Die Mauer bricht noch heute.“", "Eva Faber", "Der Küstenzeitung"),
        ),
        (
            "„Sie bricht“, sagte Fabers Anwältin Miriam Scholl.",
            ("„Sie bricht“", "Miriam Scholl", None),
        ),
        (
            "Aus Ermittlerkreisen hieß es, die Mauer breche bald.",
            ("die Mauer breche bald", "Ermittlerkreisen", None),
        ),
        (
            "Udo Stein (FDP) sagte im Interview mit der „Morgenzeitung“, die Mauer breche.",
            ("die Mauer breche", "Udo Stein", "Interview mit der „Morgenzeitung“"),
        ),
        (
            "Laut einer Studie des Instituts für Wirtschaft bricht die Mauer.",
            ("bricht die Mauer", "Studie des Instituts für Wirtschaft", None),
        ),
        (
            "Zuvor hatte Udo Stein gesagt, die Mauer breche bald.",
            ("die Mauer breche bald", "Udo Stein", None),
        ),
    ],
    "pt": [
        ("“Está a cair”, disse Ana Reis.", ("“Está a cair”", "Ana Reis", None)),
        ("«Está a cair», afirmou Ana Reis.", ("«Está a cair»", "Ana Reis", None)),
        ("Ana Reis afirmou que o muro está a cair.", ("o muro está a cair", "Ana Reis", None)),
        ("O muro está a cair, segundo Ana Reis.", ("O muro está a cair", "Ana Reis", None)),
        (
            "O muro está a cair, informou o Ministério da Saúde.",
            ("O muro está a cair", "Ministério da Saúde", None),
        ),
        ("O segundo muro está a cair aos poucos.", None),
        ("Ana Reis não disse que o muro está a cair.", None),
        ("A ciência diz a todos o mesmo.", None),
        (
            "Em entrevista à Rádio Sul, Ana Reis disse que o muro está a cair.",
            ("o muro está a cair", "Ana Reis", "entrevista à Rádio Sul"),
        ),
        (
            "O muro está a cair, disse ao jornal Maré a vereadora Ana Reis.",
            ("O muro está a cair", "Ana Reis", "jornal Maré"),
        ),
        (
            "Ana Reis: “O muro está a cair aos poucos.”",
            ("“O muro está a cair aos poucos.”", "Ana Reis", None),
        ),
        (
            "Em declarações à Rádio Sul, o presidente, Rui Reis, disse que o muro está a cair.",
            ("o muro está a cair", "Rui Reis", "declarações à Rádio Sul"),
        ),
        (
            "Segundo um estudo do Instituto, publicado ontem, o muro está a cair.",
            ("o muro está a cair", "estudo do Instituto", None),
        ),
    ],
    "it": [
        ("«Crolla», ha detto Anna Re.", ("«Crolla»", "Anna Re", None)),
        ("“Crolla tutto”, dice Anna Re.", ("“Crolla tutto”", "Anna Re", None)),
        ("Anna Re ha detto ieri che il muro crolla.", ("il muro crolla", "Anna Re", None)),
        ("Il muro crolla, secondo Anna Re.", ("Il muro crolla", "Anna Re", None)),
        (
            "Il muro crolla, ha fatto sapere il Ministero dell’Interno.",
            ("Il muro crolla", "Ministero dell’Interno", None),
        ),
        ("Il secondo muro crolla piano piano.", None),
        ("Anna Re non ha detto che il muro crolla.", None),
        (
            "In un’intervista a Radio Sud, Anna Re ha detto che il muro crolla.",
            ("il muro crolla", "Anna Re", "un’intervista a Radio Sud"),
        ),
        (
            "Il muro crolla piano, ha dichiarato all’ANSA il sindaco di Bari, Luca Neri.",
            ("Il muro crolla piano", "Luca Neri", "ANSA"),
        ),
        (
            "Luca Neri: «Il muro crolla piano piano».",
            ("«Il muro crolla piano piano»", "Luca Neri", None),
        ),
        (
            "Fonti vicine all’inchiesta riferiscono che il muro crolla.",
            ("il muro crolla", "Fonti vicine all’inchiesta", None),
        ),
        (
            "Secondo l’accusa, il muro crolla piano piano.",
            ("il muro crolla piano piano", "accusa", None),
        ),
    ],
    "uk": [
        ("«Він падає», — сказав Іван Рудь.", ("«Він падає»", "Іван Рудь", None)),
        ("„Він падає“, — заявив Іван Рудь.", ("„Він падає“", "Іван Рудь", None)),
        ("Іван Рудь заявив, що старий мур падає.", ("старий мур падає", "Іван Рудь", None)),
        ("За словами Івана Рудя, старий мур падає.", ("старий мур падає", "Івана Рудя", None)),
        ("Старий мур падає, повідомили в поліції.", ("Старий мур падає", "поліції", None)),
        (
            "Як повідомила пресслужба поліції, старий мур падає.",
            ("старий мур падає", "пресслужба поліції", None),
        ),
        (
            "Старий мур падає, — про це повідомив Іван Рудь.",
            ("Старий мур падає", "Іван Рудь", None),
        ),
        ("Іван Рудь не сказав, що старий мур падає.", None),
        (
            "В інтерв’ю Радіо Обрій Іван Рудь сказав, що старий мур падає.",
            ("старий мур падає", "Іван Рудь", "інтерв’ю Радіо Обрій"),
        ),
        (
            "Речниця мерії Калинова Ольга Бойко сказала, що старий мур падає.",
            ("старий мур падає", "Ольга Бойко", None),
        ),
        (
            "«Він падає», — повідомив у Facebook начальник порту Іван Рудь.",
            ("«Він падає»", "Іван Рудь", "Facebook"),
        ),
        ("У міськраді кажуть, що старий мур падає.", ("старий мур падає", "міськраді", None)),
        ("Іван Рудь: «Старий мур падає».", ("«Старий мур падає»", "Іван Рудь", None)),
        (
            "Старий мур падає, — йдеться у звіті поліції.",
            ("Старий мур падає", "звіті поліції", None),
        ),
        (
            "Як розповів «Новинам» прокурор Іван Рудь, старий мур падає.",
            ("старий мур падає", "Іван Рудь", "«Новинам»"),
        ),
        (
            "Джерело в поліції розповіло, що старий мур падає.",
            ("старий мур падає", "Джерело в поліції", None),
        ),
        (
            "Депутатка Марія Рудь у Telegram написала, що старий мур падає.",
            ("старий мур падає", "Марія Рудь", "Telegram"),
        ),
        (
            "Учителька школи №5 Марія Рудь каже, що старий мур падає.",
            ("старий мур падає", "Марія Рудь", None),
        ),
        (
            "«Він падає», — розповіла керівниця проєкту, професорка Лідія Рудь.",
            ("«Він падає»", "Лідія Рудь", None),
        ),
    ],
    "ru": [
        ("«Она падает», — сказал Иван Рудин.", ("«Она падает»", "Иван Рудин", None)),
        (
            "Иван Рудин заявил, что старая стена падает.",
            ("старая стена падает", "Иван Рудин", None),
        ),
        (
            "По словам Ивана Рудина, старая стена падает.",
            ("старая стена падает", "Ивана Рудина", None),
        ),
        ("Старая стена падает, сообщили в полиции.", ("Старая стена падает", "полиции", None)),
        (
            "Как сообщила пресс-служба полиции, старая стена падает.",
            ("старая стена падает", "пресс-служба полиции", None),
        ),
        (
            "Иван Рудин признался, что старая стена падает.",
            ("старая стена падает", "Иван Рудин", None),
        ),
        ("Иван Рудин не сказал, что старая стена падает.", None),
        ("Поэтому я построил стену (потом добавил ещё одну).", None),
        (
            "В интервью газете «Волна» Иван Рудин сказал, что старая стена падает.",
            ("старая стена падает", "Иван Рудин", "интервью газете «Волна»"),
        ),
        (
            "«Она падает», — сообщил в Telegram начальник порта Иван Рудин.",
            ("«Она падает»", "Иван Рудин", "Telegram"),
        ),
        ("В мэрии говорят, что старая стена падает.", ("старая стена падает", "мэрии", None)),
        ("Иван Рудин: «Старая стена падает».", ("«Старая стена падает»", "Иван Рудин", None)),
        (
            "Старая стена падает, — говорится в докладе полиции.",
            ("Старая стена падает", "докладе полиции", None),
        ),
        (
            "Как рассказала газете «Волна» следователь Анна Мохова, старая стена падает.",
            ("старая стена падает", "Анна Мохова", "газете «Волна»"),
        ),
        (
            "«Она падает», — заявил журналистам адвокат Иван Рудин.",
            ("«Она падает»", "Иван Рудин", "журналистам"),
        ),
        (
            "Согласно отчёту Счётной палаты, старая стена падает.",
            ("старая стена падает", "отчёту Счётной палаты", None),
        ),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_one_sentence(language, text, expected):
    assert said_in(text, language) == ([expected] if expected else [])


# Each with who was cited before: a pronoun, a verb without a subject, a sentence about the last.
AFTERWARDS = {
    "es": ["Según ella, el muro es viejo.", "Añadió que el muro es viejo."],
    "fr": ["Selon elle, le mur est vieux.", "Elle a ajouté que le mur est vieux."],
    "de": ["Ihr zufolge ist die Mauer alt.", "Sie fügte hinzu, dass die Mauer alt ist."],
    "pt": ["Segundo ela, o muro é velho.", "Acrescentou que o muro é velho."],
    "it": ["Secondo lei, il muro è vecchio.", "Ha aggiunto che il muro è vecchio."],
    "uk": ["За її словами, мур старий.", "Вона додала, що мур старий."],
    "ru": ["По её словам, стена старая.", "Она добавила, что стена старая."],
}
FIRST = {
    "es": "«Se hunde», dijo Ana Rey. ",
    "fr": "« Il fuit », a dit Anne Roy. ",
    "de": "„Sie bricht“, sagte Anna Roth. ",
    "pt": "“Está a cair”, disse Ana Reis. ",
    "it": "«Crolla», ha detto Anna Re. ",
    "uk": "«Він падає», — сказала Ольга Рудь. ",
    "ru": "«Она падает», — сказала Ольга Рудина. ",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, texts in AFTERWARDS.items() for text in texts],
)
def test_who_is_meant_is_the_person_cited_before_as_a_guess(language, text):
    article, findings = found_in(FIRST[language] + text, language)

    (_, first, _, _), (content, speaker, _, manner) = attributed(article, findings)

    assert speaker == first
    assert manner == "indirect guess"
    assert content in text


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("es", "El muro se hundió ayer. Lo dijo Ana Rey.", "Ana Rey"),
        (
            "de",
            "Die Mauer brach gestern. Das geht aus einem Bericht der Polizei hervor.",
            "Bericht der Polizei",
        ),
        ("de", "Die Mauer brach gestern. Das teilte die Polizei am Dienstag mit.", "Polizei"),
        ("it", "Il muro è crollato ieri. Lo ha detto Anna Re.", "Anna Re"),
        ("uk", "Мур упав учора. Про це йдеться у звіті поліції.", "звіті поліції"),
        ("ru", "Стена упала вчера. Об этом говорится в докладе полиции.", "докладе полиции"),
    ],
)
def test_what_was_said_may_stand_in_the_sentence_before(language, text, speaker):
    ((content, found, _),) = said_in(text, language)

    assert content == text.partition(". ")[0] + "."
    assert found == speaker


@pytest.mark.parametrize("language", sorted(FIRST))
def test_a_quotation_that_goes_on_in_the_next_paragraph_keeps_its_speaker(language):
    opening, closing = {"de": "„“", "pt": "“”"}.get(language, "«»")
    further = f"{opening}{FIRST[language].split()[0].strip(opening + closing + ',')} 12 34 56 78 90"
    text = f"{FIRST[language].strip()}\n\n{further}{closing}."

    article, findings = found_in(text, language)

    first, second = attributed(article, findings)
    assert second[1] == first[1]
    assert second[3] == "direct guess"
