"""Make the files that fuzzing begins with and the soak reads: each as it comes, damaged, and hostile ones.

Flow:  samples, `gouji synthesize`, `gouji mutate`, hostile files -> **a folder of files** -> fuzzing, soak

Nothing here is drawn by chance but by the seed: the same seed gives the same files.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from .hostile import hostile_files

ROOT = Path(__file__).parent.parent.parent
GOUJI = (sys.executable, "-m", "gouji.inference")

_CORPUS = ROOT / "samples" / "corpus"
_CONVERTED = "docx-to-odt,xlsx-to-xls,xlsx-to-fods"  # by LibreOffice, where it is installed
_DAMAGED = 3  # times that each file of a kind is damaged
_LARGEST_DAMAGED = 1 << 20  # bytes

Damage = Callable[[bytes, random.Random], bytes]


def make_material(folder: Path, mutants: int, fresh: int, kinds: int, seed: int) -> int:
    """Write the files below a folder, numbered; how many there are.

    Args:
        folder: Made here.
        mutants: Damaged pages of the sample corpus, as `gouji mutate` makes them.
        fresh: Pages of reports that are made up.
        kinds: Reports, each of them written as every kind of file.
        seed: Another seed, other files.
    """
    folder.mkdir(parents=True)
    rng = random.Random(seed)
    with TemporaryDirectory() as made:
        files = list(chain(_samples(), *_made(Path(made), mutants, fresh, kinds, seed)))
        whole = [(path.name, path.read_bytes()) for path in files]
    every = [*whole, *_damaged(whole, rng), *((name, make()) for name, make in hostile_files().items())]
    rng.shuffle(every)
    for number, (name, data) in enumerate(every):
        (folder / f"{number:05}-{name}").write_bytes(data)
    return len(every)


def _samples() -> list[Path]:
    return [path for path in sorted((ROOT / "samples").rglob("pages/*")) if path.is_file()]


def _made(folder: Path, mutants: int, fresh: int, kinds: int, seed: int) -> Iterator[list[Path]]:
    """What the program's own commands make."""
    known = ("--pages", str(_CORPUS / "pages"), "--truth", str(_CORPUS / "truth"))
    wanted = {
        "mutants": (mutants, ("mutate", *known, "--keep-all")),
        "fresh": (fresh, ("synthesize", "--pages")),
        "kinds": (kinds, ("synthesize", "--as", "all", "--pages")),
        "converted": (kinds if shutil.which("soffice") else 0, ("synthesize", "--as", _CONVERTED, "--pages")),
    }
    for name, (count, command) in wanted.items():
        if count:
            arguments = [*GOUJI, *command, str(folder / name), "--count", str(count), "--seed", str(seed)]
            subprocess.run(arguments, check=False, stdout=subprocess.DEVNULL)  # 1 where a mutant is misread
            yield sorted((folder / name / "pages").iterdir())


def _damaged(files: list[tuple[str, bytes]], rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Files that are no plain text, each damaged in some ways."""
    for name, data in files:
        if not name.endswith(".txt") and 0 < len(data) <= _LARGEST_DAMAGED:
            for damage in rng.choices((_cut, _flipped, _blotted, _lost, _doubled), k=_DAMAGED):
                yield f"{damage.__name__.strip('_')}-{name}", damage(data, rng)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _blotted(data: bytes, rng: random.Random) -> bytes:
    start, length = rng.randrange(len(data)), rng.randint(1, 600)
    return data[:start] + b"\0" * len(data[start : start + length]) + data[start + length :]


def _lost(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 600) :]


def _doubled(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[: start + rng.randint(1, 3000)] + data[start:]
