//! The wire: what the SDK really sends for each question and change, and what becomes of each kind of answer.
//! Nothing leaves the process: the endpoint is in here, with answers as AWS documents them.

#[path = "wire/changes.rs"]
mod changes;
#[path = "wire/clock.rs"]
mod clock;
#[path = "wire/endpoint.rs"]
mod endpoint;
#[path = "wire/failures.rs"]
mod failures;
#[path = "wire/questions.rs"]
mod questions;
#[path = "wire/regional.rs"]
mod regional;
#[path = "wire/safeguards.rs"]
mod safeguards;
