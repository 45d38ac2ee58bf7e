//! No task is left behind after requests were answered, refused, lost or outdated.

use std::time::Duration;

use crate::support::Walk;
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::{Event, Key, KeyPress};

fn alive() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// A task that has sent its answer needs one more turn to end.
async fn is_level(base: usize, after: &str) {
    for _ in 0..1_000 {
        if alive() == base {
            return;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(alive(), base, "tasks alive after {after}");
}

async fn change_the_password_policy(walk: &mut Walk) {
    walk.press("esc esc esc").await;
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s right enter").await;
    walk.press("esc esc esc").await;
}

#[tokio::test(start_paused = true)]
async fn every_request_ends_its_task_whatever_its_result() {
    let mut walk = Walk::on("fresh").await;
    // The task that writes the journal in order.
    let base = 1;
    is_level(base, "the start").await;
    let own = tokio::spawn(std::future::pending::<()>());
    assert_eq!(alive(), base + 1, "what is left behind is seen");
    own.abort();
    is_level(base, "the proof of the measure").await;

    walk.press("r").await;
    is_level(base, "reads that were answered").await;
    for kind in [
        FaultKind::AccessDenied,
        FaultKind::Throttle,
        FaultKind::Server,
        FaultKind::Silence,
        FaultKind::ResetBefore,
        FaultKind::ResetAfter,
        FaultKind::ExpiredToken,
    ] {
        for call in ["iam:UpdateAccountPasswordPolicy", "iam:GetAccountPasswordPolicy", "cloudtrail:LookupEvents"] {
            walk.account.inject(InjectedFault { call: call.into(), kind, times: 2 });
        }
        walk.press("r").await;
        is_level(base, &format!("reads with {kind:?}")).await;
        change_the_password_policy(&mut walk).await;
        is_level(base, &format!("a change with {kind:?}")).await;
        walk.wait(30).await;
        walk.press("ctrl-l").await;
        is_level(base, &format!("another connection after {kind:?}")).await;
    }

    // Outdated reads end too, although nothing waits for their answers.
    for _ in 0..20 {
        walk.driver.handle(Event::Key(KeyPress::from(Key::Char('r'))));
        walk.clock.advance(Duration::from_secs(1));
    }
    assert!(alive() > base + 20, "{} are on their way", alive());
    walk.settle().await;
    is_level(base, "reads that were overtaken").await;

    // The program ends during the reads.
    walk.driver.handle(Event::Key(KeyPress::from(Key::Char('r'))));
    drop(walk);
    tokio::time::advance(Duration::from_secs(100)).await;
    is_level(0, "the end").await;
}
