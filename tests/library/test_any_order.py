"""Any sequence of changes, undo, redo and restarts in two windows equals a plain model."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import often
from tests.library import raw
from tui.library import Library, Mark, Undone

PAPERS = [f"2608.{number:05}" for number in range(4)]

papers = st.lists(st.sampled_from(PAPERS), max_size=5)
wishes = st.sampled_from([None, True, False])
windows = st.sampled_from([0, 1])

Marks = dict[str, Mark]


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        self.path = Path(self.directory.name) / "library.db"
        self.windows = [Library.open(self.path), Library.open(self.path)]
        self.marks: Marks = dict.fromkeys(PAPERS, Mark())
        self.undoable: list[tuple[Undone, Marks]] = []
        self.redoable: list[tuple[Undone, Marks]] = []
        self.history = raw.history(self.path)

    @rule(window=windows, ids=papers, read=wishes, starred=wishes, label=st.text(max_size=3))
    def mark(
        self, window: int, ids: list[str], read: bool | None, starred: bool | None, label: str
    ) -> None:
        after = dict(self.marks)
        for paper in ids:
            if read is not None:
                after[paper] = after[paper]._replace(read=read)
            if starred is not None:
                after[paper] = after[paper]._replace(starred=starred)
        changed = sum(after[paper] != self.marks[paper] for paper in PAPERS)
        assert self.windows[window].mark(ids, read=read, starred=starred, label=label) == changed
        if changed:
            self.undoable.append((Undone(label), self.marks))
            self.redoable.clear()
            self.marks = after

    @rule(window=windows)
    def undo(self, window: int) -> None:
        undone, before = self.undoable.pop() if self.undoable else (None, self.marks)
        assert self.windows[window].undo() == undone
        if undone is not None:
            self.redoable.append((undone, self.marks))
            self.marks = before

    @rule(window=windows)
    def redo(self, window: int) -> None:
        redone, after = self.redoable.pop() if self.redoable else (None, self.marks)
        assert self.windows[window].redo() == redone
        if redone is not None:
            self.undoable.append((redone, self.marks))
            self.marks = after

    @rule(window=windows)
    def restart(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = Library.open(self.path)

    @rule()
    def restart_both(self) -> None:
        for window in self.windows:
            window.close()
        self.windows = [Library.open(self.path), Library.open(self.path)]

    @invariant()
    def both_windows_show_the_model(self) -> None:
        for window in self.windows:
            assert window.marks(PAPERS) == self.marks

    @invariant()
    def marks_follow_from_the_changes(self) -> None:
        assert raw.marks(self.path) == raw.replayed(self.path)

    @invariant()
    def history_only_grows(self) -> None:
        before, self.history = self.history, raw.history(self.path)
        for old, new in zip(before, self.history, strict=True):
            assert new[: len(old)] == old

    def teardown(self) -> None:
        for window in self.windows:
            window.close()
        self.directory.cleanup()


@often.examples(quick=8, long=25)
def test_whatever_is_changed_in_any_order_equals_the_model(examples: int) -> None:
    limits = settings(max_examples=examples, stateful_step_count=30)
    run_state_machine_as_test(AnyOrder, settings=limits)
