//! No task is left behind after requests were answered, refused, lost or outdated.

use std::time::Duration;

use crate::support::Walk;
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::{Event, Key, KeyPress};

fn count_tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// A task that has sent its answer needs one more turn to end.
async fn assert_task_count(base: usize, after: &str) {
    for _ in 0..1_000 {
        if count_tasks() == base {
            return;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(count_tasks(), base, "tasks alive after {after}");
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
    assert_task_count(base, "the start").await;
    let own = tokio::spawn(std::future::pending::<()>());
    assert_eq!(count_tasks(), base + 1, "what is left behind is seen");
    own.abort();
    assert_task_count(base, "the proof of the measure").await;

    walk.press("r").await;
    assert_task_count(base, "reads that were answered").await;
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
        assert_task_count(base, &format!("reads with {kind:?}")).await;
        change_the_password_policy(&mut walk).await;
        assert_task_count(base, &format!("a change with {kind:?}")).await;
        walk.wait(30).await;
        walk.press("ctrl-l").await;
        assert_task_count(base, &format!("another connection after {kind:?}")).await;
    }

    // Outdated reads end too, although nothing waits for their answers.
    for _ in 0..20 {
        walk.driver.handle(Event::Key(KeyPress::from(Key::Char('r'))));
        walk.clock.advance(Duration::from_secs(1));
    }
    assert!(count_tasks() > base + 20, "{} are on their way", count_tasks());
    walk.settle().await;
    assert_task_count(base, "reads that were overtaken").await;

    // The program ends during the reads.
    walk.driver.handle(Event::Key(KeyPress::from(Key::Char('r'))));
    drop(walk);
    tokio::time::advance(Duration::from_secs(100)).await;
    assert_task_count(0, "the end").await;
}
