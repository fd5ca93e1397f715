"""Words of names whose declension no spelling shows: settled forms, stress, words about which usage differs.

Small letters; a word belongs here only when a reference book or the word's own dictionary entry says so.
"""

from collections.abc import Mapping


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FIXED_SURNAMES = _set("дюма тома дега люка петипа золя бонч тер сен")
"""French surnames with the stress on their last vowel, and the first halves that never change."""

UNSETTLED_SURNAMES = _set("""
    мышь ночь рева хас литвин мордвин русин грузин осетин татарин дворянин хозяин мещанин господин
    крестьянин болгарин сербин турчин павлин рубин апельсин дельфин пингвин
    """)
"""Surnames about which the books disagree or say nothing."""

DECLINED_IN_IYA = _set("берия данелия гамсахурдия жордания")
"""Surnames in -ия that are declined in every reference book; usage about the others (Бжания) differs."""

NOUNS_IN_OVA_INA = _set("""
    калина малина смородина рябина осина бузина дубина жемчужина былина долина картина щетина перина
    паутина година скотина судьбина лещина голова сова корова дуброва подкова основа
    """)
"""Nouns that only look like women's surnames."""

FOREIGN_IN_OV_IN = _set("""
    дарвин чаплин кронин франклин мартин гершвин мерлин бюлов грин лин син мин шин цин чин
    """)
"""Foreign surnames whose end only looks like a Russian suffix: instrumental in -ом, women's unchanged."""

NOUNS_IN_YI = _set("""
    батый кий вий гений топчий палий василий дмитрий юрий прибой герой козодой зверобой покой разбой
    сухостой водопой застой
    """)
"""Surnames in -ый, -ий, -ой that are nouns: Прибоя, not «Прибого»."""

GERMAN_IN_IKH = _set("рерих эрлих фрейндлих дитрих генрих фридрих ульрих")
"""German surnames in -их: declined with men."""

DROPPING_SURNAMES = _set("""
    лев козел козёл орел орёл осел осёл котел котёл щегол дятел чехол узел пепел посол угол хребет пес
    пёс бобер бобёр ковер ковёр лоб шатер шатёр ветер заяц лед лёд лен лён мох ров рот сон день пень
    огонь уголь угорь ноготь коготь локоть деготь дёготь лапоть ломоть журавель рубель муравей репей
    ручей улей чирей горобей жеребей веребей костер костёр
    """)
"""Surnames made of a noun that loses a vowel: some families keep it, some do not."""

_ON_THE_END = _set("""
    ткач пугач рогач деркач толмач скрипач силач усач бородач корж стриж морж ёж еж ковш грач калач
    сыч чиж латыш
    """)
_ON_THE_STEM = _set("кац франц шварц шульц буш лукаш януш тадеуш мориц")
STRESS_OF_SURNAMES: Mapping[str, bool] = {
    **dict.fromkeys(_ON_THE_END, True),
    **dict.fromkeys(_ON_THE_STEM, False),
}
"""Whether a man's name after ж, ш, ч, щ, ц bears the stress on its ending: Ткачом, but Кацем."""

STRESS_OF_PATRONYMICS: Mapping[str, bool] = {
    **dict.fromkeys(_set("ильич кузьмич лукич фомич"), True),
    **dict.fromkeys(_set("никитич саввич силыч"), False),
}
"""The same for patronymics in -ич: Ильичом, but Никитичем."""

TOLD = (
    FOREIGN_IN_OV_IN
    | NOUNS_IN_YI
    | GERMAN_IN_IKH
    | NOUNS_IN_OVA_INA
    | frozenset(STRESS_OF_SURNAMES)
    | frozenset(STRESS_OF_PATRONYMICS)
)
"""Words whose declension or stress a dictionary tells: the library's own view of them does not count."""

DROPPING_MALE_NAMES = _set("лев павел петр пётр")
"""Given names that lose a vowel; their forms stand in `SETTLED`."""

FIXED_MALE_NAMES = _set("отто бруно карло гвидо лео леонардо антонио марио энцо")
"""Men's names in -о that never change."""

SHORT_NAMES = _set("саша миша паша гоша маша даша наташа глаша алёша алеша милица груша")
"""Names whose end after ж, ш, ч, щ, ц is not stressed."""

THIRD_DECLENSION_NAMES = _set("любовь нинель рашель юдифь эсфирь руфь рахиль агарь")
"""Women's names in -ь that are declined."""

NAMES_IN_IYA = _set("""
    мария наталия анастасия евгения юлия виктория ксения лидия валерия лилия клавдия софия таисия эмилия
    аксиния олимпия амалия розалия пелагия лия ия мия евдокия аврелия корнелия цецилия ливия сильвия
    гликерия лукерия калерия анисия стефания мелания евлалия агния ефросиния антония дария патриция
    камелия анфия глория аполлинария
    """)
"""Women's names in -ия with another stress than the last: Марии; with the last stressed it is Зульфие."""

SETTLED: Mapping[str, tuple[str, str, str, str, str]] = {
    "лев": ("льва", "льву", "льва", "львом", "льве"),
    "павел": ("павла", "павлу", "павла", "павлом", "павле"),
    "пётр": ("петра", "петру", "петра", "петром", "петре"),
    "петр": ("петра", "петру", "петра", "петром", "петре"),
    "илья": ("ильи", "илье", "илью", "ильёй", "илье"),
    "любовь": ("любови", "любови", "любовь", "любовью", "любови"),
}
"""Given names whose five oblique forms every dictionary lists."""

SETTLED_SURNAMES: Mapping[str, tuple[str, str, str, str, str]] = {
    "воробей": ("воробья", "воробью", "воробья", "воробьём", "воробье"),
    "соловей": ("соловья", "соловью", "соловья", "соловьём", "соловье"),
    "кравец": ("кравца", "кравцу", "кравца", "кравцом", "кравце"),
}
"""Men's surnames that keep the declension of their noun in every reference book."""

CERTAIN_NAMES = _set("""
    александр алексей анатолий андрей антон аркадий арсений артём артем богдан борис вадим валентин
    валерий василий виктор виталий владимир владислав вячеслав геннадий георгий герман глеб григорий
    даниил денис дмитрий евгений егор иван игорь илья кирилл константин лев леонид макар максим марк
    матвей михаил никита николай олег павел пётр петр роман руслан семён семен сергей станислав степан
    тимофей тимур фёдор федор юрий ярослав магомед ахмед мустафа муса иса александра алина алиса алла
    анастасия анна валентина валерия варвара василиса вера вероника виктория галина дарья диана ева
    евгения екатерина елена елизавета жанна зинаида зоя инна ирина карина кира ксения лариса лидия
    любовь людмила маргарита марина мария милана надежда наталья наталия нина оксана ольга полина раиса
    светлана софия софья таисия тамара татьяна ульяна юлия яна фатима патимат
    """)
"""Given names that nobody doubts belong to a man or to a woman."""
