//! Every page as a specimen, for tests of other modules.

pub(crate) mod specimens;
