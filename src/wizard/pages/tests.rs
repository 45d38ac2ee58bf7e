//! Each page alone: which page an input leads to.

use super::accept::AcceptStage;
mod risks;

use super::enrol::{CodeField, Enrolee};
use super::hand_over::Visibility;
use super::prepare::Goal;
use super::review::ReviewFocus;
use super::text_page::Text;
use super::*;
use crate::account::Traced;
use crate::account::facts::ServerCertificate;
use crate::account::machine::Machine;
use crate::account::source::HeldKey;
use crate::account::{Acceptances, Caller, Credential, CredentialKind, Suppression};
use crate::account::{
    Change, Failure, Fault, NewDevice, Outcome, PasswordPolicy, Principal, Question, Reading as Read,
};
use crate::checks::{SuppressionScope, Verdict};
use crate::secret::Secret;
use crate::steps::ending::Open;
use crate::steps::{ActionId, Call, Consent, FieldId, Plan, StepId, StepStatus, status_in};
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::event::{Effect, Reply, Request, Ticket};
use crate::wizard::keys::Intent;
use crate::wizard::secrets::{IssuedSecrets, UserSecrets};
use crate::wizard::world::{Removal, Session};
use crate::wizard::{Drawn, Mode, Place, Wait};

const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
const STEP: StepId = StepId::PasswordPolicy;

fn caller(account: &str) -> Caller {
    Caller {
        account: account.into(),
        arn: format!("arn:aws:iam::{account}:root"),
        principal: Principal::Root,
        credential: Credential {
            access_key_id: "ASIAX".into(),
            kind: CredentialKind::Temporary,
            source: "the test".into(),
            base: None,
        },
        clock_ahead: None,
    }
}

/// Root is signed in, and a read has shown that there is no password policy.
fn world() -> World {
    let mut world = World::new(Mode::Live, NOW);
    world.set_session(Session::Established);
    world.facts_mut().caller = Read::Known { value: caller("123456789012"), at: NOW };
    world.facts_mut().password_policy = Read::Known { value: None, at: NOW };
    world
}

fn chosen() -> ChosenAction {
    ChosenAction { step: STEP, action: ActionId::FillIn, item: 2, subject: None, form: None }
}

fn filled() -> ChosenAction {
    let form = match STEP.definition().open(ActionId::FillIn, 0, world().facts()) {
        crate::steps::Opening::Form(form) => form,
        other => panic!("{other:?}"),
    };
    ChosenAction { form: Some(form), ..chosen() }
}

fn change() -> Change {
    Change::PutPasswordPolicy(PasswordPolicy::aws_default())
}

fn plan(consent: Consent) -> Plan {
    Plan { title: "t".into(), calls: vec![Call::new(change(), "a", "b", "c")], consent, ..Plan::default() }
}

fn tell(page: impl Into<Page>, input: Input, world: &mut World) -> Next {
    page.into().on(input, world)
}

fn press(page: impl Into<Page>, intent: Intent, world: &mut World) -> Next {
    tell(page, Input::Do(intent), world)
}

/// The page that replaces the page.
fn goes(next: Next) -> Page {
    match next {
        Next::Go(page) => page,
        other => panic!("it goes nowhere: {other:?}"),
    }
}

/// The page, if it stays.
fn stays(next: Next) -> Page {
    match next {
        Next::Stay(page) => page,
        other => panic!("it does not stay: {other:?}"),
    }
}

fn requests(world: &mut World) -> Vec<Request> {
    let asked = |effect| match effect {
        Effect::Ask(_, request) => Some(request),
        _ => None,
    };
    world.take_effects().into_iter().filter_map(asked).collect()
}

#[test]
fn missing_facts_are_read_before_the_form_opens() {
    let mut world = world();
    world.facts_mut().password_policy = Read::Unread;
    let Next::Over(Page::Home(_), Page::Prepare(prepare)) = press(Home::new(STEP), Intent::Choose, &mut world) else {
        panic!("nothing is prepared")
    };
    assert_eq!(prepare.goal, Goal::Form);
}

#[test]
fn a_step_is_skipped_only_with_a_reason_and_can_be_resumed() {
    let mut world = world();
    let Next::Over(Page::Home(_), page) = press(Home::new(STEP), Intent::Skip, &mut world) else { panic!() };
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("a few words")));
    let page = stays(page.on(Input::Text('x'), &mut world));
    assert!(page.types());
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(matches!(&page, Page::Skip(skip) if skip.is_skipped() && skip.reason == "x"));
    assert!(matches!(page.on(Input::Do(Intent::Choose), &mut world), Next::Back), "taken up again");
}

#[test]
fn a_form_that_was_left_is_kept_and_the_selected_row_stays_selected() {
    let mut world = world();
    let page = stays(tell(Home::at(STEP, 1, 1), Input::Returned(Some(filled())), &mut world));
    assert!(matches!(&page, Page::Home(home) if home.has_draft() && home.item == 0));
    let page = stays(tell(Home::new(STEP), Input::Returned(Some(chosen())), &mut world));
    assert!(matches!(&page, Page::Home(home) if !home.has_draft() && home.item == 2));
}

#[test]
fn leaving_a_form_keeps_its_fields() {
    let mut world = world();
    let form = filled().form.unwrap();
    let Next::BackWith(chosen) = press(FillIn { chosen: chosen(), form }, Intent::Back, &mut world) else { panic!() };
    assert!(chosen.form.is_some());
}

#[test]
fn a_sent_form_is_prepared_and_going_back_reopens_it() {
    let mut world = world();
    let form = filled().form.unwrap();
    let page = goes(press(FillIn { chosen: chosen(), form }, Intent::Turn(1), &mut world));
    assert!(matches!(&page, Page::Prepare(prepare) if prepare.goal == Goal::Review));
    assert!(matches!(goes(page.on(Input::Do(Intent::Back), &mut world)), Page::FillIn(_)));
}

fn review(consent: Consent) -> Review {
    let mut review = Review::new(plan(consent), PlanSource::Action(chosen()), NOW - time::Duration::SECOND);
    review.seen.add(&Drawn::WHOLE);
    review
}

#[test]
fn a_review_cannot_be_confirmed_before_it_could_be_read() {
    let mut world = world();
    let fresh = Review { since: NOW, ..review(Consent::Plain) };
    stays(press(fresh, Intent::Choose, &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Nothing was done")));
}

#[test]
fn a_confirmed_review_first_reads_again_and_sends_nothing() {
    let mut world = world();
    let page = goes(press(review(Consent::Plain), Intent::Choose, &mut world));
    assert!(matches!(page, Page::Prepare(prepare) if matches!(prepare.goal, Goal::Send(_))));
    assert!(requests(&mut world).iter().all(|request| matches!(request, Request::Read(_))));
}

#[test]
fn going_back_is_preselected_if_something_stops_working() {
    let mut world = world();
    let careful = review(Consent::Careful);
    assert_eq!(careful.focus, ReviewFocus::Back);
    assert!(matches!(press(careful, Intent::Choose, &mut world), Next::BackWith(_)));
}

#[test]
fn a_removing_call_can_be_confirmed_only_after_it_was_shown() {
    let mut world = world();
    let unseen = Review { seen: Default::default(), focus: ReviewFocus::Ahead, ..review(Consent::Careful) };
    stays(press(unseen, Intent::Choose, &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Scroll down first")));
}

#[test]
fn a_typed_confirmation_accepts_only_the_expected_text() {
    let mut world = world();
    let typed = Consent::Typed { what: "it".into(), expected: "7XM2".into() };
    let page = stays(press(review(typed), Intent::Choose, &mut world));
    let page = "7xM2".chars().fold(page, |page, character| stays(page.on(Input::Text(character), &mut world)));
    assert!(matches!(goes(page.on(Input::Do(Intent::Choose), &mut world)), Page::Prepare(_)), "case does not matter");
}

#[test]
fn a_review_opens_folded_except_for_calls_that_take_something_away() {
    let gone = Change::DeleteAlias { alias: "acme".into() };
    let calls = [change(), gone].map(|change| Call::new(change, "a", "b", "c"));
    let two = Plan { calls: calls.into(), ..plan(Consent::Plain) };
    let mut world = world();
    let opened = Review::new(two, PlanSource::Action(chosen()), NOW);
    assert_eq!(opened.unfolded, [false, true]);
    let unfolded = |page: &Page| match page {
        Page::Review(review) => review.unfolded.clone(),
        other => panic!("{other:?}"),
    };
    let page = stays(press(opened, Intent::Details(Some(0)), &mut world));
    assert_eq!(unfolded(&page), [true, true]);
    let page = stays(page.on(Input::Do(Intent::Details(None)), &mut world));
    assert_eq!(unfolded(&page), [false, false]);
    let page = stays(page.on(Input::Do(Intent::Details(Some(7))), &mut world));
    assert_eq!(unfolded(&page), [false, false], "there are two calls");
    assert_eq!(review(Consent::Plain).unfolded, [true], "a call that stands alone");
}

fn calls(world: &mut World) -> Page {
    goes(Calls::begin("t".into(), vec![change()], PlanSource::Action(chosen()), world))
}

fn ticket(page: &Page) -> Ticket {
    match page {
        Page::Calls(calls) => calls.ticket,
        other => panic!("{other:?}"),
    }
}

fn answered(page: Page, result: Result<Outcome, Failure>, world: &mut World) -> Next {
    let ticket = ticket(&page);
    page.on(Input::Reply(ticket, Reply::Applied(change(), result)), world)
}

fn denied() -> Failure {
    Failure::new(Fault::AccessDenied, "iam:UpdateAccountPasswordPolicy", "no")
}

#[test]
fn accepted_calls_are_read_back() {
    let mut world = world();
    let page = calls(&mut world);
    assert!(matches!(goes(answered(page, Ok(Outcome::Done), &mut world)), Page::Proof(_)));
}

#[test]
fn a_refused_call_opens_its_page_and_sends_no_further_call() {
    let mut world = world();
    let page = calls(&mut world);
    requests(&mut world);
    let Page::Refused(refused) = goes(answered(page, Err(denied()), &mut world)) else { panic!() };
    assert!(!requests(&mut world).iter().any(|request| matches!(request, Request::Apply(_))));
    stays(press(*refused, Intent::Choose, &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Wait a moment")), "what is true is read first");
}

#[test]
fn an_answer_to_another_call_is_passed_on() {
    let mut world = world();
    let page = calls(&mut world);
    let late = Input::Reply(Ticket(9_999), Reply::Applied(change(), Ok(Outcome::Done)));
    assert!(matches!(page.on(late, &mut world), Next::Unhandled(Page::Calls(_))));
}

#[test]
fn quitting_reports_how_the_running_call_ended() {
    let mut world = world();
    let page = calls(&mut world);
    assert_eq!(page.leaving(&world), Leaving::Waits);
    world.set_quitting();
    assert!(matches!(answered(page, Ok(Outcome::Done), &mut world), Next::Quit));
    assert!(world.farewell().join("\n").contains("Done before quitting"));
}

#[test]
fn nothing_is_sent_beside_another_lockroot() {
    let mut world = world();
    world.claim("123456789012".into());
    requests(&mut world);
    let next = Calls::begin("t".into(), vec![change()], PlanSource::Action(chosen()), &mut world);
    assert!(matches!(next, Next::BackWith(_)));
    assert!(requests(&mut world).is_empty());
}

fn refused(world: &mut World) -> Refused {
    world.take_effects();
    Refused {
        tried: "t".into(),
        failure: denied(),
        change: Some(change()),
        done: Vec::new(),
        left: vec!["more".into()],
        issued: IssuedSecrets { people: vec![kept()], ..IssuedSecrets::default() },
        source: PlanSource::Action(filled()),
    }
}

fn kept() -> UserSecrets {
    UserSecrets { user: "ada".into(), password: Some(Secret::new("p")), ..UserSecrets::default() }
}

#[test]
fn secrets_issued_before_a_refusal_are_shown_and_the_form_is_kept() {
    let mut world = world();
    let page = refused(&mut world);
    let Next::GoKeeping(Page::HandOver(shown), chosen) = press(page, Intent::Choose, &mut world) else { panic!() };
    assert!(shown.password.is_some() && chosen.form.is_some());
}

#[test]
fn a_result_leads_to_the_next_step_or_back() {
    let mut world = world();
    let record = || Record::shown(StepId::Administrator, "done");
    assert!(matches!(press(record(), Intent::Choose, &mut world), Next::Turn(None, 1)));
    assert!(matches!(press(record(), Intent::Back, &mut world), Next::Back));
}

#[test]
fn a_result_leads_first_to_the_open_items_of_its_step() {
    let mut world = world();
    let record = || Record::shown(STEP, "done");
    assert!(matches!(press(record(), Intent::Choose, &mut world), Next::Back), "the policy still fails");
    let moved = stays(press(record(), Intent::Shift(1), &mut world));
    assert!(matches!(press(moved, Intent::Choose, &mut world), Next::Turn(None, 1)));
    world.facts_mut().password_policy =
        Read::Known { value: Some(PasswordPolicy::aws_default().raised_to_cis()), at: NOW };
    assert!(matches!(press(record(), Intent::Choose, &mut world), Next::Turn(None, 1)), "nothing is left");
}

#[test]
fn the_ending_opens_the_selected_item() {
    let mut world = world();
    let open = world.open_items().len();
    assert!(open > 0);
    let next = press(Summary::default(), Intent::Choose, &mut world);
    assert!(matches!(next, Next::Show(Page::Summary(_), Place::Step(STEP))), "{next:?}");
    let page = stays(press(Summary::default(), Intent::Move(9), &mut world));
    let Page::Summary(page) = page else { panic!() };
    assert_eq!(page.picked(&world), open - 1, "no further than the last");
}

/// Marks every open request as answered.
fn resolve_all_requests(world: &mut World) {
    for effect in world.take_effects() {
        if let Effect::Ask(ticket, _) = effect {
            world.resolve(ticket);
        }
    }
}

fn hand_over() -> HandOver {
    HandOver {
        address: "https://example.com".into(),
        account: "123456789012".into(),
        user: Enrolee::User("ada".into()),
        password: Some(Secret::new("p")),
        key: Some(("AKIA".into(), Secret::new("s"))),
        visibility: Visibility::Unseen,
        next: None,
        rest: Vec::new(),
        record: Record::new(StepId::Administrator, Vec::new()),
    }
}

#[test]
fn unseen_secrets_cannot_be_confirmed_as_saved() {
    let mut world = world();
    let page = stays(press(hand_over(), Intent::Choose, &mut world));
    let page = stays(page.on(Input::Do(Intent::Reveal), &mut world));
    let page = stays(page.on(Input::Cover, &mut world));
    assert!(
        matches!(&page, Page::HandOver(shown) if shown.visibility == Visibility::Covered),
        "covered before the terminal goes"
    );
    assert!(matches!(goes(page.on(Input::Do(Intent::Choose), &mut world)), Page::Record(_)));
}

#[test]
fn the_profile_page_leads_back_to_the_key_whatever_its_result() {
    let mut world = world();
    let page = goes(press(hand_over(), Intent::Profile, &mut world));
    let page = stays(page.on(Input::Do(Intent::Turn(1)), &mut world));
    assert!(matches!(requests(&mut world)[..], [Request::AddProfile(_)]));
    let page = stays(page.on(Input::Reply(Ticket(1), Reply::ProfileKept(Err("no".into()))), &mut world));
    assert!(matches!(goes(page.on(Input::Do(Intent::Back), &mut world)), Page::HandOver(_)));
}

#[test]
fn enter_after_six_digits_goes_to_the_second_code() {
    let mut world = world();
    let mut page: Page = enrol().into();
    for digit in "123456".chars() {
        page = stays(page.on(Input::Text(digit), &mut world));
    }
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(matches!(&page, Page::Enrol(enrol) if enrol.problem.is_none() && enrol.focus == CodeField::Second));
}

fn enrol() -> Enrol {
    let device =
        NewDevice { serial: "arn:aws:iam::123456789012:mfa/ada".into(), seed: Secret::new("GEZDGNBVGY3TQOJQ") };
    Enrol::new(Enrolee::User("ada".into()), StepId::Administrator, device, "123456789012")
}

#[test]
fn impossible_codes_are_not_sent() {
    let mut world = world();
    let page = Enrol { codes: ("123456".into(), "123456".into()), focus: CodeField::Second, ..enrol() };
    let page = stays(press(page, Intent::Choose, &mut world));
    assert!(matches!(&page, Page::Enrol(enrol) if enrol.problem.is_some()));
    assert!(requests(&mut world).is_empty());
}

#[test]
fn leaving_a_qr_code_offers_to_delete_its_device() {
    let mut world = world();
    let Page::Review(review) = goes(press(enrol(), Intent::Back, &mut world)) else { panic!() };
    assert!(matches!(review.plan.calls[..], [Call { change: Change::DeleteDevice { .. }, .. }]));
    assert!(matches!(goes(press(*review, Intent::Back, &mut world)), Page::Enrol(_)));
}

#[test]
fn the_console_is_watched_at_intervals_and_only_with_a_session() {
    let mut world = world();
    let page = Console::watch(StepId::RootMfa, &mut world);
    requests(&mut world);
    world.set_now(NOW + time::Duration::seconds(3));
    stays(tell(page, Input::Tick, &mut world));
    assert!(!requests(&mut world).is_empty());
    assert!(Page::from(page).wakes_at(&world, false).is_some());
    world.note_end(Some(&Failure::new(Fault::ExpiredSession, "sign-in", "over")));
    assert_eq!(Page::from(page).wakes_at(&world, false), None);
}

#[test]
fn esc_first_stops_the_read_of_a_keys_use_and_then_leaves_the_page() {
    let mut world = world();
    let page = Examine::of(Traced::Key("AKIAX".into()), StepId::RootKeys, &mut world);
    let page = stays(press(page, Intent::Back, &mut world));
    assert!(matches!(&page, Page::Examine(look) if look.stopped));
    assert!(matches!(page.on(Input::Do(Intent::Back), &mut world), Next::BackWith(_)));
}

#[test]
fn a_watched_key_is_activated_by_a_reviewed_plan() {
    let mut world = world();
    let page = KeyWatch::start("AKIAX".into(), StepId::RootKeys, NOW, &mut world);
    assert!(matches!(goes(press(page, Intent::Activate, &mut world)), Page::Prepare(_)));
}

#[test]
fn a_pasted_key_is_forgotten_before_the_terminal_is_given_back() {
    let mut world = world();
    let page = stays(tell(PastedSeed::default(), Input::Text('0'), &mut world));
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(matches!(&page, Page::PastedSeed(seed) if seed.problem.is_some()));
    assert!(matches!(page.on(Input::Cover, &mut world), Next::Back));
}

#[test]
fn escape_closes_an_overlay() {
    let mut world = world();
    let over: [Page; 7] = [
        TextPage::of(Text::Help).into(),
        TextPage::of(Text::Guide(Place::Summary)).into(),
        Sheet::default().into(),
        Address.into(),
        Clock.into(),
        Users::default().into(),
        Leave.into(),
    ];
    for page in over {
        let kind = page.kind();
        assert!(matches!(page.on(Input::Do(Intent::Back), &mut world), Next::Back), "{kind:?}");
    }
}

#[test]
fn the_page_of_one_user_leads_back_to_the_list() {
    let mut world = world();
    let page = stays(press(Users { picked: 0, detail: Some(3) }, Intent::Back, &mut world));
    assert_eq!(page, Users::default().into());
}

#[test]
fn having_no_second_way_in_is_accepted_only_with_the_account_number() {
    let mut world = world();
    let mut page = SecondWay::at(0);
    page.typed = Some("999".into());
    let page = stays(press(page, Intent::Choose, &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Nothing was accepted")) && world.second_way().is_none());
    assert!(matches!(&page, Page::SecondWay(page) if page.typed.as_deref() == Some("999")), "nothing typed is lost");
}

#[test]
fn signing_in_waits_until_the_credential_sources_are_known() {
    let mut world = world();
    world.open_ways(Place::Summary);
    let page = stays(press(SignIn::default(), Intent::Choose, &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Wait a moment")));
    assert!(
        matches!(page.on(Input::Do(Intent::Back), &mut world), Next::Show(_, Place::Summary)),
        "back to where one was"
    );
}

#[test]
fn the_next_caller_reads_whether_a_deleted_key_is_gone() {
    let mut world = world();
    world.set_removal(Removal { step: StepId::RootKeys, key: "AKIAX".into(), is_sure: true, since: NOW });
    stays(press(KeyRemoval::new(), Intent::Choose, &mut world));
    assert!(!requests(&mut world).is_empty(), "somebody is signed in: it is read");
    world.note_end(Some(&Failure::new(Fault::ExpiredSession, "sign-in", "over")));
    assert!(matches!(press(KeyRemoval::new(), Intent::Choose, &mut world), Next::SignIn(_)));
}

#[test]
fn after_a_change_of_caller_only_unsaved_secrets_stay_and_losses_are_named() {
    let mut world = world();
    let before = caller("123456789012");
    let other = Changeover { before: &before, same_account: false };
    let survives = |page: Page, world: &mut World| page.survives(&other, world);
    let next = Some(Box::new(enrol()));
    let Some(Page::HandOver(left)) = survives(HandOver { next, ..hand_over() }.into(), &mut world) else { panic!() };
    assert!(left.next.is_none(), "nothing can be sent from it");
    assert!(survives(FillIn { form: filled().form.unwrap(), chosen: chosen() }.into(), &mut world).is_none());
    assert!(world.farewell().is_empty());
    let page = refused(&mut world);
    assert!(survives(page.into(), &mut world).is_none());
    assert!(world.farewell().join("\n").contains("ada"), "{:?}", world.farewell());
    world.set_removal(Removal { step: StepId::RootKeys, key: "AKIAX".into(), is_sure: true, since: NOW });
    assert!(survives(KeyRemoval::new().into(), &mut world).is_none() && world.removal().is_none());
}

#[test]
fn each_page_declares_what_quitting_loses() {
    let mut world = world();
    let prepare = Prepare { source: PlanSource::Action(chosen()), wait: Wait::default(), goal: Goal::Review };
    let half_way: [Page; 3] = [prepare.into(), review(Consent::Plain).into(), {
        let form = filled().form.unwrap();
        FillIn { chosen: chosen(), form }.into()
    }];
    assert!(half_way.iter().all(|page| page.leaving(&world) == Leaving::HalfWay));
    let lost: [Page; 3] = [hand_over().into(), enrol().into(), refused(&mut world).into()];
    assert!(lost.iter().all(|page| matches!(page.leaving(&world), Leaving::Loses(_))));
    let free: [Page; 3] =
        [Home::new(STEP).into(), Record::new(StepId::Administrator, Vec::new()).into(), Summary::default().into()];
    assert!(free.iter().all(|page| page.leaving(&world) == Leaving::Free));
}

#[test]
fn holders_of_a_key_on_this_machine_are_named_except_in_practice() {
    let held = |place: &str| HeldKey { id: "AKIAIOSFODNN7EXAMPLE".into(), place: place.into() };
    let mut world = world();
    assert_eq!(world.holders_of("AKIAIOSFODNN7EXAMPLE"), None, "nobody looked yet");
    world.found(Machine { keys: vec![held("the profile deploy"), held("the environment")], ..Machine::default() });
    let said = "This machine: the profile deploy and the environment hold it.";
    assert_eq!(world.holders_of("AKIAIOSFODNN7EXAMPLE").as_deref(), Some(said));
    let none = world.holders_of("AKIAIOSFODNN7EXAMPLF").unwrap();
    assert!(none.contains("no profile and not the environment"), "{none}");
    assert!(!format!("{:?}", held("x")).contains("AKIAIOSFODNN7"));
    world.set_mode(Mode::Practice { scenario: "fresh".into() });
    assert_eq!(world.holders_of("AKIAIOSFODNN7EXAMPLE"), None);
}

#[test]
fn the_hand_off_about_roots_activity_leads_to_what_to_do_in_an_incident() {
    let world = world();
    let keys = |id: &str| ByHand::new(crate::checks::control(id).unwrap(), NOW).keys(&world);
    let shows = |id: &str| {
        let mut keys = keys(id).into_iter();
        keys.any(|binding| binding.in_bar && binding.intents == [Intent::Incident])
    };
    assert!(shows("root-activity") && !shows("cloudtrail-on"));
    let page = Page::from(ByHand::new(crate::checks::control("root-activity").unwrap(), NOW));
    let said = format!("{:?}", page.content(&world));
    assert!(said.contains("root may be compromised: ! shows what to do"), "{said}");
}

#[test]
fn a_user_who_may_not_delete_the_device_can_leave_its_page() {
    let refused = |fault, world: &mut World| {
        world.take_effects();
        let change = Some(Change::DeleteDevice { serial: "arn:aws:iam::123456789012:mfa/ada".into() });
        let failure = Failure { fault, ..denied() };
        Refused {
            change,
            failure,
            left: Vec::new(),
            issued: IssuedSecrets::default(),
            source: PlanSource::Enrol(enrol().into()),
            ..refused(world)
        }
    };
    let mut world = world();
    let page = refused(Fault::AccessDenied, &mut world);
    assert!(matches!(press(page, Intent::Choose, &mut world), Next::Back));
    assert!(world.remark().is_some_and(|words| words.contains("ada has no owner")), "{:?}", world.remark());
    let page = refused(Fault::Throttled, &mut world);
    assert!(matches!(press(page, Intent::Choose, &mut world), Next::Go(Page::Enrol(_))), "that can be tried again");
}
