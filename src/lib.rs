//! lockroot locks away the root user of an AWS account, and proves it.
//!
//! Events go in, effects come out, one function draws, and one folder knows AWS. See docs/architecture.md.

#![forbid(unsafe_code)]

/// Wipes memory when it is freed, because the libraries that encrypt, send and draw make copies of secrets.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

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
pub mod lesson;
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
