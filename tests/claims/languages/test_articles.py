"""Our own article in each language: who says what, through what, and which claims there are."""

import pytest

from bot.claims.contract import to_json
from bot.claims.findings import ClaimKind, SourceKind
from tests.claims.languages.read import LANGUAGES, attributed, the_article

SAID = {
    "de": [
        ("„Die Brücke ist nicht sicher“", "Anna Vogt", "einer Pressekonferenz", "direct"),
        (
            "„Wir sperren am Montag eine Spur“ … „und im Mai die ganze Brücke.“",
            "Anna Vogt",
            None,
            "direct",
        ),
        (
            "die Baufirma Nordbau habe zwei Risse von 14 Zentimetern verschwiegen",
            "Jonas Kroll",
            "Sender Küstenfunk",
            "indirect",
        ),
        ("Der Vertrag sei ungültig.", "Jonas Kroll", "Sender Küstenfunk", "indirect guess"),
        (
            "wurde der Auftrag ohne Ausschreibung für 1.234,5 Euro pro Quadratmeter vergeben",
            "Jonas Kroll",
            None,
            "indirect",
        ),
        ("die Vorwürfe in einer Mitteilung", "Unternehmen", "einer Mitteilung", "indirect"),
        (
            "wurden im vergangenen Jahr 38 Menschen auf der Brücke verletzt",
            "Polizei",
            None,
            "indirect",
        ),
        (
            "stieg der Schwerverkehr zwischen 2019 und 2024 um 42 Prozent",
            "Gutachten der Universität Altwasser",
            None,
            "indirect",
        ),
        (
            "Die Stadtverwaltung habe den Bericht seit Januar gekannt",
            "zwei Beamte",
            None,
            "indirect",
        ),
        ("„Das ist eine Schande“", "Petra Lenz", None, "direct"),
        ("die Arbeiten vor dem Sommer enden", "Anna Vogt", None, "indirect"),
        ("eine Untersuchung", "Staatsanwaltschaft", None, "indirect"),
    ],
    "es": [
        (
            "«El puente no es seguro y lo sabemos desde hace 3 años»",
            "Lucía Prado",
            "una rueda de prensa",
            "direct",
        ),
        ("«Cerraremos un carril el lunes … y el resto en mayo»", "Lucía Prado", None, "direct"),
        (
            "la empresa Puentes del Norte ocultó dos grietas de 14 centímetros",
            "Tomás Arce",
            "Radio Ribera",
            "indirect",
        ),
        (
            "la obra se adjudicó sin concurso por 1.234,5 euros el metro cuadrado",
            "Tomás Arce",
            None,
            "indirect",
        ),
        ("las acusaciones en un comunicado", "empresa", "un comunicado", "indirect"),
        (
            "todos los controles se hicieron conforme a la ley",
            "portavoz de la compañía",
            None,
            "indirect",
        ),
        (
            "el tráfico pesado creció un 38 % entre 2019 y 2024",
            "informe de la Universidad de Almar",
            None,
            "indirect",
        ),
        ("el ayuntamiento conocía el informe desde enero", "Dos funcionarios", None, "indirect"),
        ("«Es una vergüenza»", "Carmen Soto", None, "direct"),
        ("las obras terminarán antes del verano", "Lucía Prado", None, "indirect"),
        ("no subirá los impuestos", "Lucía Prado", None, "indirect guess"),
    ],
    "fr": [
        (
            "« Le mur tient, mais il faut agir avant l’hiver »",
            "Hélène Roussel",
            "une conférence de presse",
            "direct",
        ),
        (
            "« Nous fermerons la route lundi … et personne ne sera évacué. »",
            "Hélène Roussel",
            None,
            "direct guess",
        ),
        (
            "l’entreprise Béton Sud avait caché deux fissures de 9 centimètres",
            "Paul Mercier",
            "un entretien accordé à Radio Combe",
            "indirect",
        ),
        ("le contrat a été signé sans appel d’offres", "Paul Mercier", None, "indirect"),
        ("ces accusations dans un communiqué", "entreprise", "un communiqué", "indirect"),
        ("« Toutes les normes ont été respectées ! »", "Alain Fabre", None, "direct"),
        (
            "le niveau du lac a baissé de 42 % entre 2019 et 2024",
            "rapport de l’Agence de l’eau",
            None,
            "indirect",
        ),
        ("le rapport était connu depuis janvier", "responsable de la préfecture", None, "indirect"),
        ("« C’est une honte »", "Nadia Perrin", None, "direct"),
        ("les travaux seraient terminés avant l’été", "Hélène Roussel", None, "indirect"),
        ("avoir ouvert une enquête", "parquet", None, "indirect"),
    ],
    "it": [
        (
            "«Il ponte non è sicuro e lo sappiamo da 3 anni»",
            "Elena Moretti",
            "una conferenza stampa",
            "direct",
        ),
        (
            "«Chiuderemo una corsia lunedì» … «e tutto il resto a maggio»",
            "Elena Moretti",
            None,
            "direct",
        ),
        (
            "l’azienda Ponti Nord ha nascosto due crepe di 14 centimetri",
            "Dario Conti",
            "Radio Costa",
            "indirect",
        ),
        (
            "l’appalto è stato affidato senza gara per 1.234,5 euro al metro quadrato",
            "Dario Conti",
            None,
            "indirect",
        ),
        ("le accuse in una nota", "azienda", "una nota", "indirect"),
        ("tutte le norme sono state rispettate", "portavoce della società", None, "indirect"),
        (
            "il traffico pesante è cresciuto del 38% tra il 2019 e il 2024",
            "rapporto dell’Università di Almar",
            None,
            "indirect",
        ),
        ("il Comune conosceva il rapporto da gennaio", "Due funzionari", None, "indirect"),
        ("«È una vergogna»", "Teresa Galli", None, "direct"),
        ("i lavori finiranno prima dell’estate", "Elena Moretti", None, "indirect"),
        ("non aumenterà le tasse", "Elena Moretti", None, "indirect guess"),
    ],
    "pt": [
        (
            "“A ponte não é segura e sabemos disso há 3 anos”",
            "Marta Leal",
            "conferência de imprensa",
            "direct",
        ),
        (
            "“Vamos fechar uma faixa na segunda-feira” … “e o resto em maio.”",
            "Marta Leal",
            None,
            "direct",
        ),
        (
            "a empresa Pontes do Sul escondeu duas fissuras de 14 centímetros",
            "Rui Tavares",
            "Rádio Maré",
            "indirect",
        ),
        (
            "a obra foi entregue sem concurso por 1.234,5 euros o metro quadrado",
            "Rui Tavares",
            None,
            "indirect",
        ),
        ("as acusações em comunicado", "empresa", "comunicado", "indirect"),
        ("todas as normas foram cumpridas", "porta-voz da companhia", None, "indirect"),
        (
            "o tráfego pesado cresceu 38% entre 2019 e 2024",
            "relatório da Universidade de Almar",
            None,
            "indirect",
        ),
        ("a autarquia conhecia o relatório desde janeiro", "Dois funcionários", None, "indirect"),
        ("É uma vergonha … Ninguém nos avisou.", "Teresa Pinto", None, "direct"),
        ("as obras vão terminar antes do verão", "Marta Leal", None, "indirect"),
        ("não vai subir os impostos", "Marta Leal", None, "indirect guess"),
    ],
    "ru": [
        (
            "«Мост опасен, и мы знаем об этом уже 3 года»",
            "Марина Лебедева",
            "пресс-конференции",
            "direct",
        ),
        (
            "«Мы закроем одну полосу в понедельник … а остальные в мае»",
            "Марина Лебедева",
            None,
            "direct",
        ),
        (
            "компания «Севермост» скрыла две трещины длиной 14 сантиметров",
            "Игорь Панов",
            "газете «Волна»",
            "indirect",
        ),
        (
            "договор подписали без торгов по 1 234,5 рубля за квадратный метр",
            "Игорь Панов",
            None,
            "indirect guess",
        ),
        ("обвинения", "Компания", None, "indirect"),
        ("все нормы были соблюдены", "Её представитель", None, "indirect"),
        (
            "поток грузовиков между 2019 и 2024 годами вырос на 38 %",
            "доклада Альмарского университета",
            None,
            "indirect",
        ),
        ("мэрия знала о докладе с января", "Двое чиновников", None, "indirect"),
        ("В прошлом году на мосту пострадали 42 человека.", "полиция", None, "indirect"),
        ("Это позор … Нас никто не предупредил.", "Татьяна Пинчук", None, "direct"),
        ("работы завершат до лета", "Марина Лебедева", None, "indirect"),
        ("налоги не вырастут", "Марина Лебедева", None, "indirect guess"),
    ],
    "uk": [
        (
            "«Міст небезпечний, і ми знаємо про це вже 3 роки»",
            "Ірина Левицька",
            "пресконференції",
            "direct",
        ),
        (
            "«Ми закриємо одну смугу в понеділок … а решту в травні»",
            "Ірина Левицька",
            None,
            "direct",
        ),
        (
            "компанія «Північміст» приховала дві тріщини завдовжки 14 сантиметрів",
            "Олег Гончар",
            "Радіо Обрій",
            "indirect",
        ),
        (
            "договір підписали без тендера за 1 234,5 гривні за квадратний метр",
            "Олег Гончар",
            None,
            "indirect guess",
        ),
        ("звинувачення у заяві", "Компанія", "заяві", "indirect"),
        ("всі норми було дотримано", "Речник компанії", None, "indirect"),
        (
            "потік вантажівок між 2019 і 2024 роками зріс на 38 %",
            "звіту Альмарського університету",
            None,
            "indirect",
        ),
        ("мерія знала про звіт із січня", "Двоє чиновників", None, "indirect"),
        ("Торік на мосту постраждали 42 людини.", "поліція", None, "indirect"),
        ("Це ганьба … Нас ніхто не попередив.", "Тетяна Пінчук", None, "direct"),
        ("роботи завершать до літа", "Ірина Левицька", None, "indirect"),
        ("податки не зростуть", "Ірина Левицька", None, "indirect guess"),
    ],
}

FIGURES = {
    "de": ["4,2 Millionen Euro", "12.500", "14 Zentimetern", "1.234,5 Euro", "38 Menschen", "42"],
    "es": ["4,2 millones", "12.500", "14 centímetros", "1.234,5 euros", "38 %"],
    "fr": ["1 350 mètres", "7,8 millions", "9 centimètres", "42 %"],
    "it": ["4,2 milioni", "12.500", "14 centimetri", "1.234,5 euro", "38%"],
    "pt": ["4,2 milhões", "12.500", "14 centímetros", "1.234,5 euros", "38%"],
    "ru": ["4,2 миллиона", "12 500", "14 сантиметров", "1 234,5", "38 %", "42 человека"],
    "uk": ["4,2 мільйона", "12 500", "14 сантиметрів", "1 234,5", "38 %", "42 людини"],
}
# an opinion, another one in marks, a prediction, a question
NOT_CLAIMED = {
    "de": ["wunderschön", "Schande", "Wer bezahlt"],
    "es": ["más bonito", "vergüenza", "no subirá", "Quién pagará"],
    "fr": ["plus beau lac", "honte", "Qui paiera"],
    "it": ["più bello", "vergogna", "non aumenterà", "Chi pagherà"],
    "pt": ["mais bonita", "vergonha", "não vai subir", "Quem vai pagar"],
    "ru": ["самый красивый", "позор", "не вырастут", "Кто за это"],
    "uk": ["найгарніший", "ганьба", "не зростуть", "Хто за це"],
}
KINDS = {
    "de": ("Anna Vogt", "Küstenfunk", "Universität Altwasser", "zwei Beamte", "Polizei"),
    "es": ("Lucía Prado", "Radio Ribera", "Universidad de Almar", "Dos funcionarios", "empresa"),
    "fr": ("Hélène Roussel", "Radio Combe", "l’Agence de l’eau", "responsable de", "parquet"),
    "it": ("Elena Moretti", "Radio Costa", "Università di Almar", "Due funzionari", "azienda"),
    "pt": ("Marta Leal", "Rádio Maré", "Universidade de Almar", "Dois funcionários", "empresa"),
    "ru": ("Марина Лебедева", "Волна", "Альмарского", "Двое чиновников", "полиция"),
    "uk": ("Ірина Левицька", "Радіо Обрій", "Альмарського", "Двоє чиновників", "поліція"),
}
ROLES = {
    "de": "Bürgermeisterin",
    "es": "alcaldesa",
    "fr": "maire de Montvallon",
    "it": "sindaca",
    "pt": "presidente da Câmara",
    "ru": "глава города",
    "uk": "міська голова",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_language_is_told_and_the_method_is_rules(language):
    article, findings = the_article(language)

    assert article.language == language
    assert to_json(article, findings)["method"] == "rules"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_says_what_through_what(language):
    assert attributed(*the_article(language)) == SAID[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_with_a_figure_is_a_claim_of_numbers(language):
    _, findings = the_article(language)
    numbers = [claim.quote for claim in findings.claims if claim.kind is ClaimKind.NUMBER]

    for figure in FIGURES[language]:
        assert any(figure in quote for quote in numbers), figure


@pytest.mark.parametrize("language", LANGUAGES)
def test_opinions_predictions_and_questions_are_no_claims(language):
    _, findings = the_article(language)

    for words in NOT_CLAIMED[language]:
        assert not any(words in claim.quote for claim in findings.claims), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_outlets_documents_the_unnamed_and_bodies_are_told_apart(language):
    _, findings = the_article(language)
    kinds = {source.name: source.kind for source in findings.sources}

    found = [
        next(kind for name, kind in kinds.items() if words in name) for words in KINDS[language]
    ]
    assert found == [
        SourceKind.PERSON,
        SourceKind.OUTLET,
        SourceKind.DOCUMENT,
        SourceKind.ANONYMOUS,
        SourceKind.ORGANISATION,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mayor_has_her_role_under_her_full_name(language):
    article, findings = the_article(language)
    mayor = next(one for one in findings.sources if one.name == KINDS[language][0])

    assert mayor.role == ROLES[language]
    assert len(mayor.mentions) >= 2  # once in full, then by her surname
    assert article.text[slice(*mayor.mentions[0])] == mayor.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_figure_rests_on_no_source(language):
    _, findings = the_article(language)

    assert findings.claims[0].unsourced
    assert "no source given" in findings.claims[0].reasons
