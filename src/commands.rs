//! The commands, one per file, and what they share.

mod acceptances;
pub mod break_glass;
pub mod bugs;
pub mod check;
pub mod config;
pub mod connections;
pub mod core_dumps;
pub mod credential_report;
pub mod credentials_file;
pub mod doctor;
pub mod explain;
mod folders;
pub mod kept;
pub mod lesson;
pub mod mfa_code;
mod output_file;
mod own_file;
pub mod practice;
pub mod practice_account;
mod recall;
pub mod serve;
pub mod standard_output;
pub mod state_folder;
mod text_file;
pub mod wizard;
