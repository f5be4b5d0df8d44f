"""Offline means offline: under a tracer a build and an export open no socket and write only what they were told."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples" / "articles"
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
# open(at), and what makes or changes files by name; the path is the first text in quotes
CHANGES = (
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,rename,renameat,renameat2"
)
HARMLESS = re.compile(r"/dev/(?:null|tty|pts/\d+|shm/.*)|/proc/self/.*|pipe:.*")


def traced(folder: Path, *arguments: object) -> list[str]:
    """The system calls, of all processes, that touch a network or change files."""
    log = folder / "calls"
    environment = {
        **os.environ,
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("XDG_CACHE_HOME", None)
    command = ["strace", "-f", "-qq", "-s", "300", "-o", str(log), "-e", f"trace=%network,{CHANGES}"]
    program = [sys.executable, "-m", "graphbuild", *map(str, arguments)]
    done = subprocess.run([*command, *program], env=environment, cwd=folder / "work", capture_output=True, text=True)
    if "ptrace" in done.stderr and not log.exists():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    return log.read_text(errors="replace").splitlines()


def faults(calls: list[str], folder: Path) -> list[str]:
    return [call for call in calls if _talks(call) or _writes_elsewhere(call, folder)]


def _talks(call: str) -> bool:
    """Sockets between a process and its own children (AF_UNIX pairs) speak to nobody else."""
    return bool(re.search(r"^\d+ +(?:(?:connect|bind|sendto|sendmsg|listen)\(|socket\((?!AF_UNIX))", call))


def _writes_elsewhere(call: str, folder: Path) -> bool:
    name = re.match(r"\d+ +(\w+)\(", call)
    if name is None or (name[1].startswith("open") and not WRITING.search(call)) or " = -1 " in call:
        return False
    allowed = (str(folder / "work"), str(folder / "tmp"))
    paths = [os.path.normpath(folder / "work" / path) for path in re.findall(r'"([^"]*)"', call)]
    return not all(path.startswith(allowed) or HARMLESS.fullmatch(path) for path in paths)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_and_an_export_talk_to_nobody_and_write_what_they_were_told(tmp_path: Path, jobs: int) -> None:
    for name in ("home", "tmp", "work", "news"):
        (tmp_path / name).mkdir()
    for path in EXAMPLES.iterdir():
        shutil.copy(path, tmp_path / "news")
    for number in range(12):
        text = f"Norway hosted Iceland in Oslo on Friday. It was meeting number {number}."
        (tmp_path / "news" / f"{number}.txt").write_text(text)
    calls = traced(tmp_path, "build", "../news", "-o", "g.ttl", "-o", "g.html", "-o", "g.graphml", "--jobs", jobs)
    assert any("g.ttl" in call for call in calls), "the tracer sees what is written"
    assert faults(calls, tmp_path) == []
    assert faults(traced(tmp_path, "export", "g.ttl", "-o", "h.svg", "-o", "h.csv", "-o", "h.rdf"), tmp_path) == []
    assert list((tmp_path / "home").iterdir()) == []


def test_the_tracer_would_tell() -> None:
    folder = Path("/somewhere")
    bad = [
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("1.2.3.4")}, 16) = 0',
        "7 socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3",
        '7 openat(AT_FDCWD, "/home/me/.cache/id", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3',
        '7 mkdir("/home/me/.cache", 0777) = 0',
        '7 rename("/tmp/a", "/etc/b") = 0',
    ]
    good = [
        '7 openat(AT_FDCWD, "/usr/lib/x.so", O_RDONLY|O_CLOEXEC) = 3',
        '7 openat(AT_FDCWD, "g.ttl", O_WRONLY|O_CREAT) = 3',
        '7 openat(AT_FDCWD, "/somewhere/tmp/x", O_RDWR|O_CREAT) = 3',
        "7 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0",
        '7 mkdir("/usr/lib", 0777) = -1 EEXIST (File exists)',
    ]
    assert faults([*bad, *good], folder) == bad
