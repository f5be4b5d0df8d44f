"""Files that are written whole or not at all, compressed by suffix."""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any, BinaryIO, cast

from graphbuild.errors import OutputError

COMPRESSED = (".gz", ".zst")
PART = ".part"  # of a file that is being written
CHUNK = 1 << 16
UNPACKED, RATIO = 32 << 20, 100  # bytes that any packed file may unpack to, or else times its size


def write_files(files: list[tuple[Path, Callable[[BinaryIO], None]]]) -> None:
    """Write all files beside their targets, then put them in place; on any error the old files stay.

    Raises OutputError that names the file.
    """
    with ExitStack() as parts:
        written: list[tuple[Path, Path]] = []
        for path, write in files:
            with _naming(path):
                if path.exists() and not path.is_file():
                    _write_through(path, write)
                else:
                    written.append((_sibling(path, write, parts), path))
        for temporary, path in written:
            with _naming(path):
                os.replace(temporary, path.resolve())


def write_stdout(write: Callable[[BinaryIO], None]) -> None:
    """Write to standard output; a reader that stops early is no error."""
    try:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sibling(path: Path, write: Callable[[BinaryIO], None], parts: ExitStack) -> Path:
    """A finished temporary file in the folder of ``path``; gone and unlocked when ``parts`` end."""
    place = path.resolve()
    prefix = f".{place.name[:100]}."
    _sweep(place.parent, prefix)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=prefix, suffix=PART)
    raw = parts.enter_context(os.fdopen(handle, "wb"))
    temporary = Path(name)
    parts.callback(_remove, temporary)
    _lock(handle)
    with _packed(raw, path.suffix) as output:
        write(output)
    raw.flush()
    os.fsync(raw.fileno())
    temporary.chmod(place.stat().st_mode if place.exists() else 0o666 & ~_umask())
    if sys.platform == "win32":  # an open file cannot be renamed there
        raw.close()
    return temporary


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what a run left behind that was killed: parts that no living process has locked."""
    for left in folder.glob(f"{escape(prefix)}*{PART}"):
        with suppress(OSError), left.open("rb") as file:
            if re.fullmatch(r"[a-z0-9_]{8}", left.name[len(prefix) : -len(PART)]) and _lock(file.fileno()):
                _remove(left)


def _lock(handle: int) -> bool:
    """Whether the file is ours now; the lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows, which removes no file that is open
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_through(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Devices and pipes cannot be replaced."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    with path.open("wb") as raw, _packed(raw, path.suffix) as output:
        write(output)


@contextmanager
def _packed(raw: BinaryIO, suffix: str) -> Iterator[BinaryIO]:
    """Compress by suffix, without a time stamp, so that the same graph gives the same bytes."""
    if suffix == ".gz":
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as output:
            yield cast(BinaryIO, output)
    elif suffix == ".zst":
        with _zstandard().ZstdCompressor().stream_writer(raw, closefd=False) as output:
            yield cast(BinaryIO, output)
    else:
        yield raw


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The unpacked bytes of a file. Raises OSError, ValueError or EOFError if there are none or far too many."""
    if not path.is_file() and path.exists():
        raise OSError(errno.EINVAL, "no file but a folder, pipe or device")
    with path.open("rb") as raw:
        most = max(UNPACKED, RATIO * path.stat().st_size)
        if path.suffix == ".gz":
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield cast(BinaryIO, io.BufferedReader(_Unpacked(cast(BinaryIO, unpacked), most), CHUNK))
        elif path.suffix == ".zst":
            with _zstandard().ZstdDecompressor().stream_reader(raw) as reader:
                yield cast(BinaryIO, io.BufferedReader(_Unpacked(reader, most), CHUNK))
        else:
            yield raw


class _Unpacked(io.RawIOBase):
    """Unpacked bytes, as long as they are not far too many and the file is whole."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        self.source, self.left = source, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        faults: tuple[type[Exception], ...] = (zlib.error, *_faults())
        try:
            data = self.source.read(len(buffer))
        except faults as error:
            raise ValueError(f"damaged: {error}") from None
        self.left -= len(data)
        if self.left < 0:
            raise ValueError(f"unpacks to more than {RATIO} times its size; unpack it yourself if you trust it")
        buffer[: len(data)] = data
        return len(data)


def _faults() -> tuple[type[Exception], ...]:
    try:
        import zstandard
    except ImportError:
        return ()
    fault: type[Exception] = zstandard.ZstdError
    return (fault,)


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise OutputError(".zst files need the package zstandard: pip install zstandard, or write .gz") from None
    return zstandard


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise OutputError(f"{path}: folder {path.parent} does not exist; create it first") from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); the old file is untouched") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
