"""What each kind of document says, whom it names, and when it is due."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sheets_sync.domain.documents import kinds
from sheets_sync.domain.documents.agreements import agreements
from sheets_sync.domain.documents.amendment import amendments
from sheets_sync.domain.documents.consent_blanks import VARIANTS, consent_blanks
from sheets_sync.domain.documents.content import Content, digest_of
from sheets_sync.domain.documents.council import council
from sheets_sync.domain.documents.drafting import contents
from sheets_sync.domain.documents.ending import ending
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.introduction import introduction
from sheets_sync.domain.documents.introduction_changes import introduction_changes
from sheets_sync.domain.documents.naming import pair_decision
from sheets_sync.domain.documents.pairs_order import pairs_order
from sheets_sync.domain.documents.plans_order import plans_order
from sheets_sync.domain.documents.region_report import region_report
from sheets_sync.domain.documents.results import public_author
from sheets_sync.domain.documents.swot_cells import BY_HAND, swot_cells
from sheets_sync.domain.documents.wanted import Wanted
from sheets_sync.domain.monitoring.open_answers import NameSpotter
from sheets_sync.domain.monitoring.swot import Line as SwotLine
from sheets_sync.domain.monitoring.swot import Side, Swot
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    Event,
    Material,
    PairState,
    Partner,
    Person,
    Signer,
)
from sheets_sync.domain.tables import ReadRow
from tests.unit.domain.documents.papers import PEOPLE, facts, pair, paper, plan, templates

DECEMBER = date(2022, 12, 20)
EVERYTHING = facts(
    as_of=DECEMBER,
    wanted=Wanted(consents=(True, frozenset()), publication=(True, frozenset())),
    pairs=(
        pair(1),
        pair(2, PairState.APPROVED),
        pair(3, PairState.ENDED, ended_on=date(2022, 11, 5), end_reason="по просьбе семьи"),
    ),
    papers=(paper(kinds.PAIRS, "П-1", "П-3"),),
    signed_rows={"Д-1": {"П-1": "прежняя"}},
    plans=(plan(1),),
    events=(Event("п", "педсовет", on=date(2022, 11, 7), topic="Итоги", attended=41, expected=45),),
    partners=(Partner("ООО «Река»", state="переговоры"),),
    consents=tuple(
        Consent(f"{code}/{kind}/{signer}", code, kind, signer)
        for code, kind, signer in (
            ("У-2", ConsentKind.PROCESSING, Signer.REPRESENTATIVE),
            ("У-2", ConsentKind.PROCESSING, Signer.TEENAGER),
            ("Н-1", ConsentKind.LABOUR, Signer.SELF),
        )
    ),
)


def texts(content: Content) -> str:
    rows = [cell for lines in content.tables.values() for line in lines for cell in line.cells]
    return "\n".join([*content.texts.values(), *rows])


def test_f39_the_year_gives_every_one_of_the_thirteen_kinds() -> None:
    made = {content.kind for content in contents(EVERYTHING)}

    assert made == set(kinds.EVERY_KIND)
    assert len(made) == 13


def test_f39_every_content_fills_its_template_exactly() -> None:
    by_kind = {spec.kind: spec for spec in reversed(list(templates().values()))}
    for content in contents(EVERYTHING):
        spec = templates()[content.template] if content.template else by_kind[content.kind]
        assert spec.fields <= set(content.texts), content.kind
        assert {table.name for table in spec.tables} == set(content.tables), content.kind
        for table in spec.tables:
            for row in content.rows(spec)[table.name]:
                assert len(row) == len(table.columns), (content.kind, table.name)


def test_f39_every_consent_has_a_template_and_all_that_the_law_asks_for() -> None:
    """152-ФЗ, ст. 9 ч. 4: subject, representative, operator, purpose, data, actions, term, revocation."""
    for template, _ in VARIANTS.values():
        assert template in templates()
    for name in ("consent_representative", "consent_teenager", "consent_adult"):
        spec = templates()[name]
        body = " ".join(getattr(block, "text", "") for block in spec.blocks)
        for element in (
            "{{участник}}",
            "документ, удостоверяющий личность",
            "по адресу",
            "{{организация}}",
            "{{адрес школы}}",
            "Цель обработки",
            "Перечень данных",
            "по поручению",
            "Действия с данными",
            "Способ обработки",
            "Срок действия",
            "отозвано",
        ):
            assert element in body, (name, element)
        assert any(
            "(подпись" in text for block in spec.blocks for row in getattr(block, "rows", ()) for text in row
        )
    representative = " ".join(
        getattr(block, "text", "") for block in templates()["consent_representative"].blocks
    )
    assert "{{представитель}}" in representative
    assert "свидетельство о рождении" in representative


@pytest.mark.parametrize("refused", ["Н-1", "У-2", "У-3"])
def test_f15_whoever_may_not_be_named_stands_in_no_document_but_the_consent_to_sign(refused: str) -> None:
    known = replace(EVERYTHING, refusals={refused: "согласие отозвано"}, wanted=Wanted(plans=True))
    name = next(person.name for person in PEOPLE if person.code == refused)

    made = contents(known)

    assert made
    assert [one.kind for one in made if name in texts(one) and one.kind != kinds.CONSENT] == []
    assert all(name not in one.heading for one in made)


def test_f39_the_act_on_access_and_the_report_name_nobody() -> None:
    for content in contents(EVERYTHING):
        if content.kind in {kinds.ACCESS, kinds.REGION_REPORT}:
            assert [person.name for person in PEOPLE if person.name in texts(content)] == []


def test_f41_a_replaced_mentor_is_named_by_an_order_on_changes_that_cites_the_first() -> None:
    new = replace(pair(2, PairState.APPROVED), code="П-9", mentee="У-1")
    ended = pair(1, PairState.ENDED, ended_on=date(2022, 11, 5))
    known = facts(pairs=(ended, new), papers=(paper(kinds.PAIRS, "П-1"),))

    (change,) = amendments(known)

    assert change.texts["номер изменяемого"] == "№\u00a045/2-р"
    assert change.texts["дата изменяемого"] == "26\u00a0октября 2022\u00a0г."
    assert change.tables[""][0].cells[:2] == ("Исключить пару П-1, вместо неё включить", "П-9")
    assert (change.pairs, change.ends, change.subject) == (("П-9",), ("П-1",), "Д-1")
    assert pairs_order(known) == ()
    assert ending(known) == ()


def test_f41_once_the_change_is_registered_nothing_is_left_to_draft() -> None:
    new = replace(pair(2), code="П-9", mentee="У-1")
    ended = pair(1, PairState.ENDED, ended_on=date(2022, 11, 5))
    first = paper(kinds.PAIRS, "П-1")
    second = paper(kinds.CHANGES, "П-9", key="Д-2", number="58/2-р", ends=("П-1",), amends="Д-1")
    known = facts(pairs=(ended, new), papers=(first, second))
    known = replace(known, signed_rows={"Д-2": {"П-9": digest_of(pair_decision(new, known))}})

    assert amendments(known) == ending(known) == pairs_order(known) == ()


def test_f41_a_name_corrected_after_registration_changes_its_row_by_a_new_order() -> None:
    known = facts(pairs=(pair(1),), papers=(paper(kinds.PAIRS, "П-1"),))
    signed = digest_of(pair_decision(pair(1), known))
    assert amendments(replace(known, signed_rows={"Д-1": {"П-1": signed}})) == ()

    (change,) = amendments(replace(known, signed_rows={"Д-1": {"П-1": "прежняя"}}))

    assert change.tables[""][0].cells[0] == "Строку пары П-1 изложить в новой редакции"
    assert change.ends == ()


def signed_as(content: Content, key: str, known: Facts) -> Facts:
    """What is known once a document of this content is registered under the key."""
    own = replace(paper(content.kind, *content.pairs, key=key), amends=content.subject)
    parts: Any = content.parts
    return replace(
        known,
        papers=(*known.papers, own),
        signed_rows={**known.signed_rows, key: parts["rows"]},
        signed_fields={**known.signed_fields, key: parts["fields"]},
    )


def appointed(known: Facts, **roles: str) -> Facts:
    settings = known.settings
    return replace(known, settings=replace(settings, responsible={**settings.responsible, **roles}))


def renamed(code: str, **said: str) -> dict[str, Person]:
    people = {person.code: person for person in PEOPLE}
    return {**people, code: replace(people[code], **said)}  # type: ignore[arg-type]  # only texts


def test_f41_a_corrected_class_asks_for_no_order_and_a_corrected_name_does() -> None:
    before = facts(pairs=(pair(1, PairState.APPROVED),))
    (order,) = pairs_order(before)
    after = signed_as(order, "Д-1", facts(pairs=(pair(1),)))
    assert amendments(after) == ()

    assert amendments(replace(after, people=renamed("У-1", school_class="7 «А»"))) == ()
    (change,) = amendments(replace(after, people=renamed("У-1", name="Зорина Алла Юлиановна")))
    assert "Зорина Алла Юлиановна" in change.tables[""][0].cells


def test_f41_another_end_of_the_period_changes_the_term_once_and_another_period_does_not() -> None:
    (order,) = pairs_order(facts(pairs=(pair(1, PairState.APPROVED),)))
    after = signed_as(order, "Д-1", facts(pairs=(pair(1),)))
    longer = replace(after, settings=replace(after.settings, period_end=date(2023, 1, 31)))

    (change,) = amendments(longer)

    assert [line.cells[0] for line in change.tables[""]] == [
        "Пункт 1, срок изложить: по 31\u00a0января 2023\u00a0г."
    ]
    assert amendments(signed_as(change, "Д-2", longer)) == ()
    over = replace(longer, pairs=(pair(1, PairState.COMPLETED),))
    next_year = replace(longer.settings, period_start=date(2023, 1, 9))
    assert amendments(over) == amendments(replace(longer, settings=next_year)) == ()


def test_f41_another_curator_group_or_deadline_amends_the_order_on_introduction_once() -> None:
    (order,) = introduction(facts())
    known = signed_as(order, "Д-1", facts())
    assert introduction_changes(known) == ()
    first, *others = known.roadmap.measures
    moved = replace(known.roadmap, measures=(replace(first, written_deadline="до 30.09.2022"), *others))
    settings = replace(known.settings, curator_name="Орлова Инна Павловна", place="г. Другой")
    changed = appointed(replace(known, roadmap=moved, settings=settings), deputy="Котов Лев Ильич")

    (amending,) = introduction_changes(changed)

    told = {line.cells[0]: line.cells[1] for line in amending.tables[""]}
    assert told.keys() == {
        "Пункт 3, куратор программы",
        "Приложение № 1, заместитель",
        "Приложение № 2, пункт 1",
    }
    assert told["Пункт 3, куратор программы"] == "Орлова\u00a0И.П."
    assert told["Приложение № 1, заместитель"].endswith("Котов Лев Ильич")
    assert "до 30.09.2022" in told["Приложение № 2, пункт 1"].replace("\u00a0", " ")
    assert (amending.kind, amending.subject) == (kinds.CHANGES, "Д-1")
    assert amending.texts["номер изменяемого"] == "№\u00a045/2-р"
    assert amending.texts["дата изменяемого"] == "26\u00a0октября 2022\u00a0г."
    registered = signed_as(amending, "Д-2", changed)
    assert introduction_changes(registered) == ()
    (back,) = introduction_changes(appointed(registered, deputy="Морозов Андрей Павлович"))
    assert [line.cells[0] for line in back.tables[""]] == ["Приложение № 1, заместитель"]


def test_f41_the_amending_order_on_introduction_fills_its_template() -> None:
    (order,) = introduction(facts())
    changed = appointed(signed_as(order, "Д-1", facts()), deputy="Котов Лев Ильич")
    (amending,) = [one for one in contents(changed) if one.kind == kinds.CHANGES]

    spec = templates()[amending.template]
    assert spec.fields <= set(amending.texts)
    assert [len(row) for table in spec.tables for row in amending.rows(spec)[table.name]] == [3, 4, 4]


@pytest.mark.parametrize(
    ("signatory", "acting"),
    [("Соколова Елена Викторовна", "действующей"), ("Соколов Егор Викторович", "действующего")],
)
def test_f39_the_agreement_says_who_acts_in_the_gender_of_the_signatory(signatory: str, acting: str) -> None:
    known = facts(partners=(Partner("ООО «Река»", state="переговоры"),))

    (made,) = agreements(replace(known, settings=replace(known.settings, signatory_name=signatory)))

    assert made.texts["действующий"] == acting


def test_f39_no_text_says_with_an_article_in_the_wrong_preposition() -> None:
    """«со статьёй»: before с and another consonant the preposition is «со»."""
    for content in contents(EVERYTHING):
        spec = (
            templates()[content.template]
            if content.template
            else next(one for one in templates().values() if one.kind == content.kind)
        )
        for block in spec.blocks:
            said = str(getattr(block, "text", ""))
            for name, text in content.texts.items():
                said = said.replace(f"{{{{{name}}}}}", text)
            assert not re.search(r"\bс стать", said), (content.kind, said)


def test_f39_the_report_takes_the_curators_judgement_and_leaves_the_rest_to_the_hand() -> None:
    found = Swot(
        (
            SwotLine("наставник/8", "наставник", "Рады участию", 9, 10, Side.STRENGTH),
            SwotLine("наставник/6", "наставник", "Встречи полезны", 2, 10, Side.WEAKNESS),
            SwotLine("ученик–ученик/6", "ученик–ученик", "Встречи полезны", 2, 10, Side.WEAKNESS),
        ),
        {},
    )
    rows = [
        ReadRow(1, "отзыв/1", {"verdict": "возможность", "text": "Слова ребёнка", "conclusion": ""}),
        ReadRow(
            5, "отзыв/3", {"verdict": "возможность", "text": "Ещё слова", "conclusion": "Больше времени"}
        ),
        ReadRow(2, "наставник/1", {"verdict": "угроза", "conclusion": "Наставники заняты в декабре"}),
        ReadRow(3, "отзыв/2", {"verdict": "угроза", "conclusion": "Мало занят Ильин Глеб"}),
        ReadRow(4, "наставник/8", {"verdict": "не включать"}),
    ]

    cells = swot_cells(found, rows, NameSpotter(person.name for person in PEOPLE))
    (report,) = region_report(replace(EVERYTHING, swot=cells))

    assert report.tables["оценка"][0].cells == (
        BY_HAND,
        "Наставники: встречи полезны — 20\u00a0% (10\u00a0ответов)",
        "Больше времени",
        "Наставники заняты в декабре",
    )


def test_f41_a_change_of_a_change_goes_into_the_first_order() -> None:
    new = replace(pair(2), code="П-9", mentee="У-1")
    second = paper(kinds.CHANGES, "П-9", key="Д-2", number="58/2-р", amends="Д-1")
    known = facts(pairs=(new,), papers=(paper(kinds.PAIRS, "П-1"), second))

    (change,) = amendments(replace(known, signed_rows={"Д-2": {"П-9": "прежняя"}}))

    assert change.texts["номер изменяемого"] == "№\u00a045/2-р"


def test_f41_a_pair_that_ends_without_a_replacement_gets_an_order_on_ending() -> None:
    over = pair(1, PairState.ENDED, ended_on=date(2022, 11, 5), end_reason="по просьбе семьи")
    known = facts(pairs=(over,), papers=(paper(kinds.PAIRS, "П-1"),))

    (order,) = ending(known)

    assert order.tables[""][0].cells == (
        "П-1",
        "№\u00a045/2-р от 26.10.2022",
        "Громова Вера Павловна",
        "Зорина Алла Юрьевна",
        "05.11.2022",
        "по просьбе семьи",
    )
    assert ending(replace(known, papers=(*known.papers, paper(kinds.ENDING, "П-1", key="Д-2")))) == ()
    assert ending(facts(pairs=(over,))) == ()


def test_f41_an_order_on_plans_typed_by_hand_covers_the_plans_made_by_its_date() -> None:
    known = facts(pairs=(pair(1), pair(2)), plans=(plan(1, date(2022, 11, 2)), plan(2, date(2022, 11, 9))))
    by_hand = paper(kinds.PLANS, key="", on=date(2022, 11, 5))

    (order,) = plans_order(replace(known, papers=(by_hand,)))

    assert order.pairs == ("П-2",)
    assert plans_order(known)[0].pairs == ("П-1", "П-2")
    assert plans_order(replace(known, papers=(replace(by_hand, number=""),)))[0].pairs == ("П-1", "П-2")


def test_f39_blanks_are_drafted_for_the_classes_asked_for_in_the_variant_of_the_age() -> None:
    asked = tuple(
        Consent(f"{code}/{ConsentKind.PROCESSING}/{signer}", code, ConsentKind.PROCESSING, signer)
        for code, signer in (
            ("У-1", Signer.REPRESENTATIVE),
            ("У-2", Signer.REPRESENTATIVE),
            ("У-2", Signer.TEENAGER),
        )
    )
    of_class = Wanted(consents=(False, frozenset({"7 «Б»"})))

    made = consent_blanks(facts(consents=asked, wanted=of_class))

    assert [(one.template, one.subject.split("/")[0]) for one in made] == [
        ("consent_representative", "У-2"),
        ("consent_teenager", "У-2"),
    ]
    assert consent_blanks(facts(consents=asked)) == ()
    signed = tuple(replace(one, signed_on=date(2022, 9, 20)) for one in asked)
    assert consent_blanks(facts(consents=signed, wanted=of_class)) == ()


def test_f39_an_agreement_is_drafted_for_a_partner_in_talks_and_not_for_one_who_signed_on_paper() -> None:
    partners = (Partner("ООО «Река»", state="переговоры"), Partner("АО «Провод»", state="подписано"))

    (one,) = agreements(facts(partners=partners))

    assert one.subject == "ООО «Река»"
    assert one.texts["подписант полностью род"] == "Соколовой Елены Викторовны"
    assert [
        each.subject
        for each in agreements(
            facts(partners=partners, drafted={kinds.AGREEMENT: frozenset({"АО «Провод»"})})
        )
    ] == ["ООО «Река»", "АО «Провод»"]


def test_f39_minutes_are_drafted_for_a_council_without_minutes_on_paper() -> None:
    held = Event("п", "педсовет", on=date(2022, 11, 7), topic="Итоги", attended=41, expected=45)

    (minutes,) = council(facts(events=(held,)))

    assert minutes.texts["явка"] == "41\u00a0человек из 45 (91,1\u00a0%; список прилагается)"
    written = paper(kinds.COUNCIL, key="", on=date(2022, 11, 9))
    assert council(facts(events=(held,), papers=(written,))) == ()
    earlier = replace(written, on=date(2022, 9, 30))
    assert len(council(facts(events=(held,), papers=(earlier,)))) == 1
    assert council(facts(events=(replace(held, on=date(2022, 11, 30)),))) == ()


def test_f15_the_digest_names_an_author_only_with_a_consent_to_publication() -> None:
    by = [
        Material("лучшая практика", author=author)
        for author in ("Громова В.П.", "рабочая группа", "Чужой П.П.")
    ]

    assert [public_author(one, facts()) for one in by] == ["—", "рабочая группа", "—"]
    allowed = facts(admitted_in_public=frozenset({"Н-1"}))
    assert public_author(by[0], allowed) == "Громова В.П."


def test_f39_results_are_drafted_in_the_last_month_of_the_period() -> None:
    made = {one.kind for one in contents(replace(EVERYTHING, as_of=date(2022, 11, 30)))}

    assert {kinds.DIGEST, kinds.REGION_REPORT}.isdisjoint(made)


def test_f41_a_registered_document_is_not_drafted_again_and_a_paper_one_not_at_all() -> None:
    signed = frozenset({(kinds.INTRODUCTION, ""), (kinds.AGREEMENT, "ООО «Река»")})
    on_paper = (*EVERYTHING.papers, paper(kinds.ACCESS, key=""))

    made = {one.kind for one in contents(replace(EVERYTHING, settled=signed, papers=on_paper))}

    assert {kinds.INTRODUCTION, kinds.AGREEMENT, kinds.ACCESS}.isdisjoint(made)
    assert kinds.DIGEST in made
