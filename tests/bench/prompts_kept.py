#!/usr/bin/env python3
"""Composes every prompt of a table and counts how many pieces keep what was asked.

    tests/bench/prompts_kept.py CHAINSONG_CLI tests/prompt/prompts_40.tsv OUT_DIR [OPTIONS OF COMPOSE]

A line of the table is PROMPT<TAB>name=value; name=value … (see tests/prompt). Metre, tempo, bars and instruments are read
back from the MIDI file by `inspect`, of "a|b" either is right and "-" may be left out; the key is the Krumhansl-Schmuckler estimate from the notes alone.
"""
import json
import pathlib
import subprocess
import sys

cli, table, out_dir = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
options = sys.argv[4:]
out_dir.mkdir(parents=True, exist_ok=True)
asked = {name: 0 for name in ("metre", "tempo", "bars", "instruments", "key")}
kept = dict(asked)
failures = []


def note(name, is_kept, prompt, detail):
    asked[name] += 1
    kept[name] += bool(is_kept)
    if not is_kept:
        failures.append(f"{name}: {prompt!r}: {detail}")


def same_instruments(wanted, found):
    """Each asked-for voice is there, by the name of its MIDI program."""
    left = list(found)
    for name in wanted:
        match = next((f for f in left if f == name or name in f or f in name), None)
        if match is None:
            return False
        left.remove(match)
    return True


def tonic_and_mode(key):
    flats = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#", "Cb": "B"}
    tonic, _, mode = key.partition(" ")
    return flats.get(tonic, tonic), mode or "major"


for number, line in enumerate(table.read_text(encoding="utf-8").splitlines()):
    if not line.strip() or line.startswith("#"):
        continue
    prompt, _, wishes = line.partition("\t")
    wish = dict(part.strip().split("=", 1) for part in wishes.split(";") if "=" in part)
    midi = out_dir / f"{number}.mid"
    run = subprocess.run([cli, "compose", "--prompt", prompt, "--seed", str(number), *options, "-o", str(midi)], capture_output=True, text=True)
    if run.returncode != 0:
        failures.append(f"failed: {prompt!r}: {run.stderr.strip().splitlines()[-1:]}")
        continue
    found = json.loads(subprocess.run([cli, "inspect", str(midi), "--json"], capture_output=True, text=True, check=True).stdout)
    bpm = found["tempo_bpm"]
    voices = [track["instrument"] for track in found["tracks"]]
    checks = {
        "metre": ("metre", lambda value: found["metres"] == [value], found["metres"]),
        "tempo_bpm": ("tempo", lambda value: abs(bpm - float(value)) < 0.01, bpm),
        "tempo_range": ("tempo", lambda value: float(value.split("..")[0]) - 0.01 <= bpm <= float(value.split("..")[1]) + 0.01, bpm),
        "bars": ("bars", lambda value: found["bars"] == int(value), found["bars"]),
        "instruments": ("instruments", lambda value: same_instruments(value.split(","), voices), voices),
    }
    for name, (title, holds, detail) in checks.items():
        choices = [value for value in wish.get(name, "").split("|") if value]
        if choices and "-" not in choices:
            note(title, any(holds(value) for value in choices), prompt, detail)
    if "key" in wish:
        tonic, mode = tonic_and_mode(wish["key"].split("|")[0])
        if mode in ("major", "minor"):
            note("key", tonic_and_mode(found["estimated_key"]) == (tonic, mode), prompt, found["estimated_key"])

for name in asked:
    print(f"{name}: {kept[name]} of {asked[name]}")
print(*failures, sep="\n")
