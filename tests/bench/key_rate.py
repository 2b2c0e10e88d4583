#!/usr/bin/env python3
"""How often the Krumhansl-Schmuckler estimate from the notes alone is the key that a human piece says it is in.

    tests/bench/key_rate.py CHAINSONG_CLI CORPUS_DIR PART... [--split valid] [--bars 16]

Only pieces in major or minor whose table does not say that the key itself was estimated.
"""
import csv
import json
import pathlib
import subprocess
import sys

arguments = sys.argv[1:]
split = arguments[arguments.index("--split") + 1] if "--split" in arguments else "valid"
cli, corpus = arguments[0], pathlib.Path(arguments[1])
parts = [a for a in arguments[2:] if not a.startswith("--") and a != split]
sharps = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#", "Cb": "B"}


def canonical(key):
    tonic, _, mode = key.partition(" ")
    return sharps.get(tonic, tonic), mode


total = right = 0
for part in parts:
    part_total = part_right = 0
    with open(corpus / part / "metadata.csv", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["split"] != split or "key estimated" in row["comment"] or canonical(row["key"])[1] not in ("major", "minor"):
                continue
            run = subprocess.run([cli, "inspect", str(corpus / row["path"]), "--json"], capture_output=True, text=True)
            if run.returncode != 0:
                continue
            part_total += 1
            part_right += canonical(json.loads(run.stdout)["estimated_key"]) == canonical(row["key"])
    print(f"{part}: {part_right} of {part_total}")
    total, right = total + part_total, right + part_right
print(f"all: {right} of {total} = {100 * right / max(1, total):.1f} %")
