//! Reads when a user's console password was last used.

use crate::account::{Failure, Timestamp};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::owner::Owner;
use crate::aws::time::moment;

impl Aws {
    /// `None`: IAM has recorded no use since October 2014.
    pub(in crate::aws) async fn password_used(&self, user: &str) -> Result<Option<Timestamp>, Failure> {
        const ACTION: &str = "iam:GetUser";
        let owner = Owner::user(user, ACTION)?;
        let call = self.reading.iam.get_user().set_user_name(owner.into_user_name());
        let answer = call.send().await.map_err(of_read(ACTION))?;
        let user = answer.user.ok_or_else(|| Failure::lacks(ACTION, "User"))?;
        Ok(user.password_last_used().and_then(moment))
    }
}
