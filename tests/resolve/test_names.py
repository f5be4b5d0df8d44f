"""Names of one person in different spellings."""

import pytest

from graphbuild.resolve.names import same_person, spelling, surname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey", "Sergei"),
        ("Volodymyr", "Volodimir"),
        ("Zelensky", "Zelenskyy"),
        ("Mikhail", "Mihail"),
        ("José", "Jose"),
        ("O'Neil", "ONeil"),
    ],
)
def test_transliterations_share_a_spelling(one, other):
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("Marta", "Maria"), ("Bo", "Boris"), ("Orlov", "Orlova")])
def test_other_names_do_not(one, other):
    assert spelling(one) != spelling(other)


def test_a_surname_is_the_same_without_its_article():
    assert surname("al-Karim") == surname("Karim")
    assert surname("Albert") != surname("Bert")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Ruiz", "Ana Ruiz", True),
        ("A. Ruiz", "Ana Ruiz", True),
        ("Ana Maria Ruiz", "Ana Ruiz", True),
        ("Sergey Orlov", "Sergei Orlov", True),
        ("Omar al-Karim", "Omar Karim", True),
        ("Ana Ruiz", "Marta Ruiz", False),
        ("Ana Ruiz", "Ana Costa", False),
        ("Ruiz", "Ana Ruiz", False),
    ],
)
def test_full_names_of_one_person(one, other, same):
    assert same_person(tuple(one.split()), tuple(other.split())) is same
