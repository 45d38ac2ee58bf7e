//! Reads the caller and the account summary.

use crate::account::facts::Summary;
use crate::account::{Caller, Failure, Principal};
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    /// The caller. The first answer is cached, so the burst of questions at the start makes one call.
    pub(in crate::aws) async fn fresh_caller(&self) -> Result<Caller, Failure> {
        if self.caller.is_known() { self.ask_caller().await } else { self.remembered_caller().await }
    }

    pub(in crate::aws) async fn ask_caller(&self) -> Result<Caller, Failure> {
        const ACTION: &str = "sts:GetCallerIdentity";
        let answer = self.sts.get_caller_identity().send().await.map_err(of_read(ACTION))?;
        let field = |value: Option<String>, name| {
            value.filter(|value| !value.is_empty()).ok_or_else(|| Failure::lacks(ACTION, name))
        };
        let arn = field(answer.arn, "Arn")?;
        Ok(Caller {
            account: field(answer.account, "Account")?,
            principal: Principal::of_arn(&arn),
            arn,
            credential: self.credentials.credential(),
            clock_ahead: self.clock.ahead_of_aws(),
        })
    }

    pub(in crate::aws) async fn alias(&self) -> Result<Option<String>, Failure> {
        const ACTION: &str = "iam:ListAccountAliases";
        let answer = self.reading.iam.list_account_aliases().send().await.map_err(of_read(ACTION))?;
        Ok(answer.account_aliases.into_iter().next()) // an account has at most one alias
    }

    pub(in crate::aws) async fn summary(&self) -> Result<Summary, Failure> {
        const ACTION: &str = "iam:GetAccountSummary";
        let answer = self.reading.iam.get_account_summary().send().await.map_err(of_read(ACTION))?;
        let numbers = answer.summary_map.ok_or_else(|| Failure::lacks(ACTION, "SummaryMap"))?;
        Ok(Summary(numbers.into_iter().map(|(name, number)| (name.as_str().to_owned(), number)).collect()))
    }
}
