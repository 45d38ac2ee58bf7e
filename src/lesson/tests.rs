use time::macros::datetime;

use super::record::{LessonRecord, Run, markdown};
use super::*;

fn by<'a>(controls: &'a [String], steps: &'a [String]) -> MetBy<'a> {
    MetBy { controls, steps, second_way: false, own: &[] }
}

#[test]
fn a_goal_needs_a_condition_that_exists() {
    let (good, bad) = (["root-mfa".to_owned()], ["root-mfs".to_owned()]);
    assert!(Goal::new("g", by(&good, &good)).is_ok());
    assert!(Goal::new("g", by(&bad, &[])).unwrap_err().contains("no control \"root-mfs\""));
    assert!(Goal::new("g", by(&[], &bad)).unwrap_err().contains("there are: root-access-keys, root-mfa, "));
    assert!(Goal::new("g", by(&[], &[])).unwrap_err().contains("names nothing"));
}

#[test]
fn goals_on_unread_facts_are_not_met() {
    let facts = Facts::default();
    let assessed = Assessments::of(&facts);
    let names = ["root-mfa".to_owned()];
    let step = Goal::new("g", by(&[], &names)).unwrap();
    let control = Goal::new("g", by(&names, &[])).unwrap();
    let way = Goal::new("g", MetBy { controls: &[], steps: &[], second_way: true, own: &[] }).unwrap();
    assert!(!step.is_met(&assessed, &facts, true) && !control.is_met(&assessed, &facts, true));
    assert!(way.is_met(&assessed, &facts, true) && !way.is_met(&assessed, &facts, false));
}

#[test]
fn a_record_has_goals_runs_and_answers() {
    let names = ["root-mfa".to_owned()];
    let goal = |text: &str| Goal::new(text, by(&names, &[])).unwrap();
    let questions = vec![Why { question: "Why so?".into(), explanation: "Because <b>.".into() }];
    let lesson =
        Lesson { title: "A new account".into(), goals: vec![goal("Put MFA on root"), goal("Do more")], questions };
    let run = |began, ended, done: &[&str]| Run {
        began,
        ended,
        done: Some(done.iter().map(|text| (*text).into()).collect()),
    };
    let runs = [
        run(datetime!(2026-11-21 12:00 UTC), datetime!(2026-11-21 12:10 UTC), &["Deleted a key\u{1b}[2J"]),
        Run { began: datetime!(2026-11-21 13:00 UTC), ended: datetime!(2026-11-21 13:01 UTC), done: None },
        run(datetime!(2026-11-22 08:00 UTC), datetime!(2026-11-22 08:05:30 UTC), &["Created the user ada"]),
    ];
    let record = LessonRecord {
        scenario: "fresh, kept as anna",
        principal: Some("the root user"),
        lesson: Some(&lesson),
        goals: &[true, false],
        score: Some("5 of 7 steps are done"),
        open: &["Step 8, users: Users get permissions through groups".into()],
        runs: &runs,
    };
    insta::with_settings!({ snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("record_of_a_lesson", markdown(&record));
    });
    let html = crate::break_glass::html(&markdown(&record));
    assert!(html.contains("<h2>Goals: 1 of 2 met</h2>") && html.contains("Because &lt;b&gt;."), "{html}");
}
