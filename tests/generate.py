"""Papers that nobody wrote, as the Hub sends them (API.md §2), the same for the same day."""

from __future__ import annotations

import textwrap
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

Item = dict[str, Any]
"""One element of a daily_papers answer."""

CROWDED: Final = (date(2026, 8, 14), 2)
"""The day and number of the generated paper with CROWD authors."""
CROWD: Final = 3303
"""The most authors that a real paper had (API.md §2b)."""
MOST_UPVOTES: Final = 665
NEW_YORK_OFFSET: Final = timedelta(hours=4)
LINE: Final = 80
"""Columns at which the Hub breaks abstracts."""

ITEM_ONLY: Final = frozenset(
    {"thumbnail", "numComments", "submittedBy", "isAuthorParticipating", "upvoted"}
)
SHARED: Final = frozenset({"title", "summary", "mediaUrls", "organization"})

SUBJECTS: Final = (
    "Sparse Routing", "Slow Thinking", "Video World Models", "Tiny Tokenizers", "Robot Hands",
    "$\\pi_0$ Policies", "Code Agents", "Long-Context Retrieval", "Speech without Text",
    "Σ-Delta Caches", "Protein Folding Transformers", "Diffusion on $\\mathbb{R}^{n}$",
    "Mixture-of-Experts", "Café-Scale Benchmarks", "Reward Models", "Nguyễn Attention",
)  # fmt: skip
VERBS: Final = (
    "Learning", "Rethinking", "Scaling", "Untangling", "Measuring", "Distilling", "Taming",
)  # fmt: skip
ENDINGS: Final = (
    "for under \\$200k", "at 10^{19} FLOPs", "with [Almost] No Labels", "in the Wild",
    "on a 100% Synthetic Diet", "from One Example", "through \\textsc{Patience}", "as Search",
    "under Distribution Shift, Budget Limits, Missing Labels and All the Other Troubles That a "
    "Real Deployment Brings to the People Who Run It",
)  # fmt: skip
SENTENCES: Final = (
    "We ask whether {a} still helps once {b} is given the same compute.",
    "Earlier work on {a} spends $5 a run, 40% of it on {b}, and reports a single seed.",
    "Our method, \\textbf{{Heron}}, trains {a} with a loss of $\\mathcal{{L}} = x^2 + \\lambda y$.",
    "It needs no {b}, \\ie nothing beyond 10^{{6}} unlabelled samples~and one GPU--day.",
    "On seven tasks {a} improves by 3.1 points, while {b} loses {{\\it vs.}} the baseline.",
    "We release weights, data and a harness at \\url{{https://example.org/heron_v2}}.",
    "An ablation shows that most of the gain in {a} comes from cleaner evaluation of {b}.",
    "Failures are reported as well: {b} collapses when inputs exceed 32k tokens.",
)
GIVEN: Final = ("Ana", "Björn", "Chidi", "Dilnoza", "Emeka", "Fatima", "Goran", "Hye-jin", "Íñigo")
FAMILY: Final = ("Adeyemi", "Berg", "Castillo", "D'Souza", "Ek", "Fournier", "Güneş", "Ha", "Ito")
ODD_NAMES: Final = ("Team Heron", "01. Labs", "Nguy\\~ên Thi Mai", "Ola Berg1")
ORGANIZATIONS: Final = (
    ("heron-lab", "Heron Lab"), ("bailu-yanjiusuo", "白鹭研究所"), ("sagi-kenkyu", "サギ研究室"),
    ("baekro", "백로 연구소"), ("ecole-du-lac", "École du Lac"),
)  # fmt: skip
USERS: Final = (
    ("wader", "Wader 🪶"), ("bailu", "白鹭"), ("ak-like", "A. K. 🤗"), ("plain-jane", "Jane Plain"),
    ("family", "The 👩‍👩‍👧 Team"),
)  # fmt: skip
KEYWORDS: Final = ("large language models", "retrieval", "GRPO", "KV cache", "world model", "RoPE")

HOSTILE: Final[list[str]] = [
    "\x1b[2J\x1b[Hwiped",
    "\x1b]0;a new title\x07titled",
    "\x1b]52;c;cm0gLXJmIH4=\x07copied",
    "\x1b]8;;https://example.org/trap\x1b\\link\x1b]8;;\x1b\\",
    "\x1bPq#0;2;0;0;0\x1b\\drawn",
    "\x9b31mC1 CSI\x9d0;C1 OSC\x9c",
    "nul\x00bell\x07back\x08\x7fdelete",
    "carriage\rreturn\x0bvertical\x0cfeed\x85next\u2028line\u2029end",
    "bidi \u202etxet desrever\u202c \u2066isolate\u2069 \u200fmark",
    "zero\u200bwidth\u200c\u200djoin\ufeffbom\u00adshy\u2060",
    "tags \U000e0041\U000e0042\U000e007f",
    "lone \ud800 surrogate \udfff",
    "[/]",
    "[/red]",
    "[@click=app.quit]x[/]",
    "[red]red[/red] [b]bold[/b] [link=https://example.org]y[/link]",
    "\\[escaped] \\\\ \\n \\x1b[31m \\u001b",
    "$variable {braces} %(percent)s %s {0}",
    "<script>alert(1)</script> &amp; &#27;[0m",
    "combining " + "z" + "\u0301" * 200,
    "\x1b_Gf=100;AAAA\x1b\\\x1b^private\x1b\\\x1bXstart\x1b\\strings of C0",
    "\x9fG\x9c\x9ep\x9c\x98s\x9c\x90q\x9cstrings of C1",
    "\x1b]4;1;#ff0000\x07\x1b]11;#ff0000\x1b\\\x1b]104\x07"
    "\x1b[5 q\x1b[?25h\x1b[?1049lcolours and cursor",
    "\x1bc\x1b(0\x1b#8\x1b[3greset, then cut off \x1b[31",
    "cut off \x1b]0;a new title",
    "non\ufffe\ufdd0characters, \u200djoiners\u200c",
]
"""Strings that no terminal, markup parser or formatter may act on."""


def make_item(number: int, day: date, **overrides: Any) -> Item:
    """The paper ``number`` (0..999) of ``day`` with wire keys replaced, or left out for None.

    A key goes where the Hub puts it: ``numComments`` on the item, ``title`` on item and paper,
    anything else on the paper.
    """
    random = Random(f"{day} {number}")
    paper = _paper(random, number, day)
    item: Item = {
        "paper": paper,
        "publishedAt": _stamp(datetime.fromisoformat(paper["publishedAt"]) - NEW_YORK_OFFSET),
        "thumbnail": f"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/"
        f"{paper['id']}.png",
        "numComments": random.choice((0, 1, 2, 3, 17, 143)),
        "isAuthorParticipating": random.random() < 0.2,
    }
    if random.random() < 0.98:
        item["submittedBy"] = _submitter(random)
    item |= {key: paper[key] for key in SHARED if key in paper}
    for key, value in overrides.items():
        _replace(item, key, value)
    return item


def make_day(day: date, count: int | None = None) -> list[Item]:
    """The papers of ``day`` in feed order; 1 to 50 unless ``count`` says, none on a weekend."""
    if count is None:
        count = 0 if day.weekday() >= 5 else Random(f"count {day}").randint(1, 50)
    return [make_item(number, day) for number in range(count)]


def make_days(first: date, last: date) -> dict[date, list[Item]]:
    """The papers of every weekday from ``first`` to ``last``."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: make_day(day) for day in days if day.weekday() < 5}


def make_authors(count: int, random: Random | None = None) -> list[Item]:
    """``count`` authors, some hidden, some with a claimed account."""
    random = random or Random(count)
    return [_author(random) for _ in range(count)]


def hostile_day(day: date) -> list[Item]:
    """A paper for each hostile string, which stands in every text field but the id."""
    return [_hostile_item(number, day, text) for number, text in enumerate(HOSTILE)]


def _paper(random: Random, number: int, day: date) -> Item:
    authors = CROWD if (day, number) == CROWDED else random.choice((1, 2, 5, 7, 7, 11, 40))
    published = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(
        days=random.choice((-1, 0, 1, 1, 1, 2, 7))
    )
    paper: Item = {
        "id": f"{day:%y%m.%d}{number:03d}",
        "authors": make_authors(authors, random),
        "publishedAt": _stamp(published),
        "submittedOnDailyAt": f"{day}T00:00:00.000Z",
        "title": _title(random),
        "submittedOnDailyBy": _user(random),
        "summary": _abstract(random),
        "upvotes": int(MOST_UPVOTES * random.random() ** 4),
        "discussionId": _hex(random),
    }
    return paper | _optional(random, paper["id"])


def _optional(random: Random, paper_id: str) -> Item:
    """The keys that only some papers have, about as often as on the Hub (API.md §2b)."""
    space = " " if random.random() < 0.05 else ""
    broken = "\n" if random.random() < 0.05 else ""
    name, fullname = random.choice(ORGANIZATIONS)
    page, repository = f"https://heron.example/{paper_id}", f"heron/{paper_id}"
    choices = (
        (0.22, {"mediaUrls": [f"https://cdn-uploads.huggingface.co/{_hex(random)}.mp4"]}),
        (0.50, {"projectPage": f"{space}{page}"}),
        (0.59, {"githubRepo": f"https://github.com/{broken}{repository}"}),
        (0.58, {"githubStars": int(91_981 * random.random() ** 8)}),
        (0.69, {"ai_summary": f"A summary by a model of {random.choice(SUBJECTS)}."}),
        (0.62, {"ai_summary_model": "heron/Summarizer-7B"}),
        (0.69, {"ai_keywords": random.sample(KEYWORDS, random.randint(1, len(KEYWORDS)))}),
        (0.64, {"organization": {"_id": _hex(random), "name": name, "fullname": fullname}}),
        (0.02, {"withdrawnAt": "2026-08-01T00:00:00.000Z"}),
    )
    return {
        key: value for share, keys in choices if random.random() < share
        for key, value in keys.items()
    }  # fmt: skip


def _title(random: Random) -> str:
    first, second = random.sample(SUBJECTS, 2)
    title = f"{random.choice(VERBS)} {first} {random.choice(ENDINGS)}"
    if random.random() < 0.5:
        title += f":\n  Lessons from {second}"
    return title


def _abstract(random: Random) -> str:
    sentences = random.sample(SENTENCES, random.randint(3, len(SENTENCES)))
    text = " ".join(
        sentence.format(a=random.choice(SUBJECTS), b=random.choice(SUBJECTS))
        for sentence in sentences
    )
    return text if random.random() < 0.5 else textwrap.fill(text, LINE, break_long_words=False)


def _author(random: Random) -> Item:
    name = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
    author: Item = {"_id": _hex(random), "name": name, "hidden": random.random() < 0.03}
    if random.random() < 0.02:
        author["name"] = random.choice(ODD_NAMES)
    if random.random() < 0.15:
        author |= {"user": _user(random), "status": "claimed_verified"}
    return author


def _user(random: Random) -> Item:
    """An account as it stands within a paper: the login is under ``user`` and ``name``."""
    login, fullname = random.choice(USERS)
    return {
        "_id": _hex(random), "avatarUrl": f"/avatars/{_hex(random)}.svg", "isPro": False,
        "fullname": fullname, "user": login, "type": "user", "name": login,
    }  # fmt: skip


def _submitter(random: Random) -> Item:
    """An account as it stands on an item: the login is under ``name`` alone."""
    user = _user(random)
    del user["user"]
    return user | {"isHf": False, "isHfAdmin": False, "isMod": False, "isUserFollowing": False}


def _hostile_item(number: int, day: date, text: str) -> Item:
    author = {"name": text, "hidden": False, "user": {"user": text, "name": text, "fullname": text}}
    person = {"user": text, "name": text, "fullname": text, "type": "user"}
    return make_item(
        number, day, title=text, summary=f"{text}\n{text}", authors=[author, author],
        submittedBy=person, submittedOnDailyBy=person,
        organization={"name": text, "fullname": text}, ai_summary=text, ai_summary_model=text,
        ai_keywords=[text, text], projectPage=f"https://example.org/{text}",
        githubRepo=f"https://github.com/{text}", githubRepoAddedBy=text,
        mediaUrls=[f"https://example.org/{text}"], thumbnail=text, discussionId=text,
    )  # fmt: skip


def _replace(item: Item, key: str, value: Any) -> None:
    places = [item] if key in ITEM_ONLY else [item["paper"]]
    if key in SHARED:
        places.append(item)
    for place in places:
        if value is None:
            place.pop(key, None)
        else:
            place[key] = value


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def _hex(random: Random) -> str:
    return f"{random.getrandbits(96):024x}"
