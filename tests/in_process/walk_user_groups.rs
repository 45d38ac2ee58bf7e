//! Walks that move users' own policies into groups.

use crate::support::Walk;
use crate::support::cases;
use lockroot::checks::{Verdict, control};
use lockroot::practice::{FaultKind, InjectedFault};
use lockroot::steps::StepId;
use lockroot::wizard::Page;
use lockroot::wizard::pages::review::ReviewFocus;

const STEP: StepId = StepId::Users;
const SCENE: &str = r#"
    title = "Policies on users"
    account = "123456789012"
    signed_in_as = "root-login"
    [[groups]]
    name = "Readers"
    policies = ["ReadOnlyAccess"]
    [[users]]
    name = "ada"
    policies = ["ReadOnlyAccess"]
    [[users]]
    name = "bea"
    policies = ["AdministratorAccess"]
    inline_policies = { own = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}' }
"#;

fn is_green(walk: &Walk) -> bool {
    control("permissions-through-groups").unwrap().assess(walk.driver.wizard.facts()).verdict == Verdict::Pass
}

/// Chooses the page's first offer and confirms it.
async fn next(walk: &mut Walk) -> Vec<&'static str> {
    walk.press("enter").await;
    let Page::Review(review) = walk.stage(STEP) else { panic!("{}", walk.draw()) };
    assert_eq!(review.focus, ReviewFocus::Back, "careful consent");
    let actions = review.plan.calls.iter().map(|call| call.change.action()).collect();
    walk.press("right enter").await;
    actions
}

#[tokio::test(start_paused = true)]
async fn a_group_gives_one_user_at_a_time_their_permissions() {
    let mut walk = Walk::in_scene(SCENE).await;
    walk.go_to(STEP).await;
    assert!(!is_green(&walk));
    let screen = walk.draw();
    assert!(screen.contains("ada") && screen.contains("▸ bea"), "an administrator comes first: {screen}");
    let made = ["iam:CreateGroup", "iam:AttachGroupPolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup"];
    assert_eq!(next(&mut walk).await, made);
    walk.press("esc").await;
    assert_eq!(next(&mut walk).await, ["iam:DetachUserPolicy", "iam:DeleteUserPolicy"]);
    walk.press("esc").await;
    assert!(walk.draw().contains("Use Readers"), "{}", walk.draw());
    assert_eq!(next(&mut walk).await, ["iam:AddUserToGroup"], "a group that carries the same is used");
    assert!(matches!(walk.stage(STEP), Page::Record(_)), "{}", walk.draw());
    walk.press("esc").await;
    assert!(walk.draw().contains("Detach from ada"), "{}", walk.draw());
    assert_eq!(next(&mut walk).await, ["iam:DetachUserPolicy"]);
    assert!(is_green(&walk), "{}", walk.draw());
    let people = walk.driver.wizard.facts().people.known().unwrap();
    assert_eq!(people.administrators().map(|user| user.name.as_str()).collect::<Vec<_>>(), ["bea"]);
    assert!(people.group("bea-permissions").unwrap().inline_policies["own"].contains("Deny"));
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_move_continues_after_any_call() {
    let calls = [
        "iam:CreateGroup",
        "iam:AttachGroupPolicy",
        "iam:PutGroupPolicy",
        "iam:AddUserToGroup",
        "iam:DetachUserPolicy",
        "iam:DeleteUserPolicy",
    ];
    for (call, kind) in cases::pairs(&calls, &[FaultKind::ResetBefore, FaultKind::ResetAfter, FaultKind::AccessDenied])
    {
        let mut walk = Walk::in_scene(SCENE).await;
        walk.is_blind = !cases::are_full();
        walk.go_to(STEP).await;
        walk.account.inject(InjectedFault { call: call.into(), kind, times: 1 });
        for _ in 0..30 {
            match walk.stage(STEP) {
                Page::Refused(_) => walk.press("enter").await,
                Page::Review(_) => walk.press("right enter").await,
                Page::Proof(_) => walk.wait(8).await,
                Page::Record(_) => walk.press("esc").await,
                Page::Home(_) if is_green(&walk) => break,
                Page::Home(_) => walk.press("enter").await,
                other => panic!("{call} {kind:?}: {other:?}"),
            }
        }
        assert!(is_green(&walk), "{call} {kind:?}: {}", walk.draw());
        let people = walk.driver.wizard.facts().people.known().unwrap();
        assert_eq!(people.groups.len(), 2, "{call} {kind:?}: no group is made twice");
        assert_eq!(people.administrators().count(), 1, "{call} {kind:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_in_ten_groups_cannot_join_another() {
    let groups: String = (0..10).map(|n| format!("[[groups]]\nname = \"g{n}\"\n")).collect();
    let names: Vec<String> = (0..10).map(|n| format!("\"g{n}\"")).collect();
    let scene = format!(
        "title = \"t\"\naccount = \"123456789012\"\nsigned_in_as = \"root-login\"\n{groups}[[users]]\nname = \"ada\"\npolicies = [\"ReadOnlyAccess\"]\ngroups = [{}]\n",
        names.join(", ")
    );
    let mut walk = Walk::in_scene(&scene).await;
    walk.go_to(STEP).await;
    walk.press("enter").await;
    assert!(matches!(walk.stage(STEP), Page::Home(_)), "{}", walk.draw());
    assert!(walk.remark().contains("10 groups already"), "{}", walk.remark());
}
