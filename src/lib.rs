//! lockroot locks away the root user of an AWS account, and proves it.
//!
//! Events go in, effects come out, one function draws, and one folder knows AWS. See docs/architecture.md.

#![forbid(unsafe_code)]

pub mod account;
pub mod aws;
pub mod break_glass;
pub mod checks;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod drive;
pub mod files;
pub mod journal;
pub mod plain;
pub mod practice;
pub mod report;
pub mod screen;
pub mod secret;
pub mod serve;
pub mod steps;
pub mod totp;
pub mod wire;
pub mod wizard;
