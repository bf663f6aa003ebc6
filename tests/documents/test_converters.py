"""Old Word documents that an installed program has to read: it reads them, and can do nothing else."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.confine import landlock_version
from hirelens_cli.documents.sandbox import Readers, Sandbox
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status

T = TypeVar("T")
HERE = Path(__file__).parent
LIMITS = replace(Limits(), cpu_seconds=1, wall_seconds=2)
spec = importlib.util.spec_from_file_location("word_files", HERE / "word_files.py")
assert spec
assert spec.loader
word_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(word_files)

LINES = ("Ada Example", "Work experience", "Senior engineer in Leeds, 2015 - 2020", "Skills", "Python, SQL, Caf\u00e9")
needs_landlock = pytest.mark.skipif(landlock_version() < 1, reason="no Landlock here")


def intact() -> bytes:
    data: bytes = word_files.word("\r".join(LINES) + "\r")
    return data


def damaged() -> bytes:
    """A DOC without the table of its pieces: our own reader gives it up, catdoc does without."""
    data = bytearray(intact())
    struct.pack_into("<I", data, 512 + 0x1A6, 0)
    return bytes(data)


def mail(*files: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@example.com", "jobs@example.com", "Application"
    message.set_content("Dear team,\nplease find my resume attached.\n")
    for file in files:
        message.add_attachment(file, maintype="application", subtype="msword", filename="resume.doc")
    return message.as_bytes()


def entry(data: bytes) -> tuple[str, str, bytes]:
    return sha256(data).hexdigest(), "name", data


def command(text: str) -> tuple[str, str, bytes]:
    """A document for a shell in the converter's place."""
    return entry(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + b"|" + text.encode())


def text_of(outcome: Outcome[Document]) -> str:
    return outcome.value.text if outcome.value else ""


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Make a program the only one there is, under a converter's name."""

    def install(name: str, program: str) -> None:
        found = shutil.which(program)
        if found is None:
            pytest.skip(f"{program} is not installed")
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / name).symlink_to(found)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    return install


@pytest.fixture
def no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def shell(only: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox whose converter is a shell."""
    only("catdoc", "sh")
    monkeypatch.syspath_prepend(str(HERE))
    with Sandbox(LIMITS, readers=Readers("mock_reader:read")) as sandbox:
        yield sandbox


@pytest.mark.slow
@needs_landlock
def test_a_converter_can_work_in_its_folder_and_nothing_else(shell: Sandbox) -> None:
    commands = [
        "echo converted",
        'echo text > "$HOME/file" && read -r line < "$HOME/file" && echo "$line"',
        'read -r line < /etc/passwd && echo "$line" || echo denied',
        'read -r line < /proc/$PPID/environ && echo "$line" || echo denied',
        "echo > /tmp/hirelens-test-file && echo written || echo denied",
        'set -- "$HOME"/../*; echo "$*"',
        "/bin/ls / || echo denied",
        'echo "$HOME"',
        "exit 3",
    ]
    items = [entry(b"first"), *map(command, commands), entry(b"last")]
    results = [outcome for _, outcome in shell.read_many(items)]
    texts = [text_of(outcome) for outcome in results]
    folder = Path(texts[8])
    assert texts[:8] == ["first", "converted", "text", "denied", "denied", "denied", f"{folder}/../*", "denied"]
    assert texts[9:] == ["catdoc could not read it", "last"]
    assert folder.name.startswith("hirelens-")
    assert not list(folder.iterdir())
    assert shell.usage.readers == 1 + 2 * len(commands)  # one finds out, one converts; the last begins as it ends
    shell.close()
    assert not folder.exists()


@pytest.mark.slow
def test_a_converter_that_works_on_or_waits_is_ended(shell: Sandbox, tmp_path: Path) -> None:
    commands = ["while :; do :; done", "kill -STOP $$", "echo after"]
    results = [outcome for _, outcome in shell.read_many([command(text) for text in commands])]
    assert "CPU time" in text_of(results[0])
    assert results[1].status is Status.TIMEOUT
    assert text_of(results[2]) == "after"
    assert not running(tmp_path / "bin" / "catdoc")


PARENT = """
import os, sys
sys.path.insert(0, {here!r})
from dataclasses import replace
from hirelens_cli.config import Limits
from hirelens_cli.documents.sandbox import Readers, Sandbox
sandbox = Sandbox(replace(Limits(), cpu_seconds=60), readers=Readers("mock_reader:read"))
list(sandbox.read_many([("a", "", b"a")]))
print(sandbox._readers._helper._process.pid, sandbox._readers._helper._folder, flush=True)
list(sandbox.read_many([("a", "", bytes.fromhex({document!r}))]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "helper"])
def test_no_converter_outlives_what_started_it(only: Callable[[str, str], None], tmp_path: Path, victim: str) -> None:
    only("catdoc", "sh")
    document = command(': > "$HOME/file"; while :; do :; done')[2].hex()
    script = PARENT.format(here=str(HERE), document=document)
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    helper, folder = parent.stdout.readline().split()
    try:
        assert wait_for(lambda: (Path(folder) / "file").exists() or list(Path(folder).glob("*/file")))
        (converter,) = running(tmp_path / "bin" / "catdoc")
        os.kill(parent.pid if victim == "parent" else int(helper), signal.SIGKILL)
        if victim == "helper":  # the next one starts the document again
            os.kill(parent.pid, signal.SIGTERM)
        assert wait_for(lambda: converter not in running(tmp_path / "bin" / "catdoc"))
        assert wait_for(lambda: not running(tmp_path / "bin" / "catdoc"))
        if victim == "parent":
            assert wait_for(lambda: not Path(folder).exists())
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)


def running(program: Path) -> list[int]:
    """Processes that were started by this path and have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            called = (place / "cmdline").read_bytes().split(b"\0")[0]
            state = (place / "stat").read_text().rpartition(") ")[2][0]
        except OSError:
            continue
        if called == str(program).encode() and state not in "ZX":
            found.append(int(place.name))
    return found


def wait_for(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.01)
    return condition()


@pytest.mark.usefixtures("no_program")
def test_our_own_reader_needs_no_program_in_a_message_either() -> None:
    with Sandbox(Limits()) as sandbox:
        results = [outcome for _, outcome in sandbox.read_many([entry(intact()), entry(mail(intact()))])]
        assert sandbox.usage.readers == 1
    assert [text_of(outcome) for outcome in results] == ["\n".join(LINES)] * 2


@pytest.mark.usefixtures("no_program")
def test_without_a_program_the_reason_names_what_to_install() -> None:
    with Sandbox(Limits()) as sandbox:
        results = [outcome for _, outcome in sandbox.read_many([entry(damaged()), entry(mail(damaged()))])]
    assert [outcome.status for outcome in results] == [Status.MALFORMED, Status.MALFORMED]
    assert all("catdoc" in outcome.issues[0].hint for outcome in results)
    assert results[1].issues[0].message.startswith("its attachment")


@pytest.mark.extras
@pytest.mark.parametrize("program", ["catdoc", "antiword"])
def test_an_installed_program_reads_a_document_in_the_sandbox(
    only: Callable[[str, str], None], program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(program, program)
    monkeypatch.syspath_prepend(str(HERE))
    with Sandbox(Limits(), readers=Readers("mock_reader:read")) as sandbox:
        ((_, outcome),) = sandbox.read_many([entry(intact())])
    assert text_of(outcome) == "\n".join(LINES)
    assert [issue.code for issue in outcome.issues] == ["converted"]


@pytest.mark.extras
def test_what_our_own_reader_gives_up_is_converted_alone_and_in_a_message(only: Callable[[str, str], None]) -> None:
    only("catdoc", "catdoc")
    neighbour = entry("\n".join(LINES).encode())
    items = [neighbour, entry(damaged()), entry(mail(damaged())), neighbour]
    with Sandbox(Limits()) as sandbox:
        results = [outcome for _, outcome in sandbox.read_many(items)]
        assert sandbox.usage.readers == 5
    assert [text_of(outcome) for outcome in results] == ["\n".join(LINES)] * 4
    assert ["converted" in [issue.code for issue in outcome.issues] for outcome in results] == [
        False,
        True,
        True,
        False,
    ]
