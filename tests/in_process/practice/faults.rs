//! Injected faults.

use lockroot::practice::{FaultKind, InjectedFault};

use super::*;

fn broken(kind: FaultKind) -> Account {
    let fresh = open("fresh");
    fresh.practice.inject(InjectedFault { call: "iam:CreateUser".into(), kind, times: 1 });
    fresh
}

async fn users(account: &Account) -> usize {
    account.iam.list_users().send().await.unwrap().users().len()
}

#[tokio::test(start_paused = true)]
async fn injected_errors_have_their_codes_and_then_stop() {
    for (kind, refusal) in [
        (FaultKind::Throttle, "400 Throttling"),
        (FaultKind::Server, "500 ServiceFailure"),
        (FaultKind::ExpiredToken, "403 ExpiredToken"),
        (FaultKind::AccessDenied, "403 AccessDenied"),
    ] {
        let fresh = broken(kind);
        assert_eq!(refused(fresh.iam.create_user().user_name("a").send()).await, refusal);
        assert_eq!(users(&fresh).await, 0);
        fresh.create_user("a").await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_account_service_names_injected_errors_its_own_way() {
    let fresh = open_with("[[fault]]\ncall = \"account:*\"\nkind = \"throttle\"\ntimes = 2\n");
    let read = || fresh.account.get_contact_information().send();
    assert_eq!(refused(read()).await, "429 TooManyRequestsException");
    assert_eq!(refused(read()).await, "429 TooManyRequestsException");
    read().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_reset_before_a_call_changes_nothing_and_one_after_it_does() {
    for (kind, count) in [(FaultKind::ResetBefore, 0), (FaultKind::ResetAfter, 1)] {
        let fresh = broken(kind);
        let error = fresh.iam.create_user().user_name("a").send().await.unwrap_err();
        assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()), "{error:?}");
        assert_eq!(users(&fresh).await, count, "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_with_the_clients_own_timeout() {
    let fresh = broken(FaultKind::Silence);
    let error = fresh.iam.create_user().user_name("a").send().await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()), "{error:?}");
    assert_eq!(users(&fresh).await, 0);
}

#[tokio::test(start_paused = true)]
async fn quicker_answers_overtake_a_late_one_whose_change_is_made_at_once() {
    let fresh = broken(FaultKind::Latency(Duration::from_secs(9)));
    let started = tokio::time::Instant::now();
    let (late, quick) = tokio::join!(
        async {
            fresh.create_user("a").await;
            started.elapsed()
        },
        async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            (users(&fresh).await, started.elapsed())
        }
    );
    // Time is paused, so these durations are exact.
    assert_eq!((late.as_secs(), quick.0, quick.1.as_secs()), (9, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_the_clients_timeout_is_a_timeout() {
    let fresh = broken(FaultKind::Latency(Duration::from_secs(11)));
    let error = fresh.iam.create_user().user_name("a").send().await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()), "{error:?}");
    assert_eq!(users(&fresh).await, 1);
}

#[tokio::test(start_paused = true)]
async fn scenarios_have_latency_for_single_calls_and_at_random() {
    for text in [
        "[[fault]]\ncall = \"iam:ListUsers\"\nkind = \"latency-500ms\"\n",
        "[chaos]\nseed = 1\ncall = \"iam:List*\"\nper_thousand = 1000\nkinds = [\"latency-500ms\"]\n",
    ] {
        let fresh = open_with(text);
        let started = tokio::time::Instant::now();
        users(&fresh).await;
        assert_eq!(started.elapsed().as_millis() / 100, 5, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_captive_portal_is_no_answer() {
    let fresh = broken(FaultKind::NotXml);
    let error = fresh.iam.create_user().user_name("a").send().await.unwrap_err();
    assert_eq!(error.code(), None, "{error:?}");
    assert_eq!(users(&fresh).await, 0);
}

/// The SDK ignores the body of a call without output. That is one reason to read every change back.
#[tokio::test(start_paused = true)]
async fn a_captive_portal_seems_to_accept_a_call_without_output() {
    let fresh = open("fresh");
    fresh.practice.inject(InjectedFault { call: "iam:CreateAccountAlias".into(), kind: FaultKind::NotXml, times: 1 });
    fresh.iam.create_account_alias().account_alias("acme").send().await.unwrap();
    assert!(fresh.iam.list_account_aliases().send().await.unwrap().account_aliases().is_empty());
}

#[tokio::test(start_paused = true)]
async fn half_an_answer_fails_although_the_change_was_made() {
    let fresh = broken(FaultKind::TruncatedBody);
    let error = fresh.iam.create_user().user_name("a").send().await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()), "{error:?}");
    assert_eq!(users(&fresh).await, 1);
}

#[tokio::test(start_paused = true)]
async fn random_faults_come_from_a_seed() {
    let fresh = open("fresh");
    fresh.practice.shake(lockroot::practice::Chaos::new(7, "iam:*", 500, &[FaultKind::Throttle]));
    let mut failed = 0;
    for _ in 0..40 {
        failed += u32::from(fresh.iam.list_users().send().await.is_err());
    }
    assert!((10..30).contains(&failed), "{failed}");
    fresh.sts.get_caller_identity().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn each_service_has_its_own_error_for_too_many_requests() {
    use lockroot::practice::Rate;
    let fresh = open("fresh");
    for service in ["iam", "account"] {
        fresh.practice.limit(service, Rate { per_second: 1, burst: 1 });
    }
    users(&fresh).await;
    assert_eq!(refused(fresh.iam.list_users().send()).await, "400 Throttling");
    fresh.account.get_contact_information().send().await.unwrap();
    assert_eq!(refused(fresh.account.get_contact_information().send()).await, "429 TooManyRequestsException");
    fresh.clock.advance(Duration::from_secs(1));
    users(&fresh).await;
    fresh.account.get_contact_information().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_loop_without_pauses_is_throttled_unless_the_scenario_allows_it() {
    let fresh = open("fresh");
    let mut answered = 0;
    while fresh.sts.get_caller_identity().send().await.is_ok() {
        answered += 1;
    }
    assert_eq!(answered, 1000);
    assert_eq!(refused(fresh.sts.get_caller_identity().send()).await, "400 Throttling");
    users(&fresh).await;
    fresh.clock.advance(Duration::from_secs(1));
    fresh.sts.get_caller_identity().send().await.unwrap();
    let other = open_with("[[rate]]\nof = \"sts\"\nper_second = 1\nburst = 1\n");
    other.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(refused(other.sts.get_caller_identity().send()).await, "400 Throttling");
}

#[tokio::test(start_paused = true)]
async fn account_managements_rates_are_the_published_ones() {
    let fresh = open("fresh");
    let read = || fresh.account.get_contact_information().send();
    for _ in 0..15 {
        read().await.unwrap();
    }
    assert_eq!(refused(read()).await, "429 TooManyRequestsException");
    fresh.clock.advance(Duration::from_secs(1));
    for _ in 0..10 {
        read().await.unwrap();
    }
    assert_eq!(refused(read()).await, "429 TooManyRequestsException");
}
