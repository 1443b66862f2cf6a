"""Names of authors, taken apart: people into their parts, organizations left whole."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tui.text.latex import to_unicode

_PARTICLE: Final = re.compile(
    "a[flv]|bint?|d|d[aeiou]|da[ls]|dalla|de[ilmnrs]|degli|dell[aeo]?|dos|[ei]|el|ibn|l[ae]|las"
    "|los|o[fp]|san|st|te[nr]?|und|van|v[ou]m|von|y|zu[mr]?|'t|d['’].*"
)
"""Words that begin a last name where they are written small."""
_CAPITAL_PARTICLE: Final = re.compile(
    r"Abu|Ben|D[aeiu]|Dal|Dell?a?|De[nr]|El|Le|St\.|Te[nr]|V[ao]n"
)
"""Words that belong to the last word of a name; some are given names further in front."""
_CONJUNCTION: Final = re.compile("[eiy]")
"""Words that join two last names, as in Ramón y Cajal."""
_VIETNAMESE: Final = re.compile(
    "B[uù]i|[DĐ][aặ]ng|Dinh|Do|Duong|Ho|Hoang|Huynh|Le|Ly|Mai|Ngo|Nguy[eễ]n|Ph[aạ]m|Phan|Tr[aầ]n"
    "|Truong|V[ouũ]"
)
"""Last names after which Van and Le are given names."""
_SUFFIX: Final = re.compile(r"[js]r\.?|i{2,3}|iv", re.IGNORECASE)
_NUMBER: Final = re.compile("I{2,3}|IV")
_ORGANIZATION: Final = re.compile(
    r"\b(?:team|labs?|laborator(?:y|ies)|groups?|inc|ltd|llc|gmbh|corp|corporation|company"
    r"|consortium|collaboration|project|university|institutes?|foundation|cent(?:er|re)|community"
    r"|initiative|alliance|association|committee|research|authors|contributors|society|network"
    r"|department|technolog(?:y|ies)|bytedance|deepmind|google|microsoft|nvidia|openai|tencent"
    r"|and|the)\b|(?-i:\b(?:AI|FAIR)\b)|[\d&/]",
    re.IGNORECASE,
)
"""Words and signs that stand in the names of no person."""
_FOOTNOTES: Final = " *∗†‡§¶"
"""Signs that tell of equal parts or of an address, and what may stand between them."""
_EAST_ASIAN: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts in which the last name comes first, often with no space after it."""


class Name(NamedTuple):
    """A person's name in its parts, or with ``family`` alone one that is not to be taken apart."""

    family: str
    given: str = ""
    particle: str = ""
    """What stands before the last name and is written small, such as ``van der``."""
    suffix: str = ""
    """``Jr.``, ``III``."""

    @property
    def is_whole(self) -> bool:
        """Whether it is that of an organization, or a single name."""
        return not self.given

    @property
    def last(self) -> str:
        """The particle and the last name."""
        return f"{self.particle} {self.family}" if self.particle else self.family


def parse_name(text: str) -> Name:
    """The parts of a name as the Hub writes it: given names first, or the last name and a comma.

    Whatever is no person's, has one word or is in an East Asian script is left whole, but for
    the signs of footnotes around it.
    """
    line = on_one_line(text)
    whole = line.strip(_FOOTNOTES) or line
    if _ORGANIZATION.search(whole) or _EAST_ASIAN.search(whole):
        return Name(whole)
    first, *rest = (part.strip() for part in whole.split(","))
    suffixes = [part for part in rest if _SUFFIX.fullmatch(part)]
    given = [part for part in rest if part not in suffixes]
    words = first.split()
    if not rest and _SUFFIX.fullmatch(words[-1] if words else "") and not _is_two_names(words):
        suffixes.append(words.pop())
    if len(given) > 1 or len(suffixes) > 1 or not all([first, *given]):
        return Name(whole)
    name = _last_first(words, given[0]) if given else _first_last(words)
    return name._replace(suffix="".join(suffixes)) if name else Name(whole)


def on_one_line(text: str) -> str:
    """``text`` with its TeX read, or as typed where nothing would be left to show."""
    return " ".join(to_unicode(text).split()) or " ".join(text.split())


def initials(given: str) -> str:
    """``Jean-Pierre W.`` as ``J.-P. W.``, without nicknames in quotes or brackets."""
    words = [word for word in given.split() if word[0].isalnum()]
    return " ".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words
    )


def _last_first(words: list[str], given: str) -> Name:
    small = 0
    while small < len(words) - 1 and _is_particle(words[small]):
        small += 1
    return Name(" ".join(words[small:]), given, " ".join(words[:small]))


def _first_last(words: list[str]) -> Name | None:
    """The name, None where it has no given name."""
    if len(words) < 2 or _is_particle(words[0]):
        return None
    start, family = _last_name(words)
    return Name(" ".join(words[family:]), " ".join(words[:start]), " ".join(words[start:family]))


def _last_name(words: list[str]) -> tuple[int, int]:
    """Where the particle begins and where the last name does; at the same word without one."""
    last = len(words) - 1
    for at in range(2, last):
        if _CONJUNCTION.fullmatch(words[at]):
            return at - 1, at - 1
    start = next((at for at in range(1, last) if _is_particle(words[at])), None)
    if start is not None:
        family = start
        while family < last and _is_particle(words[family]):
            family += 1
        while start > 1 and _CAPITAL_PARTICLE.fullmatch(words[start - 1]):
            start -= 1
        return start, family
    family = last
    if not _VIETNAMESE.fullmatch(words[last]):
        while family > 1 and _CAPITAL_PARTICLE.fullmatch(words[family - 1]):
            family -= 1
    return family, family


def _is_two_names(words: list[str]) -> bool:
    """Whether a given name and a last name that only looks like a suffix, as in Letian Jr."""
    return len(words) < 3 and not _NUMBER.fullmatch(words[-1])


def _is_particle(word: str) -> bool:
    return _PARTICLE.fullmatch(word) is not None
