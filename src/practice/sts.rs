//! Security Token Service. Source: AWS STS API Reference, 2011-06-15.

use super::visit::{Answer, Call, Visit};
use super::xml::Xml;

/// Its calls.
pub const CALLS: &[Call] = &[("GetCallerIdentity", caller_identity)];

fn caller_identity(visit: &mut Visit) -> Answer {
    let identity = Xml::new()
        .text("UserId", &visit.signer.id)
        .text("Account", &visit.state.account)
        .text("Arn", &visit.signer.arn);
    Ok(Some(identity))
}
