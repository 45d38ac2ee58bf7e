//! The wire: what the SDK really sends for each question and change, and what becomes of each kind of answer.
//! Nothing leaves the process: the endpoint is in here, with answers as AWS documents them.

mod changes;
mod clock;
mod endpoint;
mod failures;
mod questions;
mod regional;
mod safeguards;
