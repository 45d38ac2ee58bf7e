"""What attacks from outside have found, and what holds it since: names of tests, and cells of the matrix (with wildcards)."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

from cell import all_cells

ROOT = Path(__file__).resolve().parents[2]
FOUND: list[tuple[str, tuple[str, ...]]] = [
    (
        "a key that came while a page was drawn left nothing heard; so did unfinished bytes and a paste without an end",
        ("the_program_responds_to_every_key", "the_program_responds_after_bursts_of_any_keys", "unfinished_input_never_blocks_later_keys", "--openings", "--soak"),
    ),
    (
        "a call that AWS refused was told as done, with a password that was not the user's",
        ("* / conflict in the gap / *", "a_refused_call_is_never_reported_as_done", "a_password_set_elsewhere_is_never_shown_as_lockroots_own"),
    ),
    (
        "what was confirmed was sent although another client had changed the account since",
        (
            "* / ground moved at the review / *",
            "* / conflict at the review / *",
            "a_plan_is_sent_only_if_it_is_still_valid",
            "a_member_added_meanwhile_is_shown_before_becoming_an_administrator",
            "the_last_key_is_reviewed_again_if_the_last_administrator_is_gone",
        ),
    ),
    (
        "the next run did not know of a key whose deactivation was on its way when the program was ended",
        (
            "UpdateAccessKey to Inactive / none / *",
            "the_next_run_watches_a_key_whose_deactivation_was_under_way_at_the_end",
            "the_next_start_reads_how_an_interrupted_call_ended",
        ),
    ),
    (
        "a closed terminal aborted the program in the middle of a call",
        ("* / none / closed terminal", "a_hang_up_ends_the_program_after_the_running_change"),
    ),
    (
        "a lock that another program held stopped everything, signals included",
        ("a_lock_held_by_another_program_stops_neither_keys_nor_signals", "a_second_lockroot_names_the_running_process_at_once"),
    ),
    (
        "a web page with status 200 counted as an answer, and a list that was missing as an empty one",
        (
            "* / 200 that is no answer / *",
            "a_change_counts_as_made_only_with_its_own_answer",
            "a_wrong_answer_is_a_failure_that_names_the_answer",
            "if_only_the_caller_is_known_everything_else_is_unknown",
            "without_a_confirmed_caller_nothing_is_assessed",
            "a_missing_list_is_a_failure_that_names_it",
        ),
    ),
    (
        "`check` waited minutes for an endpoint that hung, and took all memory from one that flooded",
        ("an_endpoint_that_hangs_or_drips_times_out_after_a_notice", "an_endless_answer_uses_bounded_memory"),
    ),
    (
        "verdicts followed this machine's clock",
        (
            "a_wrong_clock_changes_no_verdict_and_is_reported_once",
            "a_clock_eight_days_ahead_does_not_hide_root_activity_an_hour_ago",
        ),
    ),
    (
        "Enter confirmed a review that the terminal was too small to show",
        ("a_review_in_a_too_small_terminal_cannot_be_confirmed", "a_terminal_below_the_minimum_size_confirms_nothing", "only_a_review_that_was_shown_whole_can_be_confirmed"),
    ),
    (
        "text on pages with a list could not be brought into view",
        ("page_down_reads_a_page_with_a_list_to_its_end", "every_line_of_every_page_can_be_scrolled_to"),
    ),
    ("a saved secret stayed in memory", ("the_key_is_erased_from_memory",)),
    (
        "`--ready-file` overwrote a file and removed another program's",
        ("an_existing_ready_file_is_neither_overwritten_nor_removed", "a_replaced_ready_file_is_not_removed"),
    ),
    ("in practice a link that somebody had put there was followed", ("a_planted_link_is_not_followed_in_practice",)),
    ("invisible characters came through into reports", ("no_report_shows_a_character_that_hides_or_reverses_text",)),
    ("a pipe in place of a file was waited for without end", ("a_pipe_without_a_writer_is_not_waited_for",)),
    ("an interrupted wizard exited with 0", ("* / none / SIGTERM", "* / none / SIGINT", "a_termination_signal_ends_the_program_and_restores_the_terminal")),
    ("a body of gigabytes was refused only when time was up", ("a_body_announced_as_too_large_is_refused_before_it_arrives",)),
    ("completions and manual failed oddly into a closed pipe and on a full disk", ("a_closed_pipe_or_a_full_disk_ends_the_program_cleanly",)),
    ("a broken certificate bundle crashed the program", ("a_broken_certificate_bundle_is_named_with_its_entry",)),
]


def section() -> str:
    """For the page on reliability."""
    rows = [f"| {what} | {', '.join(f'`{name}`' for name in by)} |" for what, by in FOUND]
    words = "Each was seen on the built program once. Names with slashes are cells, the others tests.\n"
    return "\n".join(["## What was found once, and what holds it\n", words, "| what went wrong | held by |", "|---|---|", *rows, ""])


def problems() -> list[str]:
    """Names that are no more."""
    text = "\n".join(path.read_text() for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.rs"))
    tests = set(re.findall(r"#\[(?:tokio::)?test[^\n]*\n(?:#\[[^\n]*\n)*\s*(?:async )?fn (\w+)", text))
    cells = [cell.name for cell in all_cells()]
    is_there = lambda name: name in tests or name.startswith("--") or any(fnmatchcase(cell, name) for cell in cells)
    return [f"tests/outside/found.py: there is no {name!r}" for _, by in FOUND for name in by if not is_there(name)]
