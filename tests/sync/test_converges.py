"""However files travel between three machines, in the end all of them show the same."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests import often
from tests.sync.machine import PAPERS, Machine

MACHINES = 3
ROUNDS = 3
"""Times that every file reaches every machine; a machine whose file another one had cut may need
the second to hear of it, and the others the third to hear from it."""

machines = st.integers(0, MACHINES - 1)
papers = st.sampled_from(PAPERS[:2])
places = st.integers(0, 2**32)
flags = st.booleans()
damages = st.sampled_from(["cut", "bit", "gone"])
texts = st.text("ab\u2028\r\n", max_size=3)


class ThreeMachines(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = TemporaryDirectory()
        home = Path(self.directory.name)
        self.machines = [self.machine(home / str(number)) for number in range(MACHINES)]
        self.written: set[tuple[str, str]] = set()

    def machine(self, home: Path) -> Machine:
        (home / "shared").mkdir(parents=True)
        return Machine(home, home / "shared")

    @rule(at=machines, paper=papers, read=flags, starred=flags, kept=texts, shared=flags)
    def mark(self, at: int, paper: str, read: bool, starred: bool, kept: str, shared: bool) -> None:
        library = self.machines[at].library
        library.mark([paper], read=read, starred=starred, kept={paper: kept})
        if shared:
            self.machines[at].sync()

    @rule(at=machines, paper=papers, text=texts, shared=flags)
    def write(self, at: int, paper: str, text: str, shared: bool) -> None:
        """A note, and a tag with it."""
        self.machines[at].library.mark([paper], note=text, tags={f"#{text}": True})
        if text:
            self.written.add((paper, text))
        if shared:
            self.machines[at].sync()

    @rule(at=machines, redo=flags)
    def undo(self, at: int, redo: bool) -> None:
        library = self.machines[at].library
        _ = library.redo() if redo else library.undo()

    @rule(at=machines, again=flags)
    def sync(self, at: int, again: bool) -> None:
        """A second window shares at the same time, from a state that both keep."""
        machine = self.machines[at]
        machine.sync()
        if again:
            window = Machine(machine.home, machine.shared)
            window.sync()
            window.library.close()

    @rule(at=machines)
    def restart(self, at: int) -> None:
        self.machines[at].library.close()
        self.machines[at].restart()

    @rule(source=machines, to=machines, which=places, end=places, whole=flags, rename=flags)
    def copy(self, source: int, to: int, which: int, end: int, whole: bool, rename: bool) -> None:
        """One file travels: in time or late, whole or cut, under its name or another."""
        file = self.file(source, which)
        if file is None:
            return
        name = file.relative_to(self.machines[source].shared)
        copy = self.machines[to].shared / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = file.read_bytes()
        copy = copy.with_stem(f"{copy.stem} (copy {end % 3})") if rename else copy
        copy.write_bytes(content if whole else content[: end % (len(content) + 1)])

    @rule(at=machines, which=places, place=places, how=damages)
    def damage(self, at: int, which: int, place: int, how: str) -> None:
        """A file is cut, loses a bit, or is gone: one's own, or what another machine wrote."""
        file = self.file(at, which)
        if file is None:
            return
        content = bytearray(file.read_bytes())
        if how == "gone":
            file.unlink()
        elif how == "cut":
            file.write_bytes(content[: place % (len(content) + 1)])
        elif content:
            content[place % len(content)] ^= 1 << place % 8
            file.write_bytes(content)

    def file(self, at: int, which: int) -> Path | None:
        """Any file in the machine's folder."""
        files = sorted(self.machines[at].shared.rglob("*.jsonl"))
        return files[which % len(files)] if files else None

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            for machine in self.machines:
                machine.library.close()
            self.directory.cleanup()

    def settle(self) -> None:
        """All machines come to show the same, which follows from the changes, and keep it."""
        for _ in range(ROUNDS):
            self.exchange()
        states = [machine.state() for machine in self.machines]
        assert states == [states[0]] * MACHINES
        for machine in self.machines:
            assert machine.sync().written == 0
            assert all(text in machine.texts(paper) for paper, text in self.written)
            machine.library.rebuild()
            assert machine.state() == states[0]

    def exchange(self) -> None:
        """Everybody writes, and what each wrote reaches the others as it is."""
        for machine in self.machines:
            machine.sync()
        for source, target in permutations(self.machines, 2):
            for name in source.library.machines:
                own = source.shared / "daily-papers" / name
                if own.exists():
                    copy = target.shared / "daily-papers" / name
                    shutil.copytree(own, copy, dirs_exist_ok=True)
        for machine in self.machines:
            machine.sync()


@often.examples(quick=8, long=30)
def test_three_machines_show_the_same_in_the_end(examples: int) -> None:
    limits = settings(max_examples=examples, stateful_step_count=20)
    run_state_machine_as_test(ThreeMachines, settings=limits)
