//! Words and signs for verdicts and read-backs, in one table. Nothing depends on colour alone.

use super::{Glyph, Mark, Meaning, Words};
use crate::checks::Verdict;
use crate::wizard::pages::record::ReadBack;
use crate::wizard::{Session, World};

pub(in crate::wizard) fn mark(glyph: Glyph, word: impl Into<Words<'static>>, meaning: Meaning) -> Mark {
    Mark { glyph, word: word.into(), meaning }
}

pub(in crate::wizard) fn verdict(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Pass => mark(Glyph::Pass, "pass", Meaning::Good),
        Verdict::Fail => mark(Glyph::Fail, "fail", Meaning::Bad),
        Verdict::Manual => mark(Glyph::Manual, "manual", Meaning::Warn),
        Verdict::NotApplicable => mark(Glyph::Nothing, "n/a", Meaning::Dim),
        Verdict::Unknown => mark(Glyph::Unknown, "unknown", Meaning::Warn),
    }
}

/// For a failed control whose risk somebody accepted.
pub(in crate::wizard) fn accepted() -> Mark {
    mark(Glyph::Partial, "accepted", Meaning::Warn)
}

/// For a control whose facts are being read, or were never asked for.
pub(in crate::wizard) fn unread(world: &World) -> Mark {
    if world.is_busy() && !matches!(world.session(), Session::Absent(_)) {
        mark(Glyph::Spinner, "…", Meaning::Dim)
    } else {
        mark(Glyph::Waiting, "unread", Meaning::Dim)
    }
}

/// For the read-back of a change.
pub(in crate::wizard) fn seen(seen: ReadBack) -> Mark {
    match seen {
        ReadBack::Shown => mark(Glyph::Pass, "read back", Meaning::Good),
        ReadBack::Kept => mark(Glyph::Pass, "kept", Meaning::Good),
        ReadBack::NotYet => mark(Glyph::Partial, "not shown yet", Meaning::Warn),
        ReadBack::Unread => mark(Glyph::Unknown, "not read back", Meaning::Warn),
    }
}
