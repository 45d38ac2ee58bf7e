//! Every verdict has evidence. Only unknown may have none: it has the failure.

use crate::support::{START, connection};
use lockroot::checks::{CONTROLS, Verdict};
use lockroot::commands::check::read_all;
use lockroot::commands::connections::connection_as;
use lockroot::practice::{FaultKind, InjectedFault, Practice, Scenario};

/// Accounts unlike the built-in scenarios: one with root alone, and one whose caller may read little.
const BARE: &str = "title = \"bare\"\naccount = \"123456789012\"\n";
const READER: &str = "title = \"read by others\"\naccount = \"123456789012\"\n[[users]]\nname = \"sam\"\npolicies = [\"SecurityAudit\"]\n[[users.keys]]\nage = \"9d\"\n[[users]]\nname = \"pat\"\n[[users.keys]]\nage = \"9d\"\n";

async fn holds(told: &str, account: &dyn lockroot::account::Reader) {
    let facts = read_all(account).await;
    for control in CONTROLS {
        let (whole, rules) = control.assess_by(&facts, |_| true);
        let rules = rules.into_iter().map(|(rule, assessment)| (rule.id, assessment));
        for (id, assessment) in rules.chain([(control.id, whole)]) {
            let has = !assessment.evidence.is_empty();
            let (verdict, why) = (assessment.verdict, &assessment.why);
            assert!(has || verdict == Verdict::Unknown, "{told}: {id} is {verdict:?} without evidence: {why}");
            assert!(!why.is_empty(), "{told}: {id} gives no reason");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_verdict_except_unknown_has_evidence() {
    for name in Scenario::NAMES {
        holds(name, connection(name).account.as_ref()).await;
    }
    let clock = lockroot::clock::Clock::set_to(START);
    let bare = Practice::new(Scenario::parse("bare", BARE).unwrap(), clock.clone());
    holds("bare", lockroot::commands::connections::connection_to(&bare, &clock).account.as_ref()).await;
    let others = Practice::new(Scenario::parse("others", READER).unwrap(), clock.clone());
    for user in ["sam", "pat"] {
        holds(user, connection_as(&others, user.into(), &clock).unwrap().account.as_ref()).await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_confirmed_caller_nothing_is_assessed() {
    let clock = lockroot::clock::Clock::set_to(START);
    let account = Practice::new(Scenario::named("leaky-startup").unwrap(), clock.clone());
    // All other questions are answered.
    account.inject(InjectedFault { call: "sts:GetCallerIdentity".into(), kind: FaultKind::AccessDenied, times: 99 });
    let facts = read_all(lockroot::commands::connections::connection_to(&account, &clock).account.as_ref()).await;
    for control in CONTROLS {
        let assessment = control.assess(&facts);
        assert_eq!(assessment.verdict, Verdict::Unknown, "{}: {}", control.id, assessment.why);
    }
}
