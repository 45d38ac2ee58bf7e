//! Reads which root features the organization manages for its members.

use aws_sdk_iam::types::FeatureType;

use crate::account::Failure;
use crate::account::facts::CentralRoot;
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    /// No organization, or not the management account, is a valid answer.
    pub(in crate::aws) async fn central_root(&self) -> Result<CentralRoot, Failure> {
        const ACTION: &str = "iam:ListOrganizationsFeatures";
        let answer = match self.reading.iam.list_organizations_features().send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) => return said(failure),
        };
        let features = answer.enabled_features();
        Ok(CentralRoot::Features {
            credentials: features.contains(&FeatureType::RootCredentialsManagement),
            sessions: features.contains(&FeatureType::RootSessions),
        })
    }
}

fn said(failure: Failure) -> Result<CentralRoot, Failure> {
    let code = failure.code.as_deref().unwrap_or_default().trim_end_matches("Exception");
    match code {
        "OrganizationNotFound" => Ok(CentralRoot::NoOrganization),
        "AccountNotManagementOrDelegatedAdministrator" => Ok(CentralRoot::Member),
        "ServiceAccessNotEnabled" => Ok(CentralRoot::NoTrustedAccess),
        "OrganizationNotInAllFeaturesMode" => Ok(CentralRoot::NotAllFeatures),
        _ => Err(failure),
    }
}
