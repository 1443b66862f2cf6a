"""How the list is sorted, which of its papers show, and whether days have headings."""

from __future__ import annotations

from typing import Final

from tui.order import Order
from tui.screens.edition import EditionScreen

NOT_KNOWN: Final = "Upvotes have to be seen twice, ten minutes apart, to tell what is rising."


class Arranging(EditionScreen):
    """Sorts the list; the cursor stays on its paper."""

    async def action_sort(self) -> None:
        from tui.screens.choice_strip import SortStrip

        await self.app.push_screen(SortStrip(), self._sort_chosen)

    async def _sort_chosen(self, command_id: str | None) -> None:
        if command_id:
            await self.run_action(command_id)

    def action_sort_hub(self) -> None:
        self._sort(Order.HUB)

    def action_sort_upvotes(self) -> None:
        self._sort(Order.UPVOTES)

    async def action_sort_rising(self) -> None:
        await self.feed.observe()
        is_known = self.edition and self.feed.rates(self.edition.papers)
        self._sort(Order.RISING, "" if is_known else NOT_KNOWN)

    def action_sort_comments(self) -> None:
        self._sort(Order.COMMENTS)

    def action_sort_arxiv(self) -> None:
        self._sort(Order.ARXIV_DATE)

    def action_sort_title(self) -> None:
        self._sort(Order.TITLE)

    def _sort(self, order: Order, told: str = "") -> None:
        self.order = order
        self.rearrange()
        self.tell(told or f"Sorted {order.value}.")

    def action_filter(self) -> None:
        """Show all papers, only the unread or only the starred ones, in turn."""
        self.choice = self.choice.next
        self.rearrange()
        if self.papers.rows:
            self.tell(f"Showing {self.choice.value}.")

    def action_merge(self) -> None:
        """Show a week, a month or what is starred in one piece, or day by day again."""
        self.is_merged = not self.is_merged
        if self.period.has_headings and self.papers.rows:
            self.rearrange()
            return
        shown = "in one piece" if self.is_merged else "day by day"
        self.tell(f"Weeks (2), months (3) and stars (5) are now shown {shown}.")
