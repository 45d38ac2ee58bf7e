//! The requests that the SDK sends for each question and change, and how each answer is handled. The endpoint is in
//! this process.

mod changes;
mod clock;
mod endpoint;
mod failures;
mod questions;
mod regional;
mod safeguards;
