"""The Hub's answers over a mapping of days to papers (API.md §1, §3, §4, §5)."""

from __future__ import annotations

from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from tests.hubserver import quota
from tests.hubserver.query import DailyQuery, Rejected, daily_query, search_query
from tests.hubserver.wire import Answer, Request, error_answer, html_answer, json_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from tests.generate import Item

TRENDING: Final = 200
"""Papers in the trending ranking."""
UNKNOWN_PAPER: Final = (
    "Paper not found. For an arXiv paper to appear on Hugging Face, its arxiv.org URL needs to be "
    "mentioned in at least one model, dataset or Space's README.md.\n\nIf this paper exists, cite "
    "https://arxiv.org/abs/{id} in any of your repos' README.md for the paper to have its own "
    "page here."
)
BAD_TOKEN: Final = "Invalid credentials in Authorization header"
LINKED: Final = ("Models", "Datasets", "Spaces")


class HubApi:
    """Answers requests; ``days`` and ``today`` may change between them."""

    def __init__(
        self,
        days: Mapping[date, list[Item]],
        today: date,
        *,
        token: str | None,
        limits: Mapping[str, int],
        clock: Callable[[], float],
        relative_links: bool,
    ) -> None:
        self.days = days
        self.today = today
        self._token = token
        self._anonymous = quota.Quota(quota.ANONYMOUS | dict(limits), clock)
        self._known = quota.Quota(quota.WITH_TOKEN | dict(limits), clock)
        self._relative_links = relative_links

    def answer(self, request: Request) -> Answer:
        """The answer that the Hub owes to ``request``, rate limit and all."""
        given = request.headers.get("authorization")
        trusted = given is not None and given == f"Bearer {self._token}"
        bucket = quota.bucket_of(request.path)
        spent = (self._known if trusted else self._anonymous).spend(bucket)
        if spent.refused:
            answer = error_answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests")
        elif given is not None and not trusted:
            answer = error_answer(HTTPStatus.UNAUTHORIZED, BAD_TOKEN)
            answer = answer.having(X_Error_Message=BAD_TOKEN)
        else:
            answer = self._route(request)
        return Answer(answer.status, answer.body, answer.headers | spent.headers)

    def _route(self, request: Request) -> Answer:
        if request.method != "GET":
            return error_answer(HTTPStatus.METHOD_NOT_ALLOWED, "Method not allowed")
        try:
            if request.path == "/api/daily_papers":
                return self._daily(request)
            if request.path == "/api/papers/search":
                return self._search(request)
        except Rejected as refusal:
            return error_answer(HTTPStatus.BAD_REQUEST, str(refusal))
        if request.path.startswith("/api/papers/"):
            return self._paper(request.path.removeprefix("/api/papers/"))
        return html_answer(HTTPStatus.NOT_FOUND, "404")

    def _daily(self, request: Request) -> Answer:
        query = daily_query(request.query, self.today)
        items = self._listed(query)
        first = query.page * query.limit
        page = items[first : first + query.limit]
        if query.week or query.month:
            page = by_upvotes(page)
        answer = json_answer(page)
        if first + query.limit < len(items):
            answer = answer.having(Link=f'<{self._next(request, query)}>; rel="next"')
        return answer

    def _listed(self, query: DailyQuery) -> list[Item]:
        """Everything that the query names, in the order in which it is cut into pages."""
        if query.sort == "trending":
            return self._trending()
        if query.day is not None:
            items = by_upvotes(self.days.get(query.day, []))
        else:
            items = list(self._newest_first(query))
        return [item for item in items if query.submitter in (None, _submitter(item))]

    def _newest_first(self, query: DailyQuery) -> Iterator[Item]:
        for day in sorted(self.days, reverse=True):
            if _covers(query, day) and day <= self.today:
                yield from self.days[day]

    def _trending(self) -> list[Item]:
        """A ranking that no field explains, old papers among new ones."""
        recent = islice(self._newest_first(_EVERYTHING), TRENDING)
        return sorted(recent, key=lambda item: str(_part(item, "paper").get("id"))[::-1])

    def _next(self, request: Request, query: DailyQuery) -> str:
        target = f"{request.path}?{urlencode(request.query | {'p': str(query.page + 1)})}"
        host = request.headers.get("host", "")
        return target if self._relative_links else f"http://{host}{target}"

    def _paper(self, paper_id: str) -> Answer:
        """One paper, without the wrapper that lists put around it (API.md §3)."""
        for item in self._newest_first(_EVERYTHING):
            if _part(item, "paper").get("id") == paper_id:
                linked: Item = {f"linked{kind}": [] for kind in LINKED}
                totals = {f"numTotal{kind}": 0 for kind in LINKED}
                return json_answer(item["paper"] | linked | totals)
        return error_answer(HTTPStatus.NOT_FOUND, UNKNOWN_PAPER.format(id=paper_id))

    def _search(self, request: Request) -> Answer:
        question, limit = search_query(request.query)
        words = question.lower().split()
        found = [item for item in self._newest_first(_EVERYTHING) if _mentions(item, words)]
        found.sort(key=lambda item: not _in_title(item, words))
        return json_answer([_as_found(item, words) for item in found[:limit]])


def by_upvotes(items: Iterable[Item]) -> list[Item]:
    """The papers with the most upvotes first, in feed order among equals."""
    return sorted(items, key=lambda item: -_upvotes(item))


_EVERYTHING: Final = DailyQuery(0, 100, "publishedAt", None, None, None, None)


def _part(value: Any, key: str) -> dict[str, Any]:
    """The object under ``key``, empty where a test has put something else."""
    part = value.get(key) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _upvotes(item: Item) -> int:
    upvotes = _part(item, "paper").get("upvotes")
    return upvotes if isinstance(upvotes, int) else 0


def _submitter(item: Item) -> Any:
    return _part(item, "submittedBy").get("name")


def _covers(query: DailyQuery, day: date) -> bool:
    year, week, _ = day.isocalendar()
    return query.week in (None, f"{year:04}-W{week:02}") and query.month in (None, f"{day:%Y-%m}")


def _in_title(item: Item, words: list[str]) -> bool:
    return all(word in str(item["title"]).lower() for word in words)


def _mentions(item: Item, words: list[str]) -> bool:
    authors = " ".join(str(author["name"]) for author in item["paper"]["authors"])
    text = f"{item['title']} {item['summary']} {authors}".lower()
    return all(word in text for word in words)


def _as_found(item: Item, words: list[str]) -> Item:
    """A search result: no submitter, no day, and the title in highlighted pieces (API.md §3)."""
    paper = {key: value for key, value in item["paper"].items() if "submittedOnDaily" not in key}
    kept = {key: value for key, value in item.items() if key != "submittedBy"}
    return kept | {
        "paper": paper,
        "upvoted": False,
        "highlightedTitle": [_piece(word, words) for word in str(item["title"]).split(" ")],
        "highlightedSummary": [{"type": "text", "text": item["summary"]}],
    }


def _piece(word: str, words: list[str]) -> dict[str, str]:
    return {"type": "highlight" if word.lower() in words else "text", "text": f"{word} "}
