//! Adds the journal's data to the facts that were read.

use crate::account::Facts;
use crate::journal::JournalStore;

/// Adds answers and the second way in from the journal. A failed read is reported on standard error.
#[must_use]
pub fn recalled(mut facts: Facts, journals: &dyn JournalStore) -> Facts {
    let Some(caller) = facts.caller.known() else { return facts };
    match journals.read(&caller.account) {
        Ok(journal) => {
            facts.answers = journal.answers();
            facts.second_way = journal.second_way();
        }
        Err(why) => eprintln!("warning: what lockroot remembers of the account can't be read: {why}"),
    }
    facts
}
