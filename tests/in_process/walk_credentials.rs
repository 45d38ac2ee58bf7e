//! Walks over the step "Users": keys, passwords and MFA.

use crate::support::Walk;
use lockroot::account::facts::KeyStatus;
use lockroot::account::{Change, NewDevice, Outcome, Subject, Timestamp};
use lockroot::checks::Verdict;
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::ending::Open;
use lockroot::steps::{ActionId, Consent, Plan, StepId};
use lockroot::totp::Generator;
use lockroot::wizard::Page;

const STEP: StepId = StepId::Users;

/// The step's controls that apply and do not pass.
fn open(walk: &Walk) -> Vec<&'static str> {
    let assessed = walk.driver.wizard.facts().assessments();
    let is_open = |id: &&str| !matches!(assessed.verdict(id), Some(Verdict::Pass | Verdict::NotApplicable));
    STEP.controls().map(|control| control.id).filter(is_open).collect()
}

/// The plan under review. Panics if it breaks a rule for all plans of the step.
fn plan(walk: &Walk) -> &Plan {
    let Page::Review(review) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let in_use = |key: &str| {
        let facts = walk.driver.wizard.facts();
        facts.key(key).is_some_and(|key| key.recent_use(walk.driver.wizard.world.now()).is_some())
    };
    for call in &review.plan.calls {
        match &call.change {
            Change::DeleteKey { key, .. } => assert!(!in_use(key), "a key in use is never deleted first"),
            Change::SetKeyStatus { .. } | Change::DeleteLoginProfile { .. } => {
                assert_ne!(review.plan.consent, Consent::Plain, "{:?}", review.plan);
            }
            _ => {}
        }
    }
    &review.plan
}

async fn confirm(walk: &mut Walk) {
    match plan(walk).consent.clone() {
        Consent::Typed { expected, .. } => walk.type_text(&expected).await,
        Consent::Careful => walk.press("right").await,
        Consent::Plain => {}
    }
    walk.press("enter").await;
}

/// Follows the preselected actions of the step until none of its controls is open.
async fn fix_users(walk: &mut Walk) {
    walk.go_to(STEP).await;
    for _ in 0..300 {
        match walk.stage(STEP) {
            Page::Home(_) if open(walk).is_empty() => return,
            Page::Home(_) => walk.press("enter").await,
            Page::Review(_) => confirm(walk).await,
            Page::Examine(page) if page.is_whole(&walk.driver.wizard.world) => walk.press("enter").await,
            Page::Enrol(_) => walk.type_codes().await,
            Page::KeyWatch(_) => walk.press("enter").await,
            Page::Record(_) => walk.press("esc").await,
            Page::Examine(_) | Page::Prepare(_) | Page::Calls(_) | Page::Proof(_) => walk.wait(8).await,
            other => panic!("{other:?}:\n{}", walk.draw()),
        }
    }
    panic!("{:?} stay open:\n{}", open(walk), walk.draw());
}

/// Selects the row of `user` that starts with `what`.
async fn pick(walk: &mut Walk, user: &str, what: &str) {
    walk.go_to(STEP).await;
    if !matches!(walk.stage(STEP), Page::Home(_)) {
        walk.press("esc").await;
    }
    let rows = walk.driver.wizard.step_view(STEP).table.rows;
    let row = rows.iter().position(|row| row[0] == user && row[1].starts_with(what));
    let row = row.unwrap_or_else(|| panic!("no {what} of {user}: {rows:#?}"));
    walk.press(&"up ".repeat(rows.len())).await;
    walk.press(&"down ".repeat(row)).await;
}

fn offered(walk: &Walk) -> Vec<(ActionId, Option<String>)> {
    let Page::Home(home) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let page = walk.driver.wizard.world.step_view(STEP, home.item);
    page.actions.into_iter().map(|action| (action.id, action.blocked)).collect()
}

async fn choose(walk: &mut Walk, action: ActionId) {
    let place = offered(walk).iter().position(|(id, _)| *id == action).unwrap_or_else(|| panic!("{}", walk.draw()));
    walk.press(&"left ".repeat(9)).await;
    walk.press(&"right ".repeat(place)).await;
    walk.press("enter").await;
}

fn status(walk: &Walk, user: &str) -> Vec<KeyStatus> {
    let keys = walk.driver.wizard.facts().keys_of(&Subject::User(user.into())).unwrap_or_default();
    keys.iter().map(|key| key.status.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_users_step_makes_every_control_on_users_pass() {
    for (scenario, stays) in [("leaky-startup", "dana"), ("inherited", "tom")] {
        let mut walk = Walk::on(scenario).await;
        assert!(open(&walk).len() >= 3, "{scenario}: {:?}", open(&walk));
        fix_users(&mut walk).await;
        let facts = walk.driver.wizard.facts();
        let sign_in = facts.sign_in(stays).expect("an administrator's is read");
        assert!(matches!(sign_in.password.known(), Some(Some(_))), "{scenario}: {stays} still signs in");
        assert!(sign_in.devices.known().is_some_and(|devices| !devices.is_empty()), "{scenario}: with MFA");
        assert!(facts.waits.values().all(|wait| wait.owner != Subject::Root), "nothing of root's was touched");
        let left = walk.driver.wizard.world.open_items();
        assert!(
            !left.iter().any(|item| matches!(item, Open::Step(STEP, ..) | Open::Beyond(STEP, ..))),
            "the ending has nothing of it: {left:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_selection_stays_on_its_user_when_a_row_above_goes() {
    let mut walk = Walk::on("inherited").await;
    walk.go_to(STEP).await;
    pick(&mut walk, "olga", "password").await;
    let picked = |walk: &Walk| {
        let screen = walk.draw();
        screen.lines().find(|line| line.contains("│ ▸")).unwrap_or_else(|| panic!("{screen}")).to_owned()
    };
    assert!(picked(&walk).contains("olga"), "{}", walk.draw());
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    connection.account.apply(&Change::DeleteLoginProfile { user: "maria".into() }).await.unwrap();
    walk.clock.advance(std::time::Duration::from_secs(4 * 3600 + 1));
    walk.press("r").await;
    assert!(!walk.draw().contains("maria      password"), "{}", walk.draw());
    assert!(picked(&walk).contains("olga       password"), "{}", walk.draw());
    // The selected row is gone, so the first row is selected.
    connection.account.apply(&Change::DeleteLoginProfile { user: "olga".into() }).await.unwrap();
    walk.clock.advance(std::time::Duration::from_secs(4 * 3600 + 1));
    walk.press("r").await;
    assert!(picked(&walk).contains("gustavo"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn leaving_a_form_keeps_the_selection_on_its_row() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "olga", "groups").await;
    choose(&mut walk, ActionId::ReducePermissions).await;
    walk.press("esc").await;
    let Page::Home(home) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    let row = &walk.driver.wizard.step_view(STEP).table.rows[home.item];
    assert_eq!((row[0].as_str(), row[1].as_str()), ("olga", "groups"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn a_key_in_use_is_examined_before_it_is_deactivated() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "wei", "key").await;
    let ids = |walk: &Walk| offered(walk).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(&walk), [ActionId::Examine, ActionId::Deactivate, ActionId::MarkReviewed], "no way to delete it");
    walk.press("enter").await;
    let screen = walk.draw();
    assert!(matches!(walk.stage(STEP), Page::Examine(_)) && screen.contains("Who uses AKIA"), "{screen}");
    walk.wait(20).await;
    walk.press("enter").await;
    assert_eq!(
        ids(&walk),
        [ActionId::Deactivate, ActionId::Examine, ActionId::MarkReviewed],
        "seen, the person decides: {}",
        walk.draw()
    );
    walk.press("enter").await;
    let words = plan(&walk).notes.join(" ");
    assert!(words.contains("cloudformation") && words.contains("activate it again"), "{words}");
    confirm(&mut walk).await;
    assert!(matches!(walk.stage(STEP), Page::KeyWatch(_)), "{}", walk.draw());
    assert_eq!(status(&walk, "wei"), [KeyStatus::Inactive]);
    walk.press("a").await;
    assert!(matches!(plan(&walk).calls[0].change, Change::SetKeyStatus { status: KeyStatus::Active, .. }));
    confirm(&mut walk).await;
    assert_eq!(status(&walk, "wei"), [KeyStatus::Active], "{}", walk.draw());
    assert!(walk.driver.wizard.facts().waits.is_empty(), "it waits no longer");
}

#[tokio::test(start_paused = true)]
async fn a_deactivated_user_key_waits_across_runs_and_is_then_deleted() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "maria", "key").await;
    choose(&mut walk, ActionId::Deactivate).await;
    confirm(&mut walk).await;
    let key = walk.driver.wizard.facts().waits.keys().next().cloned().expect("it waits");
    let mut walk = Walk::remembering(walk.account, walk.clock, walk.journals).await;
    let wait = walk.driver.wizard.facts().waits[&key].clone();
    assert_eq!(wait.owner, Subject::User("maria".into()), "the journal remembers the owner");
    pick(&mut walk, "maria", "key").await;
    assert!(walk.draw().contains("waits until"), "{}", walk.draw());
    assert_eq!(offered(&walk)[0].0, ActionId::Watch);
    walk.clock.advance(std::time::Duration::from_secs(15 * 86_400));
    let mut walk = Walk::remembering(walk.account, walk.clock, walk.journals).await;
    pick(&mut walk, "maria", "key").await;
    assert_eq!(offered(&walk)[0].0, ActionId::Delete, "{}", walk.draw());
    choose(&mut walk, ActionId::Delete).await;
    let four = key[key.len() - 4..].to_owned();
    assert!(matches!(&plan(&walk).consent, Consent::Typed { expected, .. } if *expected == four));
    confirm(&mut walk).await;
    assert_eq!(walk.done(STEP), [format!("Delete maria's access key {key}: Shown")]);
    assert!(walk.driver.wizard.facts().waits.is_empty());
}

#[tokio::test(start_paused = true)]
async fn one_plan_changes_several_rows_and_shows_each_call() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "maria", "key").await;
    choose(&mut walk, ActionId::DeactivateAll).await;
    let plan_now = plan(&walk).clone();
    let of: Vec<&str> = plan_now
        .calls
        .iter()
        .map(|call| match &call.change {
            Change::SetKeyStatus { owner: Subject::User(user), status: KeyStatus::Inactive, .. } => user.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(of, ["maria", "consultant-2019", "consultant-2019", "olga"], "the unused ones, and no other");
    assert_eq!(plan_now.consent, Consent::Careful);
    confirm(&mut walk).await;
    assert_eq!(walk.done(STEP).len(), of.len(), "{}", walk.draw());
    pick(&mut walk, "olga", "password").await;
    choose(&mut walk, ActionId::DeleteAll).await;
    let plan_now = plan(&walk).clone();
    assert!(
        plan_now.calls.len() > 2
            && matches!(&plan_now.consent, Consent::Typed { expected, .. } if *expected == walk.driver.wizard.world.account())
    );
    let words = plan_now.notes.join(" ");
    assert!(words.contains("can't sign in:") && words.contains("maria") && words.contains("olga"), "{words}");
    confirm(&mut walk).await;
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn an_administrator_sets_up_a_users_mfa_or_asks_for_it_with_a_message() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "sam", "password").await;
    choose(&mut walk, ActionId::Message).await;
    assert!(walk.draw().contains("Please set up MFA for your user sam"), "{}", walk.draw());
    walk.press("y esc").await;
    let copied = format!("{:?}", walk.orders);
    assert!(matches!(walk.stage(STEP), Page::Home(_)) && copied.contains("Copy"), "{copied}");
    choose(&mut walk, ActionId::EnrolMfa).await;
    confirm(&mut walk).await;
    assert!(walk.draw().contains("MFA for sam"), "{}", walk.draw());
    walk.type_codes().await;
    assert_eq!(walk.done(STEP), ["Enable MFA for sam: Shown"]);
    walk.press("esc").await;
    let rows = walk.driver.wizard.step_view(STEP).table.rows;
    assert!(!rows.iter().any(|row| row[0] == "sam" && row[2].contains("no MFA")), "the row goes by itself: {rows:#?}");
}

/// The call that assigns `device` to `user`, with the codes of now.
fn enable(user: &str, device: &NewDevice, now: Timestamp) -> Change {
    let phone = Generator::new(&device.seed).unwrap();
    let unix = now.unix_timestamp().unsigned_abs();
    let codes = (phone.code(unix - 30), phone.code(unix));
    Change::EnableDevice { user: user.into(), serial: device.serial.clone(), codes }
}

#[tokio::test(start_paused = true)]
async fn mfa_set_up_elsewhere_is_seen_after_a_refresh() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "sam", "password").await;
    choose(&mut walk, ActionId::EnrolMfa).await;
    walk.press("esc").await;
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    let create = Change::CreateDevice { name: "phone-of-sam".into(), user: Some("sam".into()) };
    let Outcome::Device(device) = connection.account.apply(&create).await.unwrap() else { panic!() };
    connection.account.apply(&enable("sam", &device, walk.clock.now())).await.unwrap();
    walk.press("r").await;
    walk.wait(2).await;
    let rows = walk.driver.wizard.step_view(STEP).table.rows;
    assert!(!rows.iter().any(|row| row[0] == "sam" && row[2].contains("no MFA")), "{rows:#?}");
}

#[tokio::test(start_paused = true)]
async fn mfa_that_somebody_sets_up_elsewhere_is_seen_by_itself_while_the_step_is_in_front() {
    let mut walk = Walk::on("inherited").await;
    walk.go_to(STEP).await;
    walk.wait(2).await;
    let lacks_mfa = |walk: &Walk| {
        let rows = walk.driver.wizard.step_view(STEP).table.rows;
        rows.iter().any(|row| row[0] == "sam" && row[2].contains("no MFA"))
    };
    assert!(lacks_mfa(&walk) && walk.driver.sleeps_for().is_some(), "{}", walk.draw());
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    let create = Change::CreateDevice { name: "phone-of-sam".into(), user: Some("sam".into()) };
    let Outcome::Device(device) = connection.account.apply(&create).await.unwrap() else { panic!() };
    connection.account.apply(&enable("sam", &device, walk.clock.now())).await.unwrap();
    walk.wait(120).await;
    assert!(!lacks_mfa(&walk), "{}", walk.draw());
    // Elsewhere nothing is asked.
    walk.press("4").await;
    assert_eq!(walk.driver.sleeps_for(), None);
}

#[tokio::test(start_paused = true)]
async fn a_group_for_the_services_a_user_uses_replaces_the_users_policies() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "build-server", "policies").await;
    choose(&mut walk, ActionId::ReducePermissions).await;
    walk.wait(3).await;
    walk.size = (118, 40);
    let shown = walk.draw();
    assert!(
        matches!(walk.stage(STEP), Page::FillIn(_)) && shown.contains("In 400 days used s3 (35 min ago)"),
        "{shown}"
    );
    // Another choice suggests another group name. An existing group that allows more is not used.
    walk.press("right down").await;
    assert!(walk.draw().contains("PowerUsers"), "{}", walk.draw());
    walk.press("up left ctrl-s").await;
    let plan_now = plan(&walk).clone();
    let calls: Vec<&str> = plan_now.calls.iter().map(|call| call.change.action()).collect();
    assert_eq!(
        calls,
        ["iam:CreateGroup", "iam:AttachGroupPolicy", "iam:AddUserToGroup", "iam:DeleteUserPolicy"],
        "it joins before anything is taken off"
    );
    assert!(matches!(&plan_now.consent, Consent::Typed { expected, .. } if expected == "build-server"));
    confirm(&mut walk).await;
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{}", walk.draw());
    let rows = walk.driver.wizard.step_view(STEP).table.rows;
    assert!(!rows.iter().any(|row| row[0] == "build-server" && row[1] == "policies"), "{rows:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_reviewed_finding_is_marked_for_the_team_and_still_fails() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "wei", "key").await;
    let before = open(&walk);
    choose(&mut walk, ActionId::MarkReviewed).await;
    let plan_now = plan(&walk).clone();
    let [call] = plan_now.calls.as_slice() else { panic!("{plan_now:?}") };
    let Change::TagUser { user, tags } = &call.change else { panic!("{call:?}") };
    assert!(user == "wei" && tags[0].key.starts_with("lockroot:reviewed:AKIA"), "{tags:?}");
    confirm(&mut walk).await;
    assert_eq!(walk.done(STEP), ["Tag the user wei: Shown"]);
    assert_eq!(open(&walk), before, "no control passes by it");
    let row = |walk: &Walk| {
        let table = walk.driver.wizard.step_view(STEP).table;
        let row = table.rows.iter().position(|row| row[0] == "wei" && row[1].starts_with("key")).unwrap();
        (table.rows[row][2].clone(), table.dim[row])
    };
    let (why, is_dim) = row(&walk);
    assert!(why.starts_with("reviewed 20") && is_dim, "{why}");
    // Another client sees it too, and it ends with its days.
    let mut other = Walk::remembering(walk.account, walk.clock, walk.journals).await;
    other.go_to(STEP).await;
    assert!(row(&other).0.starts_with("reviewed 20"), "{:?}", row(&other));
    other.clock.advance(std::time::Duration::from_secs(91 * 86_400));
    let mut later = Walk::remembering(other.account, other.clock, other.journals).await;
    later.go_to(STEP).await;
    assert!(!row(&later).0.contains("reviewed"), "{:?}", row(&later));
}

/// Opens the form that gives gustavo PowerUserAccess in place of the groups Administrators and Developers.
async fn give_gustavo_less(walk: &mut Walk) {
    pick(walk, "gustavo", "groups").await;
    choose(walk, ActionId::ReducePermissions).await;
    walk.wait(3).await;
    walk.size = (118, 40);
    walk.press("right").await;
    let shown = walk.draw();
    assert!(matches!(walk.stage(STEP), Page::FillIn(_)) && shown.contains("Administrators Developers"), "{shown}");
}

fn groups_of<'w>(walk: &'w Walk, user: &str) -> &'w [String] {
    &walk.driver.wizard.facts().people.known().unwrap().user(user).unwrap().groups
}

#[tokio::test(start_paused = true)]
async fn a_user_joins_a_smaller_group_and_then_leaves_the_larger_ones() {
    let mut walk = Walk::on("inherited").await;
    give_gustavo_less(&mut walk).await;
    walk.press("down down ctrl-u").await;
    walk.type_text("Nobodys").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("No group is called Nobodys"), "{}", walk.draw());
    walk.press("ctrl-u").await;
    walk.type_text("Auditors").await;
    walk.press("ctrl-s").await;
    assert!(walk.remark().contains("gustavo is in none of these groups"), "{}", walk.draw());
    walk.press("ctrl-u").await;
    walk.type_text("Administrators Developers").await;
    walk.press("ctrl-s").await;
    let plan_now = plan(&walk).clone();
    let calls: Vec<String> = plan_now.calls.iter().map(|call| call.change.words()).collect();
    assert_eq!(
        calls,
        [
            "Create the group PowerUsers",
            "Attach PowerUserAccess to the group PowerUsers",
            "Add gustavo to the group PowerUsers",
            "Remove gustavo from the group Administrators",
            "Remove gustavo from the group Developers"
        ]
    );
    let words = plan_now.notes.join(" ");
    assert!(words.contains("In the last 90 days gustavo used") && words.contains("PowerUserAccess allows"), "{words}");
    assert!(words.contains("gustavo is an administrator."), "{words}");
    confirm(&mut walk).await;
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{}", walk.draw());
    assert_eq!(groups_of(&walk, "gustavo"), ["PowerUsers"]);
    let administrators = walk.driver.wizard.facts().people.known().unwrap().administrators();
    assert_eq!(administrators.map(|user| user.name.as_str()).collect::<Vec<_>>(), ["maria", "tom"]);
}

#[tokio::test(start_paused = true)]
async fn after_a_refused_removal_the_user_is_in_both_groups_and_the_rest_is_planned() {
    for kind in [FaultKind::AccessDenied, FaultKind::ResetAfter] {
        let mut walk = Walk::on("inherited").await;
        walk.account.inject(InjectedFault { call: "iam:RemoveUserFromGroup".into(), kind, times: 1 });
        give_gustavo_less(&mut walk).await;
        walk.press("ctrl-s").await;
        confirm(&mut walk).await;
        assert!(matches!(walk.stage(STEP), Page::Refused(_)), "{kind:?}: {}", walk.draw());
        walk.press("enter").await;
        walk.wait(8).await;
        let left = if kind == FaultKind::ResetAfter { &["Developers"][..] } else { &["Administrators", "Developers"] };
        assert_eq!(groups_of(&walk, "gustavo"), [left, &["PowerUsers"]].concat(), "{kind:?}");
        assert!(matches!(walk.stage(STEP), Page::FillIn(_)), "{kind:?}: {}", walk.draw());
        walk.press("ctrl-s").await;
        let calls: Vec<String> = plan(&walk).calls.iter().map(|call| call.change.words()).collect();
        let expected: Vec<String> = left.iter().map(|group| format!("Remove gustavo from the group {group}")).collect();
        assert_eq!(calls, expected, "{kind:?}");
        confirm(&mut walk).await;
        assert_eq!(groups_of(&walk, "gustavo"), ["PowerUsers"], "{kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_group_lets_users_set_up_their_own_mfa() {
    let mut walk = Walk::on("inherited").await;
    pick(&mut walk, "sam", "password").await;
    choose(&mut walk, ActionId::AllowSelfService).await;
    let Page::FillIn(_) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    walk.press("ctrl-u").await;
    walk.type_text("sam nobody").await;
    walk.press("ctrl-s").await;
    assert!(walk.draw().contains("No user is called nobody"), "{}", walk.draw());
    walk.press("ctrl-u").await;
    walk.type_text("sam olga").await;
    walk.press("ctrl-s").await;
    let calls: Vec<&str> = plan(&walk).calls.iter().map(|call| call.change.action()).collect();
    assert_eq!(calls, ["iam:CreateGroup", "iam:PutGroupPolicy", "iam:AddUserToGroup", "iam:AddUserToGroup"]);
    confirm(&mut walk).await;
    assert!(walk.done(STEP).iter().all(|line| line.ends_with("Shown")), "{}", walk.draw());
    // The group allows sam's own MFA, and nothing of other users.
    let sam = lockroot::commands::connections::connection_as(&walk.account, "sam".into(), &walk.clock).unwrap().account;
    let device = Change::CreateDevice { name: "sam".into(), user: Some("sam".into()) };
    let Outcome::Device(device) = sam.apply(&device).await.unwrap() else { panic!() };
    sam.apply(&enable("sam", &device, walk.clock.now())).await.unwrap();
    let refused = sam.apply(&Change::DeleteLoginProfile { user: "olga".into() }).await.unwrap_err();
    assert_eq!(refused.fault, lockroot::account::Fault::AccessDenied);
    // A second time, there is nothing to do.
    pick(&mut walk, "sam", "groups").await;
    choose(&mut walk, ActionId::AllowSelfService).await;
    walk.press("ctrl-u").await;
    walk.type_text("sam olga").await;
    walk.press("ctrl-s").await;
    assert!(walk.remark().contains("which allows it"), "{}", walk.draw());
}

#[tokio::test(start_paused = true)]
async fn the_last_administrator_keeps_its_policies_and_a_failed_job_is_reported() {
    let mut walk = Walk::in_scene(&SMALL.replace("user:ada", "root-login")).await;
    pick(&mut walk, "ada", "policies").await;
    let blocked = |walk: &Walk| offered(walk).into_iter().find(|(id, _)| *id == ActionId::ReducePermissions).unwrap().1;
    assert!(blocked(&walk).is_some_and(|why| why.contains("is the last administrator")));
    pick(&mut walk, "bea", "policies").await;
    assert_eq!(blocked(&walk), None);
    let call = "iam:GenerateServiceLastAccessedDetails".to_owned();
    walk.account.inject(InjectedFault { call, kind: FaultKind::AccessDenied, times: 1 });
    choose(&mut walk, ActionId::ReducePermissions).await;
    walk.wait(3).await;
    walk.size = (118, 40);
    assert!(walk.draw().contains("The services that bea uses could not be read"), "{}", walk.draw());
}

const SMALL: &str = r#"
    title = "Two who do everything"
    account = "123456789012"
    age = "9y"
    signed_in_as = "user:ada"
    [[users]]
    name = "ada"
    policies = ["AdministratorAccess"]
    password = true
    last_sign_in = "1y"
    age = "5y"
    [[users.keys]]
    age = "2y"
    last_used = "300d"
    [[users]]
    name = "bea"
    age = "5y"
    policies = ["AdministratorAccess"]
    [[users.keys]]
    age = "3y"
    last_used = "2y"
    [[users.service_credentials]]
    service = "codecommit.amazonaws.com"
    age = "2y"
"#;

#[tokio::test(start_paused = true)]
async fn the_step_does_not_delete_the_callers_own_sign_in() {
    let mut walk = Walk::in_scene(SMALL).await;
    pick(&mut walk, "ada", "password").await;
    let blocked = |walk: &Walk, action| offered(walk).into_iter().find(|(id, _)| *id == action).unwrap().1;
    assert!(blocked(&walk, ActionId::Delete).is_some_and(|why| why.contains("You are signed in as ada")));
    pick(&mut walk, "ada", "key").await;
    let why = "This session is signed with this key. Sign in another way first.";
    assert_eq!(blocked(&walk, ActionId::Deactivate).as_deref(), Some(why), "no key is named: each page has its own");
    // The last administrator's sign-in is kept too. bea has no password.
    pick(&mut walk, "bea", "key").await;
    assert_eq!(blocked(&walk, ActionId::Deactivate), None, "ada still signs in to the console");
    let by_root = SMALL.replace("user:ada", "root-login");
    let mut walk = Walk::in_scene(&by_root).await;
    pick(&mut walk, "ada", "password").await;
    assert!(blocked(&walk, ActionId::Delete).is_some_and(|why| why.contains("is the last administrator")));
    choose(&mut walk, ActionId::Delete).await;
    assert!(
        matches!(walk.stage(STEP), Page::Home(_)) && walk.remark().contains("Set up another one first"),
        "{}",
        walk.draw()
    );
}

#[tokio::test(start_paused = true)]
async fn users_who_would_be_locked_out_are_named_and_a_changed_plan_is_not_sent() {
    let mut walk = Walk::in_scene(&SMALL.replace("user:ada", "root-login")).await;
    pick(&mut walk, "bea", "key").await;
    choose(&mut walk, ActionId::Deactivate).await;
    assert!(plan(&walk).notes.iter().any(|note| note.starts_with("After this bea can't sign in:")), "{}", walk.draw());
    let Change::SetKeyStatus { owner, key, .. } = plan(&walk).calls[0].change.clone() else { panic!() };
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    connection.account.apply(&Change::DeleteKey { owner, key: key.clone() }).await.unwrap();
    walk.press("right enter").await;
    assert!(matches!(walk.stage(STEP), Page::Home(_)), "{}", walk.draw());
    assert!(walk.remark().contains(&key), "{}", walk.remark());
}

#[tokio::test(start_paused = true)]
async fn remaining_administrators_are_named_before_one_loses_the_password() {
    let scene = SMALL.replace("user:ada", "root-login").replace(
        "age = \"5y\"\n    policies",
        "age = \"5y\"\n    password = true\n    last_sign_in = \"1y\"\n    policies",
    );
    let mut walk = Walk::in_scene(&scene).await;
    pick(&mut walk, "bea", "password").await;
    choose(&mut walk, ActionId::Delete).await;
    let words = plan(&walk).notes.join(" ");
    assert!(words.contains("bea is an administrator. After this only ada has a console password"), "{words}");
}

#[tokio::test(start_paused = true)]
async fn a_service_credential_is_deactivated_before_it_is_deleted() {
    let mut walk = Walk::in_scene(&SMALL.replace("user:ada", "root-login")).await;
    pick(&mut walk, "bea", "codecommit").await;
    assert_eq!(
        offered(&walk).iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        [ActionId::Deactivate, ActionId::MarkReviewed]
    );
    for (action, call) in [
        (ActionId::Deactivate, "iam:UpdateServiceSpecificCredential"),
        (ActionId::Activate, "iam:UpdateServiceSpecificCredential"),
        (ActionId::Deactivate, "iam:UpdateServiceSpecificCredential"),
        (ActionId::Delete, "iam:DeleteServiceSpecificCredential"),
    ] {
        pick(&mut walk, "bea", "codecommit").await;
        choose(&mut walk, action).await;
        assert_eq!(plan(&walk).calls[0].change.action(), call);
        confirm(&mut walk).await;
        assert!(walk.done(STEP)[0].ends_with("Shown"), "{}", walk.draw());
    }
    assert!(!open(&walk).contains(&"long-term-service-credentials"));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_or_a_refusal_is_checked_by_a_read_back() {
    let calls = [
        ("key", ActionId::Deactivate, "iam:UpdateAccessKey"),
        ("password", ActionId::Delete, "iam:DeleteLoginProfile"),
    ];
    for (what, action, call) in calls {
        for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter, FaultKind::AccessDenied] {
            let mut walk = Walk::on("inherited").await;
            walk.account.inject(InjectedFault { call: call.into(), kind, times: 1 });
            pick(&mut walk, "maria", what).await;
            choose(&mut walk, action).await;
            confirm(&mut walk).await;
            assert!(matches!(walk.stage(STEP), Page::Refused(_)), "{call} {kind:?}: {}", walk.draw());
            walk.press("enter").await;
            let happened = matches!(walk.stage(STEP), Page::Record(_));
            assert_eq!(happened, kind == FaultKind::ResetAfter, "{call} {kind:?}: {}", walk.draw());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn unread_keys_are_reported_and_offer_no_action() {
    let mut walk = Walk::on("inherited").await;
    walk.account.inject(InjectedFault { call: "iam:ListAccessKeys".into(), kind: FaultKind::AccessDenied, times: 99 });
    pick(&mut walk, "maria", "key 1").await;
    assert_eq!(offered(&walk), []);
    walk.size = (80, 60);
    assert!(walk.draw().contains("The keys of maria could not be read"), "{}", walk.draw());
    // The report shows an active key, so the review names nobody as locked out.
    pick(&mut walk, "maria", "password").await;
    choose(&mut walk, ActionId::Delete).await;
    let words = plan(&walk).notes.join(" ");
    assert!(!words.contains("can't sign in:"), "{words}");
}
