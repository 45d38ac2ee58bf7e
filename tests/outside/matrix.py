"""The matrix: every mutating call, every fault, every end, on the built binary in a pseudo-terminal. `-h` lists the options."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from fnmatch import fnmatchcase
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "third-party"))

from cell import Cell, Result, all_cells, play  # noqa: E402
from known import reason  # noqa: E402


def main() -> int:
    """Plays cells, says each that falls short and the sum."""
    options = arguments()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    cells = choose(options, seed)
    print(f"seed {seed}: {len(cells)} of {len(all_cells())} cells, {options.workers} at a time", flush=True)
    results = run(cells, options)
    if options.results:
        keep(results, Path(options.results))
    return judge(results, len(cells), seed)


def arguments() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", help="the lockroot to attack")
    parser.add_argument("--seed", type=int, help="which cells, and in which order; printed if not given")
    parser.add_argument("--cells", type=int, default=0, help="so many cells, each call, fault and end among them (0: all)")
    parser.add_argument("--seconds", type=float, default=1e9, help="begins no cell after so many seconds")
    parser.add_argument("--only", default="*", help="cells of that name, with wildcards: '*Key / silence / kill -9'")
    parser.add_argument("--workers", type=int, default=4, help="cells at a time")
    parser.add_argument("--results", help="a JSON file that takes up what came of each cell, beside what is in it")
    return parser.parse_args()


def choose(options: argparse.Namespace, seed: int) -> list[Cell]:
    """The cells of this run: in the seed's order, those first that bring a call, a fault or an end not seen before."""
    cells = [cell for cell in all_cells() if fnmatchcase(cell.name, options.only)]
    random.Random(seed).shuffle(cells)
    seen: set[str] = set()
    first, then = [], []
    for cell in cells:
        parts = {cell.call.label, f"fault {cell.fault.name}", f"end {cell.end.name}"}
        (first if parts - seen else then).append(cell)
        seen |= parts
    return (first + then)[: options.cells or None]


def run(cells: list[Cell], options: argparse.Namespace) -> list[Result]:
    """Plays the cells, several at a time, and says each that falls short as it comes."""
    until = time.monotonic() + options.seconds
    results = []
    with ProcessPoolExecutor(options.workers) as pool:
        waiting = [pool.submit(play_by_name, cell.name, options.binary, until) for cell in cells]
        for done in as_completed(waiting):
            result = done.result()
            if result is None:
                continue
            results.append(result)
            say(result)
    return results


def play_by_name(name: str, binary: str, until: float) -> Result | None:
    """In a process of its own: tables hold functions, which no process can send to another."""
    if time.monotonic() > until:
        return None
    cell = next(cell for cell in all_cells() if cell.name == name)
    return play(cell, str(Path(binary).resolve()))


def say(result: Result) -> None:
    """One line for a cell that falls short, and what was seen."""
    for law, detail in result.falls:
        why = reason(result.name, law)
        if why:
            print(f"known {result.name}: {law} ({why})", flush=True)
        else:
            print(f"FAIL  {result.name}: {law}: {detail.strip()}", flush=True)


def judge(results: list[Result], chosen: int, seed: int) -> int:
    """The sum; what is known to fall short and does not any more is a failure too."""
    from known import overtaken

    played = [result for result in results if not result.why_not]
    fallen = [result for result in played if any(not reason(result.name, law) for law, _ in result.falls)]
    known = [result for result in played if result.falls and result not in fallen]
    better = overtaken({result.name: {law for law, _ in result.falls} for result in played})
    for line in better:
        print(f"FAIL  {line}")
    print(
        f"seed {seed}: {len(played)} cells played, {len(played) - len(fallen) - len(known)} hold, {len(known)} known to fall "
        f"short, {len(fallen)} fall short, {len(results) - len(played)} make no sense, {chosen - len(results)} not begun in time"
    )
    return 1 if fallen or better or not played else 0


def keep(results: list[Result], file: Path) -> None:
    """What came of each cell, for the table."""
    held = json.loads(file.read_text()) if file.exists() else {}
    for result in results:
        held[result.name] = "no sense" if result.why_not else sorted({law for law, _ in result.falls})
    file.write_text(json.dumps(held, indent=0, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
