//! The commands, one a file, and what they share: how a link to AWS or to the practice account is made.

pub mod check;
pub mod config;
pub mod explain;
pub mod link;
pub mod scene;
pub mod serve;
pub mod state;
pub mod wizard;
