"""Names of authors and what they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.citing.names import Name, initials, on_one_line, parse_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ashish Vaswani", Name("Vaswani", "Ashish")),
        ("Ashish  N.  Vaswani ", Name("Vaswani", "Ashish N.")),
        ("Zheng liu", Name("liu", "Zheng")),
        ("Joost van de Weijer", Name("Weijer", "Joost", "van de")),
        ("Katharina von der Wense", Name("Wense", "Katharina", "von der")),
        ("Laurens Van der Maaten", Name("Maaten", "Laurens", "Van der")),
        ("van der Maaten, Laurens", Name("Maaten", "Laurens", "van der")),
        ("Jean-Pierre de La Fontaine", Name("La Fontaine", "Jean-Pierre", "de")),
        ("Cyprien de Masson d'Autume", Name("Masson d'Autume", "Cyprien", "de")),
        ("Gerard 't Hooft", Name("Hooft", "Gerard", "'t")),
        ("Blaise Aguera y Arcas", Name("Aguera y Arcas", "Blaise")),
        ("Carlo del Mundo", Name("Mundo", "Carlo", "del")),
        ("Marco dal Pozzo", Name("Pozzo", "Marco", "dal")),
        ("Anna dalla Costa", Name("Costa", "Anna", "dalla")),
        ("Luca dello Russo", Name("Russo", "Luca", "dello")),
        ("Piero degli Alberti", Name("Alberti", "Piero", "degli")),
        ("Lorenzo dei Medici", Name("Medici", "Lorenzo", "dei")),
        ("Maria delle Rose", Name("Rose", "Maria", "delle")),
        ("Marcus von dem Bussche", Name("Bussche", "Marcus", "von dem")),
        ("Allie Del Giorno", Name("Del Giorno", "Allie")),
        ("Marco Dal Pozzo", Name("Dal Pozzo", "Marco")),
        ("Luc Van Gool", Name("Van Gool", "Luc")),
        ("Kaoutar El Maghraoui", Name("El Maghraoui", "Kaoutar")),
        ("Chien Van Nguyen", Name("Nguyen", "Chien Van")),
        ("Chien Te Tung", Name("Tung", "Chien Te")),
        ("Di Wu", Name("Wu", "Di")),
        ("Namir Al-Nuaimi", Name("Al-Nuaimi", "Namir")),
        ("Ronald McClelland Jr.", Name("McClelland", "Ronald", suffix="Jr.")),
        ("Ronald McClelland, Jr", Name("McClelland", "Ronald", suffix="Jr")),
        ("McClelland, Jr., Ronald", Name("McClelland", "Ronald", suffix="Jr.")),
        ("John Smith III", Name("Smith", "John", suffix="III")),
        ("Letian Jr", Name("Jr", "Letian")),
        ("Vaswani, Ashish", Name("Vaswani", "Ashish")),
        ("Shuhan Song§", Name("Song", "Shuhan")),
        ("*Shuhan Song †‡", Name("Song", "Shuhan")),
        ("Ronald McClelland Jr.*", Name("McClelland", "Ronald", suffix="Jr.")),
        (r"Shuhan Song$^{\ast}$", Name("Song", "Shuhan")),
        (r"Kurt G{\"o}del", Name("Gödel", "Kurt")),
        ("Qingyao Ai", Name("Ai", "Qingyao")),
        ("Иван Петров", Name("Петров", "Иван")),
    ],
)
def test_people_have_parts(text: str, name: Name) -> None:
    assert parse_name(text) == name
    assert not parse_name(text).is_whole


@pytest.mark.parametrize(
    "text",
    [
        "NVIDIA", "Wang", "SIMA Team", "Team Seedream", "Gemma Team, Google", "Mind Lab",
        "Research and Development Team", "Kim, Inc.", "Xiaohongshu Inc", "actAVA AI",
        "Google DeepMind", "Meta FAIR", "Bytedance Seed",
        "The Movie Gen Authors", "Team Hunyuan3D", "Johnson & Johnson", "AT&T", "ETH/EPFL",
        "University of Heron", "張偉", "張 偉", "김철수", "やまだ 太郎", "de la Cruz",
        "a, b, c", "Jr, Jr", "Smith III", "Smith, Jr., Sr.", "and", r"\@", r"\,", "*",
    ],
)  # fmt: skip
def test_organizations_and_single_names_are_left_whole(text: str) -> None:
    assert parse_name(text) == Name(text)


@pytest.mark.parametrize(
    ("given_names", "short"),
    [
        ("Ashish", "A."),
        ("ashish n.", "A. N."),
        ("Jean-Pierre W.", "J.-P. W."),
        ('Linxi "Jim"', "L."),
        ("Łukasz (Lu)", "Ł."),
        ("-", ""),
    ],
)
def test_initials(given_names: str, short: str) -> None:
    assert initials(given_names) == short


@given(st.text() | st.text(" ,.-'aAbvandeJrII"))
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    name = parse_name(text)
    initials(name.given)
    whole = f"{name.given}{name.particle}{name.family}{name.suffix}"
    assert sorted(filter(str.isalnum, whole)) == sorted(filter(str.isalnum, on_one_line(text)))
