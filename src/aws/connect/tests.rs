use std::time::SystemTime;

use aws_config::retry::RetryConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, future};

use super::*;
use crate::account::{Change, CredentialKind, Fact, Question, Reader, Reading, Timestamp, Writer};
use crate::aws::credentials;
use crate::aws::shared_config::Profile;
use crate::wire::{EndpointReply, Replying};

/// Provides newer credentials after the first ones have expired.
#[derive(Debug)]
struct Chain(fn() -> provider::Result);

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready((self.0)())
    }
}

/// Answers with the principal that the request's key stands for.
struct Mirror;

impl Endpoint for Mirror {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let scope = request.headers()["authorization"].to_str().unwrap_or_default();
        let key = scope.split(['=', '/']).nth(1).unwrap_or_default();
        let xml = format!(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/{key}</Arn>\
             <Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId>\
             </ResponseMetadata></GetCallerIdentityResponse>"
        );
        Box::pin(async move { EndpointReply::Answer(http::Response::new(xml.into_bytes())) })
    }
}

fn credentials(id: &str, expiry: Option<SystemTime>) -> Credentials {
    let mut credentials = Credentials::builder().access_key_id(id).secret_access_key("x").provider_name("a test");
    credentials.set_expiry(expiry);
    credentials.build()
}

fn clock() -> Clock {
    Clock::set_to(Timestamp::UNIX_EPOCH + Duration::from_secs(1_700_000_000))
}

/// Cached credentials that expire in ten minutes.
fn running_out(clock: &Clock, chain: fn() -> provider::Result) -> Arc<CachedCredentials> {
    let end = SystemTime::from(clock.now()) + Duration::from_secs(600);
    Arc::new(CachedCredentials::new(
        credentials("ASIAOLD", Some(end)),
        Some(Arc::new(Chain(chain))),
        "a test".into(),
        clock.clone(),
    ))
}

fn mirrored(held: Arc<CachedCredentials>, clock: &Clock) -> Aws {
    let config = settings(&held, clock).http_client(bounded(InProcess::new(Arc::new(Mirror)))).build();
    Aws::over(&config, held, clock.clone())
}

async fn caller(aws: &Aws) -> Reading<crate::account::Caller> {
    match aws.read(&Question::Caller).await {
        Fact::Caller(reading) => reading,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_expired_session_is_renewed_before_it_signs() {
    let clock = clock();
    let aws = mirrored(running_out(&clock, || Ok(credentials("ASIANEW", None))), &clock);
    assert!(caller(&aws).await.known().is_some_and(|caller| caller.arn.ends_with("/ASIAOLD")));
    clock.advance(Duration::from_secs(700));
    let renewed = caller(&aws).await.known().cloned().expect("renewed");
    assert!(renewed.arn.ends_with("/ASIANEW"), "{renewed:?}");
    assert_eq!(renewed.credential.access_key_id, "ASIANEW");
    assert_eq!(renewed.credential.kind, CredentialKind::Temporary);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_renewed_sends_nothing() {
    let clock = clock();
    let over = || Err(CredentialsError::unhandled("cached Login token is expired"));
    let aws = mirrored(running_out(&clock, over), &clock);
    clock.advance(Duration::from_secs(700));
    let failure = caller(&aws).await.failure().cloned().expect("over");
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::ExpiredSession, "cached Login token is expired"));
    let failure = aws.apply(&Change::CreateGroup { group: "g".into() }).await.expect_err("over");
    assert_eq!((failure.fault, failure.may_have_happened), (Fault::ExpiredSession, false));
}

/// Also guards the one place that names hyper: another version would make the refusal unrecognizable.
#[tokio::test]
async fn a_refused_connection_has_sent_nothing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let held = Arc::new(CachedCredentials::new(credentials("AKIA1", None), None, "a test".into(), Clock::default()));
    let config = settings(&held, &Clock::default())
        .http_client(http_client(ProxyConfig::disabled(), trust(None).expect("the system's")))
        .endpoint_url(format!("http://{closed}"))
        .retry_config(RetryConfig::disabled())
        .build();
    let aws = Aws::over(&config, held, Clock::default());
    let failure = aws.apply(&Change::CreateGroup { group: "g".into() }).await.expect_err("refused");
    assert_eq!((failure.fault, failure.may_have_happened), (Fault::NoNetwork, false), "{failure}");
    assert!(failure.message.contains("refused"), "{failure}");
}

#[test]
fn the_source_of_a_credential_is_written_in_words() {
    let cases: [(&[&str], &str); 7] = [
        (&["login_session"], "profile acme (login session)"),
        (&["sso_session", "sso_account_id"], "profile acme (SSO)"),
        (&["credential_process"], "profile acme (credential_process)"),
        (&["role_arn", "source_profile"], "profile acme (assumed role)"),
        (&["role_arn", "web_identity_token_file"], "profile acme (web identity)"),
        (&["aws_access_key_id"], "profile acme (access key)"),
        (&["region"], "profile acme"),
    ];
    for (settings, words) in cases {
        let settings: Vec<(&str, &str)> = settings.iter().map(|name| (*name, "x")).collect();
        assert_eq!(credentials::in_words(&Profile::of("acme", &settings)), words);
    }
}
