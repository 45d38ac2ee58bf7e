//! Answers questions, only with the calls in [`Question::actions`](crate::account::Question::actions).

mod access_analyzers;
mod caller;
mod certificates;
mod contacts;
mod credential_report;
mod devices;
mod guard_duty;
mod keys;
mod last_sign_in;
mod log_alarms;
mod organizations;
mod pages;
mod people;
mod policy;
mod recent_changes;
mod regional;
mod roles;
mod root_rules;
mod security_hub;
mod server_certificates;
mod service_credentials;
mod services_used;
mod sns_topics;
mod support;
mod trail;
mod trails;

pub(super) use contacts::contact_type;
pub(super) use pages::encoded;

use futures_util::StreamExt;
use futures_util::stream;

use super::Aws;
use crate::account::calls::CallMade;
use crate::account::{Fact, Pending, Question, Reader};

impl Reader for Aws {
    fn read<'a>(&'a self, question: &'a Question) -> Pending<'a, Fact> {
        Box::pin(async move {
            match question {
                Question::Caller => Fact::Caller(self.reading(self.fresh_caller().await)),
                Question::Alias => Fact::Alias(self.reading(self.alias().await)),
                Question::Summary => Fact::Summary(self.reading(self.summary().await)),
                Question::RootKeys => Fact::RootKeys(self.root_keys().await),
                Question::RootCertificates => Fact::RootCertificates(self.root_certificates().await),
                Question::RootDevices => Fact::RootDevices(self.root_devices().await),
                Question::VirtualDevices => Fact::VirtualDevices(self.reading(self.virtual_devices().await)),
                Question::Contact(of) => Fact::Contact(*of, self.reading(self.contact(*of).await)),
                Question::ContactInformation => {
                    Fact::ContactInformation(self.reading(self.contact_information().await))
                }
                Question::People => Fact::People(self.reading(self.people().await)),
                Question::SignIn(user) => Fact::SignIn(user.clone(), self.sign_in(user).await),
                Question::UserKeys(user) => Fact::UserKeys(user.clone(), self.user_keys(user).await),
                Question::SnsTopic(arn) => Fact::SnsTopic(arn.clone(), self.reading(self.sns_topic(arn).await)),
                Question::PasswordPolicy => Fact::PasswordPolicy(self.reading(self.password_policy().await)),
                Question::Regions => Fact::Regions(self.reading(self.regions().await)),
                Question::ServicesUsed(arn) => {
                    Fact::ServicesUsed(arn.clone(), self.reading(self.services_used(arn).await))
                }
                Question::Trail(query) => Fact::Trail(query.clone(), self.reading(self.trail(query).await)),
                Question::CredentialReport => Fact::CredentialReport(self.reading(self.credential_report(false).await)),
                Question::FreshCredentialReport => {
                    Fact::CredentialReport(self.reading(self.credential_report(true).await))
                }
                Question::Trails => Fact::Trails(self.reading(self.trails().await)),
                Question::RootActivity => Fact::RootActivity(self.reading(self.root_activity().await)),
                Question::RecentChanges => Fact::RecentChanges(self.reading(self.recent_changes().await)),
                Question::OrganizationsFeatures => Fact::OrganizationsFeatures(self.reading(self.central_root().await)),
                Question::SupportRole => Fact::SupportRole(self.reading(self.support_role().await)),
                Question::ServerCertificates => {
                    Fact::ServerCertificates(self.reading(self.server_certificates().await))
                }
                Question::ServiceCredentials => {
                    Fact::ServiceCredentials(self.reading(self.service_credentials().await))
                }
                Question::RootRules => Fact::RootRules(self.reading(self.root_rules().await)),
                Question::LogAlarms => Fact::LogAlarms(self.reading(self.log_alarms().await)),
                Question::GuardDuty => Fact::GuardDuty(self.guard_duty().await),
                Question::SecurityHub => Fact::SecurityHub(self.security_hub().await),
                Question::AccessAnalyzers => Fact::AccessAnalyzers(self.access_analyzers().await),
            }
        })
    }

    fn calls(&self) -> Vec<CallMade> {
        self.calls.made()
    }
}

/// Maximum concurrent calls of one question. IAM throttles by account.
const IN_FLIGHT: usize = 8;

/// Runs `work` for all `items`, [`IN_FLIGHT`] at a time, and keeps their order.
async fn each<T, F: Future>(items: impl IntoIterator<Item = T>, work: impl FnMut(T) -> F) -> Vec<F::Output> {
    stream::iter(items).map(work).buffered(IN_FLIGHT).collect().await
}

/// A text from AWS. The SDK fills a missing required text with "", which counts as absent.
fn text(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
