"""However files travel between three machines, in the end all of them show the same."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.sync.machine import PAPERS, Machine

MACHINES = 3
ROUNDS = 4
"""Times that every file reaches every machine; a machine whose file another one had cut may need
the second to hear of it, and the others the third to hear from it."""

machines = st.integers(0, MACHINES - 1)
papers = st.sampled_from(PAPERS[:2])
places = st.integers(0, 2**32)
flags = st.booleans()


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

    @rule(at=machines, paper=papers, read=flags, starred=flags, kept=st.text(max_size=3))
    def mark(self, at: int, paper: str, read: bool, starred: bool, kept: str) -> None:
        library = self.machines[at].library
        library.mark([paper], read=read, starred=starred, kept={paper: kept})

    @rule(at=machines, paper=papers, tag=st.sampled_from(["a", "b\u2028"]), value=flags)
    def tag(self, at: int, paper: str, tag: str, value: bool) -> None:
        self.machines[at].library.mark([paper], tags={tag: value})

    @rule(at=machines, paper=papers, text=st.text(max_size=4))
    def note(self, at: int, paper: str, text: str) -> None:
        if self.machines[at].library.mark([paper], note=text):
            self.written.add((paper, text))

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

    @rule(at=machines, which=places, place=places, bit=st.integers(0, 7))
    def flip(self, at: int, which: int, place: int, bit: int) -> None:
        """One bit of a copy turns, which no later copy of the file need mend."""
        file = self.file(at, which)
        if file is not None and (content := bytearray(file.read_bytes())):
            content[place % len(content)] ^= 1 << bit
            file.write_bytes(content)

    @rule(at=machines, which=places, end=places)
    def cut(self, at: int, which: int, end: int) -> None:
        """A machine's files lose their end, also the file that is written to next."""
        file = self.file(at, which)
        if file is not None:
            content = file.read_bytes()
            file.write_bytes(content[: end % (len(content) + 1)])

    @rule(at=machines, which=places)
    def delete(self, at: int, which: int) -> None:
        file = self.file(at, which)
        if file is not None:
            file.unlink()

    def file(self, at: int, which: int) -> Path | None:
        """Any file in the machine's folder."""
        files = sorted(self.machines[at].shared.rglob("*.jsonl"))
        return files[which % len(files)] if files else None

    def teardown(self) -> None:
        for _ in range(ROUNDS):
            self.exchange()
        states = [machine.state() for machine in self.machines]
        assert states == [states[0]] * MACHINES
        for machine in self.machines:
            assert machine.sync().written == 0
            for paper, text in self.written:
                assert text in machine.texts(paper)
            machine.library.rebuild()
            assert machine.state() == states[0]
            machine.library.close()
        self.directory.cleanup()

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


TestThreeMachines = ThreeMachines.TestCase
TestThreeMachines.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
