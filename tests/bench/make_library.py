#!/usr/bin/env python3
"""Draws pieces of many styles with Muse, keeps those that are its own, and makes the phrase library that ships.

    tests/bench/make_library.py CHAINSONG_CLI OUT.library WORK_DIR [PIECES_A_STYLE]

Kept is a piece none of whose voices shares a run of twelve notes or more with the training corpus, or more than 5 % of its
stretches of nine notes, and in which every voice sings: at least one note a bar. Same weights, same library.
"""
import csv
import json
import pathlib
import subprocess
import sys

cli, library, work = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
count = int(sys.argv[4]) if len(sys.argv) > 4 else 10
MOST_RUN, MOST_REUSED, BARS = 11, 0.05, 16
STYLES = {
    "reel": "irish; dance", "jig": "irish; dance", "slip jig": "irish; dance", "hornpipe": "dance", "polka": "dance", "strathspey": "scottish; dance",
    "waltz": "dance", "air": "folk; slow", "march": "dance", "mazurka": "polish; dance", "polonaise": "polish; dance", "minuet": "classical; dance",
    "chorale": "baroque; sacred", "hymn": "sacred", "lullaby": "calm; gentle", "nocturne": "romantic; calm", "prelude": "baroque", "etude": "romantic",
    "lied": "romantic; song", "string quartet": "classical", "sonata": "classical", "ragtime": "jazz; lively", "jazz": "jazz standard", "folk": "traditional",
    "fugue": "baroque", "sarabande": "baroque; slow", "gigue": "baroque; lively", "rondo": "classical; lively", "song": "song", "scherzo": "romantic; lively",
}


def run(*arguments, **options):
    return subprocess.run([cli, *map(str, arguments)], capture_output=True, text=True, check=True, **options).stdout


def is_own(path):
    (piece,) = json.loads(run("inspect", path, "--originality", "--json"))["pieces"]
    voices = [voice for voice in piece["voices"] if "training" in voice]
    return bool(voices) and all(
        voice["training"]["longest_run"] <= MOST_RUN and voice["training"]["reused"] <= MOST_REUSED and voice["notes"] >= BARS for voice in voices)


folder = work / "muse"
folder.mkdir(parents=True, exist_ok=True)
rows, drawn = [], 0
for style, words in STYLES.items():
    for number in range(1, count + 1):
        path = folder / f"{style.replace(' ', '-')}-{number}.mid"
        run("compose", "--prompt", f"a {style}, {BARS} bars", "--seed", number, "-o", path)
        drawn += 1
        if is_own(path):
            rows.append({"path": f"muse/{path.name}", "part": "muse", "title": f"Muse's {style} {number}", "split": "train", "licence": "CC0",
                         "tags": ";".join([style, *words.split("; ")])})
        else:
            path.unlink()
with open(folder / "metadata.csv", "w", newline="", encoding="utf-8") as table:
    writer = csv.DictWriter(table, ["path", "part", "title", "split", "licence", "tags"])
    writer.writeheader()
    writer.writerows(rows)
library.unlink(missing_ok=True)
sys.stdout.write(run("index", ".", "-o", library, cwd=work))  # the library names its pieces by their place in WORK_DIR
print(f"{len(rows)} of {drawn} pieces kept")
