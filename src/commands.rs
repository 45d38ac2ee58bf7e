//! The commands, one a file, and what they share: how a link to AWS or to the practice account is made.

pub mod check;
pub mod credential_report;
pub mod link;
pub mod scene;
pub mod serve;
pub mod state_folder;
pub mod wizard;
