"""Three libraries come to the same state whatever happens to them and in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests import often
from tests.library import raw
from tui.library import Change, Library

PAPERS = ["2608.00001", "2608.00002"]
TAGS = ["x", "ü"]
MACHINES = range(3)
SKEWS = [timedelta(0), timedelta(days=3), timedelta(days=-4000)]
"""How wrong the clock of each machine is."""

machines = st.sampled_from(MACHINES)
papers = st.lists(st.sampled_from(PAPERS), min_size=1, max_size=2)
wishes = st.sampled_from([None, True, False])
tags = st.dictionaries(st.sampled_from(TAGS), st.booleans(), max_size=2)


class AnyMerging(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        self.time = datetime(2026, 8, 21, tzinfo=UTC)
        self.libraries = [self.opened(machine) for machine in MACHINES]
        self.texts: dict[str, set[str]] = {paper: set() for paper in PAPERS}
        """Every text that a note was ever given."""

    def path(self, machine: int) -> Path:
        return Path(self.directory.name) / f"{machine}.db"

    def opened(self, machine: int) -> Library:
        return Library.open(self.path(machine), now=lambda: self.time + SKEWS[machine])

    @rule(machine=machines, ids=papers, read=wishes, starred=wishes, tags=tags)
    def mark(
        self,
        machine: int,
        ids: list[str],
        read: bool | None,
        starred: bool | None,
        tags: dict[str, bool],
    ) -> None:
        library = self.libraries[machine]
        kept = {paper: f"{paper} kept by {machine}" for paper in ids}
        library.mark(ids, read=read, starred=starred, tags=tags, kept=kept)
        for mark in (library.marks(ids)[paper] for paper in ids):
            assert mark.read == read or read is None
            assert mark.starred == starred or starred is None
            assert {tag: tag in mark.tags for tag in tags} == tags

    @rule(machine=machines, paper=st.sampled_from(PAPERS), text=st.text(max_size=3))
    def write(self, machine: int, paper: str, text: str) -> None:
        self.libraries[machine].mark([paper], note=text)
        assert self.libraries[machine].note(paper) == text
        self.texts[paper].add(text)

    @rule(machine=machines, paper=st.sampled_from(PAPERS), source=machines)
    def edit_while_changes_come(self, machine: int, paper: str, source: int) -> None:
        note = self.libraries[machine].note_to_edit(paper)
        self.libraries[machine].merge(self.libraries[source].changes())
        text = f"{note.text}+"
        self.libraries[machine].mark([paper], note=text, over=note.versions)
        assert text in self.libraries[machine].note(paper)
        self.texts[paper].add(text)

    @rule(machine=machines, again=st.booleans())
    def undo(self, machine: int, again: bool) -> None:
        """Take back or do again, which leaves what other machines wrote last."""
        library = self.libraries[machine]
        foreign = [self.foreign_versions(library, paper) for paper in PAPERS]
        _ = library.redo() if again else library.undo()
        for paper, before in zip(PAPERS, foreign, strict=True):
            assert before <= self.foreign_versions(library, paper)

    def foreign_versions(self, library: Library, paper: str) -> set[str]:
        """The versions that the note consists of and that were written on other machines."""
        versions = library.note_to_edit(paper).versions
        return {each for each in versions if each.partition(":")[0] not in library.machines}

    @rule(machine=machines)
    def restart(self, machine: int) -> None:
        self.libraries[machine].close()
        self.libraries[machine] = self.opened(machine)

    @rule(hours=st.integers(0, 48))
    def wait(self, hours: int) -> None:
        self.time += timedelta(hours=hours)

    @rule(source=machines, receiver=machines, data=st.data())
    def deliver_some(self, source: int, receiver: int, data: st.DataObject) -> None:
        """Some changes arrive, in any order, some of them twice."""
        changes = list(self.libraries[source].changes())
        if changes:
            arriving = data.draw(st.lists(st.sampled_from(changes), max_size=10))
            self.libraries[receiver].merge(arriving)

    @rule()
    def deliver_all(self) -> None:
        for source, receiver in permutations(self.libraries, 2):
            receiver.merge(source.changes())
        first, *others = self.libraries
        changes = list(first.changes())
        for other in others:
            assert list(other.changes()) == changes
            assert other.marks(PAPERS) == first.marks(PAPERS)
            assert other.tags() == first.tags()
            assert other.starred() == first.starred()
            assert other.notes(PAPERS) == first.notes(PAPERS)
        for paper in PAPERS:
            self.assert_no_text_is_lost(paper, first, changes)

    def assert_no_text_is_lost(self, paper: str, library: Library, changes: list[Change]) -> None:
        versions = [each for each in changes if (each.paper, each.field) == (paper, "note")]
        assert self.texts[paper] - {""} <= {each.value for each in versions}
        written_over = {parent for each in versions for parent in each.parents}
        for each in versions:
            if f"{each.machine}:{each.number}" not in written_over:
                assert str(each.value) in library.note(paper)

    @rule()
    def what_is_current_follows_from_the_changes(self) -> None:
        for machine, library in enumerate(self.libraries):
            path = self.path(machine)
            assert raw.marks(path) == raw.replayed(path)
            before = raw.derived(path)
            library.rebuild()
            assert raw.derived(path) == before

    def teardown(self) -> None:
        self.deliver_all()
        self.what_is_current_follows_from_the_changes()
        for library in self.libraries:
            library.close()
        self.directory.cleanup()


@often.examples(quick=5, long=15)
def test_whatever_is_merged_in_any_order_equals_the_model(examples: int) -> None:
    limits = settings(max_examples=examples, stateful_step_count=25)
    run_state_machine_as_test(AnyMerging, settings=limits)
