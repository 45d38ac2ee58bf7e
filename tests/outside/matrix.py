"""The matrix: every mutating call, every fault, every end, on the built binary in a pseudo-terminal. `-h` lists the options."""

from __future__ import annotations

import argparse
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from fnmatch import fnmatchcase
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "third-party"))

import judges  # noqa: E402
import table  # noqa: E402
from cell import Cell, Result, all_cells, play  # noqa: E402
from known import overtaken, reason  # noqa: E402
from openings import openings  # noqa: E402
from soak import soak  # noqa: E402


def main() -> int:
    """Plays cells, says each that falls short and the sum."""
    options = arguments()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    if options.table or options.check:
        return write_table(check=options.check)
    if options.soak:
        return soak(str(Path(options.binary).resolve()), options.soak, seed, keep=options.keep)
    if options.openings:
        binary = str(Path(options.binary).resolve())
        return openings(binary, options.openings, seed, options.seconds, only=options.only, keep=options.keep)
    cells = choose(options, seed)
    print(f"seed {seed}: {len(cells)} of {len(all_cells())} cells, {options.workers} at a time", flush=True)
    results = run(cells, options, seed)
    return judge(results, len(cells), seed)


def write_table(*, check: bool) -> int:
    """Writes the page, or says whether it is current and whether the judges refuse what they should."""
    if not check:
        table.PAGE.write_text(table.text())
        return 0
    found = table.problems() + judges.problems()
    for problem in found:
        print(f"FAIL  {problem}")
    return 1 if found else 0


def arguments() -> argparse.Namespace:
    """What can be asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", help="the lockroot to attack")
    parser.add_argument("--seed", type=int, help="which cells, and in which order; printed if not given")
    parser.add_argument("--cells", type=int, default=0, help="so many cells, each call, fault and end among them (0: all)")
    parser.add_argument("--seconds", type=float, default=1e9, help="begins no cell, or no program with openings, after so many seconds")
    parser.add_argument("--only", default="*", help="cells of that name, with wildcards: '*Key / silence / kill -9'; or openings: '*33 ms'")
    parser.add_argument("--unplayed", action="store_true", help="only cells that were not played yet or fell short, by docs/reliability.md")
    parser.add_argument("--workers", type=int, default=4, help="cells at a time")
    parser.add_argument("--keep", action="store_true", help="takes the results up into docs/reliability.md")
    parser.add_argument("--table", action="store_true", help="writes docs/reliability.md and ends")
    parser.add_argument("--check", action="store_true", help="says whether docs/reliability.md is current and the judges refuse what they should, and ends")
    parser.add_argument("--soak", type=float, metavar="SECONDS", help="instead of cells: random keys and faults for so long")
    parser.add_argument("--openings", type=int, metavar="N", help="instead of cells: so many reviews that open under a held key")
    return parser.parse_args()


def choose(options: argparse.Namespace, seed: int) -> list[Cell]:
    """The cells of this run: in the seed's order, those first that bring a call, a fault or an end not seen before, then those
    that bring a call with a fault, then those that bring a fault with an end or a call with an end."""
    cells = [cell for cell in all_cells() if fnmatchcase(cell.name, options.only)]
    if options.unplayed:
        played = table.played()
        cells = [cell for cell in cells if cell.name not in played]
    if not cells:
        raise SystemExit(f"error: no cell is left that is called {options.only!r}; names are like {next(iter(all_cells())).name!r}")
    random.Random(seed).shuffle(cells)
    chosen: list[Cell] = []
    for novelties in (singles, calls_with_faults, with_ends):
        seen = {part for cell in chosen for part in novelties(cell)}
        then = []
        for cell in cells:
            parts = set(novelties(cell))
            (chosen if parts - seen else then).append(cell)
            seen |= parts
        cells = then
    return (chosen + cells)[: options.cells or None]


def singles(cell: Cell) -> list[tuple[str, ...]]:
    """A cell's call, fault and end."""
    return [("call", cell.call.label), ("fault", cell.fault.name), ("end", cell.end.name)]


def calls_with_faults(cell: Cell) -> list[tuple[str, ...]]:
    """The two together."""
    return [(cell.call.label, cell.fault.name)]


def with_ends(cell: Cell) -> list[tuple[str, ...]]:
    """What the end comes together with."""
    return [(cell.call.label, cell.end.name), (cell.fault.name, cell.end.name)]


def run(cells: list[Cell], options: argparse.Namespace, seed: int) -> list[Result]:
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
            if len(results) % 25 == 0:
                print(f"      {len(results)} of {len(cells)}", flush=True)
                keep(results, options, seed)
    keep(results, options, seed)
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


def keep(results: list[Result], options: argparse.Namespace, seed: int) -> None:
    """What came of each cell, for the table; a run that is broken off has kept what it found."""
    if not options.keep:
        return
    outcomes = {}
    for result in results:
        call, fault, end = result.name.split(" / ")
        laws = [law for law, _ in result.falls]
        known_ones = all(reason(result.name, law) for law in laws)
        letter = table.NO_SENSE if result.why_not else table.HOLDS if not laws else table.IS_KNOWN if known_ones else table.FALLS
        outcomes[call, fault, end] = letter
    table.take_up(seed, outcomes)


if __name__ == "__main__":
    sys.exit(main())
