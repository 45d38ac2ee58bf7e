//! The only folder that names `aws_*`.

pub mod in_process;
