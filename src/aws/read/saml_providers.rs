//! How many identity providers of SAML the account has.

use super::super::Aws;
use super::super::failures::of_read;
use crate::account::Failure;

impl Aws {
    pub(super) async fn saml_providers(&self) -> Result<usize, Failure> {
        let answer = self.reading.iam.list_saml_providers().send().await.map_err(of_read("iam:ListSAMLProviders"))?;
        Ok(answer.saml_provider_list().len())
    }
}
