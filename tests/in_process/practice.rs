//! The practice account, driven by the real SDK clients in this process, with a manual clock.

mod console;
mod contacts;
mod faults;
mod identity;
mod kept;
mod keys;
mod lists;
mod managed_policies;
mod mfa;
mod passwords;
mod people;
mod permissions;
mod raw;
mod report;
mod safeguards;
mod sessions;
mod trail;
mod watchers;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_iam::error::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;
use lockroot::aws::InProcess;
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario, SignedInAs};
use lockroot::secret::Secret;
use lockroot::totp::Generator;
use lockroot::wire::SigningKeys;

/// A practice account and the clients of its caller.
struct Account {
    practice: Practice,
    clock: Clock,
    iam: aws_sdk_iam::Client,
    sts: aws_sdk_sts::Client,
    account: aws_sdk_account::Client,
}

const NOON: time::OffsetDateTime = time::macros::datetime!(2026-11-21 12:00:00 UTC);
const ADMINISTRATOR_ACCESS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// Opens a built-in scenario, signed in as the scenario says.
fn open(name: &str) -> Account {
    enter(Scenario::named(name).unwrap())
}

/// Opens a scenario written in the test. Adds title and account id.
fn open_with(text: &str) -> Account {
    let text = format!("title = \"test\"\naccount = \"123456789012\"\n{text}");
    enter(Scenario::parse("test.toml", &text).unwrap_or_else(|error| panic!("{error}")))
}

fn enter(scenario: Scenario) -> Account {
    let clock = Clock::set_to(NOON);
    let practice = Practice::new(scenario, clock.clone());
    let keys = practice.session();
    sign_in(practice, clock, &keys)
}

fn sign_in(practice: Practice, clock: Clock, keys: &SigningKeys) -> Account {
    let http = InProcess::new(Arc::new(practice.clone()));
    let credentials = Credentials::new(
        &keys.access_key_id,
        keys.secret_access_key.expose(),
        keys.session_token.as_ref().map(|token| token.expose().to_owned()),
        None,
        "test",
    );
    macro_rules! client {
        ($sdk:ident) => {
            $sdk::Client::from_conf(
                $sdk::Config::builder()
                    .behavior_version($sdk::config::BehaviorVersion::latest())
                    .region(Region::from_static("us-east-1"))
                    .time_source(clock.clone())
                    .credentials_provider(credentials.clone())
                    .http_client(http.clone())
                    .retry_config(RetryConfig::disabled())
                    .timeout_config(TimeoutConfig::builder().read_timeout(Duration::from_secs(10)).build())
                    .build(),
            )
        };
    }
    let (iam, sts, account) = (client!(aws_sdk_iam), client!(aws_sdk_sts), client!(aws_sdk_account));
    Account { practice, clock, iam, sts, account }
}

impl Account {
    /// The same account with another caller.
    fn seen_by(&self, who: SignedInAs) -> Self {
        let keys = self.practice.session_as(&who).unwrap();
        self.signed_with(&keys)
    }

    fn signed_with(&self, keys: &SigningKeys) -> Self {
        sign_in(self.practice.clone(), self.clock.clone(), keys)
    }

    /// A code of a device, `steps` periods of thirty seconds from now.
    fn code(&self, seed: &Secret, steps: i64) -> String {
        let unix = self.clock.now().unix_timestamp() + steps * 30;
        Generator::new(seed).unwrap().code(unix.unsigned_abs())
    }

    async fn create_user(&self, name: &str) {
        self.iam.create_user().user_name(name).send().await.unwrap();
    }

    async fn create_group(&self, name: &str) {
        self.iam.create_group().group_name(name).send().await.unwrap();
    }
}

/// Signed in as the user `name`.
fn user(name: &str) -> SignedInAs {
    SignedInAs::User(name.into())
}

/// The refusal of a call, as `status code`.
async fn refused<T: Debug, E: ProvideErrorMetadata + Debug>(
    sent: impl Future<Output = Result<T, SdkError<E>>>,
) -> String {
    let error = sent.await.unwrap_err();
    let status = error.raw_response().map(|response| response.status().as_u16()).unwrap_or_default();
    format!("{status} {}", error.code().unwrap_or("without a code"))
}

/// The message of a refusal.
async fn words<T: Debug, E: ProvideErrorMetadata + Debug>(
    sent: impl Future<Output = Result<T, SdkError<E>>>,
) -> String {
    sent.await.unwrap_err().message().unwrap_or_default().to_owned()
}
