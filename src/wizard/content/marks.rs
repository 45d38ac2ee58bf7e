//! The words and signs for verdicts and read-backs, in one table. Nothing depends on colour alone.

use super::{Glyph, Mark, Meaning, Words};
use crate::checks::Verdict;
use crate::wizard::pages::record::ReadBack;
use crate::wizard::{Session, World};

pub(in crate::wizard) fn mark(glyph: Glyph, word: impl Into<Words<'static>>, meaning: Meaning) -> Mark {
    Mark { glyph, word: word.into(), meaning }
}

/// For a verdict.
pub(in crate::wizard) fn verdict(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Pass => mark(Glyph::Pass, "pass", Meaning::Good),
        Verdict::Fail => mark(Glyph::Fail, "fail", Meaning::Bad),
        Verdict::Manual => mark(Glyph::Manual, "manual", Meaning::Warn),
        Verdict::NotApplicable => mark(Glyph::Nothing, "n/a", Meaning::Dim),
        Verdict::Unknown => mark(Glyph::Unknown, "unknown", Meaning::Warn),
    }
}

/// For a control that does not pass, the risk of which somebody accepts.
pub(in crate::wizard) fn accepted() -> Mark {
    mark(Glyph::Partial, "accepted", Meaning::Warn)
}

/// For a control whose facts are on their way, or have not been asked for.
pub(in crate::wizard) fn unread(world: &World) -> Mark {
    if world.is_busy() && !matches!(world.session(), Session::Absent(_)) {
        mark(Glyph::Spinner, "…", Meaning::Dim)
    } else {
        mark(Glyph::Waiting, "unread", Meaning::Dim)
    }
}

/// For a change that was made.
pub(in crate::wizard) fn seen(seen: ReadBack) -> Mark {
    match seen {
        ReadBack::Shown => mark(Glyph::Pass, "read back", Meaning::Good),
        ReadBack::Kept => mark(Glyph::Pass, "kept", Meaning::Good),
        ReadBack::NotYet => mark(Glyph::Partial, "not shown yet", Meaning::Warn),
        ReadBack::Unread => mark(Glyph::Unknown, "not read back", Meaning::Warn),
    }
}
