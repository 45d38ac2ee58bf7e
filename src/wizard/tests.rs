//! What tests of other rooms need: every page as it can be met.

pub(crate) mod specimens;
