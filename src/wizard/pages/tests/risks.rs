//! Controls fixed by hand, and accepted risks.

use super::*;
use crate::checks::Assessments;
use crate::steps::ending::open;
use crate::wizard::pages::summary::content::name;
use crate::wizard::tests::specimens::account::hardened;

/// A server certificate has expired. Of the facts that were read, only the password policy is open too.
fn world_with_expired() -> World {
    let mut world = world();
    world.facts_mut().server_certificates = expired();
    world.facts_mut().accepted.file = Some("/home/dana/.config/lockroot/config.toml".into());
    world.take_effects();
    world
}

fn certificates(expires: Timestamp) -> Read<Vec<ServerCertificate>> {
    Read::Known { value: vec![ServerCertificate { name: "shop".into(), expires: Some(expires) }], at: NOW }
}

fn expired() -> Read<Vec<ServerCertificate>> {
    certificates(NOW - time::Duration::DAY)
}

fn renewed() -> Read<Vec<ServerCertificate>> {
    certificates(NOW + time::Duration::DAY)
}

fn handed_over(world: &mut World) -> ByHand {
    let last = stays(press(Summary::default(), Intent::Move(9), world));
    match last.on(Input::Do(Intent::Choose), world) {
        Next::Over(Page::Summary(_), Page::ByHand(page)) => *page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_ending_hands_off_controls_without_a_step_and_watches_them() {
    let mut world = world_with_expired();
    let page = handed_over(&mut world);
    assert_eq!(page.control.id, "server-certificates-expired");
    assert_eq!(requests(&mut world), [Request::Read(Question::ServerCertificates)]);
    assert_eq!(page.done_at(), None);
    assert_eq!(page.wakes_at(&world, false), Some(NOW + time::Duration::SECOND), "it goes on in the background");
}

#[test]
fn a_watched_control_is_read_at_intervals_and_on_request() {
    let mut world = world_with_expired();
    let page = handed_over(&mut world);
    requests(&mut world);
    let page = stays(tell(page, Input::Tick, &mut world));
    assert_eq!(requests(&mut world), [], "its time has not come");
    world.advance_to(NOW + time::Duration::seconds(15));
    let page = stays(page.on(Input::Tick, &mut world));
    assert_eq!(requests(&mut world), [Request::Read(Question::ServerCertificates)]);
    let page = stays(page.on(Input::Do(Intent::ReadAgain), &mut world));
    assert_eq!(requests(&mut world), [Request::Read(Question::ServerCertificates)]);
    world.set_session(Session::Absent(denied()));
    let page = stays(page.on(Input::Tick, &mut world));
    assert_eq!((requests(&mut world), page.wakes_at(&world, true)), (vec![], None), "there is nobody to ask");
}

#[test]
fn a_fix_by_hand_is_reported_after_the_read_back_and_leads_on() {
    let mut world = world_with_expired();
    let page = handed_over(&mut world);
    world.facts_mut().server_certificates = renewed();
    let Page::ByHand(waiting) = stays(tell(page, Input::Facts, &mut world)) else { panic!() };
    assert_eq!(waiting.done_at(), None, "its own read is still on its way");
    resolve_all_requests(&mut world);
    let Page::ByHand(page) = stays(tell(*waiting, Input::Facts, &mut world)) else { panic!() };
    assert_eq!((page.done_at(), page.wakes_at(&world, true)), (Some(NOW), None), "nothing is watched any more");
    assert_eq!(world.done().len(), 1);
    let Page::ByHand(again) = stays(tell(*page, Input::Facts, &mut world)) else { panic!() };
    assert_eq!(world.done().len(), 1, "it is said once");
    let next = press((*again).clone(), Intent::Choose, &mut world);
    assert!(matches!(next, Next::Away(Place::Step(STEP))), "{next:?}");
    world.facts_mut().server_certificates = expired();
    let Page::ByHand(page) = stays(tell(*again, Input::Facts, &mut world)) else { panic!() };
    assert_eq!(page.done_at(), None, "it fails again");
}

fn accepting(world: &mut World) -> Accept {
    let last = stays(press(Summary::default(), Intent::Move(9), world));
    match last.on(Input::Do(Intent::AcceptRisk), world) {
        Next::Over(Page::Summary(_), Page::Accept(page)) => *page,
        other => panic!("{other:?}"),
    }
}

fn filled_in(world: &mut World) -> Accept {
    let mut page = accepting(world);
    page.form.put_text(FieldId::Reason, "only the team lead asks");
    page.form.put_text(FieldId::Owner, "dana");
    page
}

/// The review of an accepted risk, shown long enough to be confirmed.
fn in_review(world: &mut World) -> Page {
    let page = stays(press(filled_in(world), Intent::Turn(1), world));
    let page = stays(page.on(Input::Drawn(Drawn::WHOLE), world));
    world.advance_to(NOW + time::Duration::SECOND);
    page
}

#[test]
fn a_risk_is_accepted_only_with_reason_and_owner_and_after_a_review() {
    let mut world = world_with_expired();
    let Page::Accept(page) = stays(press(accepting(&mut world), Intent::Turn(1), &mut world)) else { panic!() };
    assert!(page.form.tried && page.stage == AcceptStage::Filling);
    let page = stays(press(filled_in(&mut world), Intent::Turn(1), &mut world));
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Nothing was done")), "nobody could read it yet");
    let page = stays(page.on(Input::Do(Intent::Shift(1)), &mut world));
    world.advance_to(NOW + time::Duration::SECOND);
    let page = stays(page.on(Input::Do(Intent::Choose), &mut world));
    assert!(world.remark().is_some_and(|said| said.contains("Scroll down first")), "{:?}", world.remark());
    assert!(requests(&mut world).is_empty());
    let Page::Accept(page) = stays(page.on(Input::Do(Intent::Back), &mut world)) else { panic!() };
    assert_eq!((&page.stage, page.form.text(FieldId::Owner)), (&AcceptStage::Filling, "dana"), "nothing typed is lost");
}

/// Confirms the review and answers the read that shows whether the control still fails.
fn confirmed(page: Page, world: &mut World) -> Page {
    let page = stays(page.on(Input::Do(Intent::Choose), world));
    assert!(matches!(&page, Page::Accept(page) if matches!(page.stage, AcceptStage::Reading(..))), "{page:?}");
    resolve_all_requests(world);
    stays(page.on(Input::Facts, world))
}

#[test]
fn going_back_is_preselected_when_a_risk_is_accepted() {
    let mut world = world_with_expired();
    let page = in_review(&mut world);
    let Page::Accept(page) = stays(page.on(Input::Do(Intent::Choose), &mut world)) else { panic!() };
    assert_eq!(page.stage, AcceptStage::Filling);
    assert!(requests(&mut world).is_empty());
}

#[test]
fn the_reviewed_text_is_written_and_a_failed_write_loses_nothing() {
    let mut world = world_with_expired();
    let Page::Accept(page) = in_review(&mut world) else { panic!() };
    let AcceptStage::Review(shown) = &page.stage else { panic!() };
    let risk = shown.risk.clone();
    let page = stays(tell(*page, Input::Do(Intent::Shift(1)), &mut world));
    let Page::Accept(page) = confirmed(page, &mut world) else { panic!() };
    assert_eq!(requests(&mut world), [Request::SaveSuppression("123456789012".into(), risk.clone())]);
    let AcceptStage::Writing(_, ticket) = page.stage else { panic!("{page:?}") };
    let refused = Input::Reply(ticket, Reply::Accepted(Err("the disk is full".into())));
    let Page::Accept(page) = stays(tell(*page, refused, &mut world)) else { panic!() };
    assert_eq!((&page.stage, page.form.text(FieldId::Owner)), (&AcceptStage::Filling, "dana"));
    let page = Accept { stage: AcceptStage::Writing(risk, ticket), ..*page };
    let done = Input::Reply(ticket, Reply::Accepted(Ok(Acceptances::default())));
    assert!(matches!(tell(page, done, &mut world), Next::Back));
}

#[test]
fn an_accepted_risk_is_not_open_and_counts_again_the_day_after_its_end() {
    let mut world = world_with_expired();
    let open = |world: &World| {
        world
            .open_items()
            .iter()
            .any(|item| matches!(item, Open::Control(control, _) if control.id == "server-certificates-expired"))
    };
    assert!(open(&world));
    let until = time::macros::date!(2026 - 12 - 31);
    let risk =
        Suppression { id: "server-certificates-expired".into(), reason: "r".into(), owner: "dana".into(), until };
    let of = |account: &str| Acceptances { account: account.into(), all: vec![risk.clone()], ..Acceptances::default() };
    world.take_accepted(&of("210987654321"));
    assert!(open(&world), "it is another account's");
    world.take_accepted(&of("123456789012"));
    assert!(!open(&world));
    assert!(world.facts().assessments().is_accepted("server-certificates-expired"));
    assert_eq!(world.facts().assessments().verdict("server-certificates-expired"), Some(Verdict::Fail), "never a pass");
    world.advance_to(time::macros::datetime!(2026-12-31 23:59 UTC));
    assert!(!open(&world));
    world.advance_to(time::macros::datetime!(2027-01-01 00:00 UTC));
    assert!(open(&world));
    assert_eq!(
        world.facts().assessments().acceptance("server-certificates-expired"),
        Some((&risk, SuppressionScope::Expired))
    );
}

#[test]
fn a_step_offers_to_accept_its_worst_failing_control() {
    let mut world = world();
    let Next::Over(Page::Home(home), Page::Accept(page)) = press(Home::new(STEP), Intent::AcceptRisk, &mut world)
    else {
        panic!()
    };
    assert_eq!(page.control.id, "password-policy");
    let until = time::macros::date!(2026 - 12 - 31);
    let risk = Suppression { id: "password-policy".into(), reason: "r".into(), owner: "dana".into(), until };
    world.take_accepted(&Acceptances { account: "123456789012".into(), all: vec![risk], ..Acceptances::default() });
    assert!(!home.keys(&world).iter().any(|binding| binding.intents.contains(&Intent::AcceptRisk)));
}

#[test]
fn the_message_for_a_user_has_the_sign_in_address() {
    let mut world = world();
    let page = |id: &str, world: &mut World| ByHand::watch(crate::checks::control(id).unwrap(), world);
    let alone = page("guardduty-on", &mut world);
    assert_eq!(alone.message(&world), None);
    let people = page("administrator-hardware-mfa", &mut world);
    world.take_effects();
    let Next::Over(_, Page::TextPage(message)) = press(people, Intent::Message, &mut world) else {
        panic!("no message")
    };
    stays(press(*message, Intent::Copy, &mut world));
    let copied = world.take_effects().into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.expose().to_owned()),
        _ => None,
    });
    let copied = copied.expect("it is copied");
    assert!(copied.contains("https://123456789012.signin.aws.amazon.com/console"), "{copied}");
    assert!(copied.contains("Assign MFA device"), "{copied}");
}

#[test]
fn practice_simulates_the_console_and_then_reads_the_result() {
    let mut world = world_with_expired();
    world.set_mode(Mode::Practice { scenario: "fresh".into() });
    let page = handed_over(&mut world);
    resolve_all_requests(&mut world);
    let page = stays(press(page, Intent::Choose, &mut world));
    assert_eq!(requests(&mut world), [Request::ConsoleByHand("server-certificates-expired")]);
    let done = Input::Reply(Ticket(1), Reply::ConsoleByHand(Ok(())));
    let page = stays(page.on(done, &mut world));
    assert_eq!(
        requests(&mut world),
        [Request::Read(Question::ServerCertificates)],
        "nothing is green that was not read"
    );
    let refused = Failure::new(Fault::Invalid, "console:ByHand", "it takes time");
    stays(page.on(Input::Reply(Ticket(2), Reply::ConsoleByHand(Err(refused))), &mut world));
    assert_eq!(world.remark(), Some("It takes time."));
}

#[test]
fn only_a_failing_control_can_be_accepted() {
    let mut world = world_with_expired();
    world.facts_mut().server_certificates = Read::Failed(denied());
    let last = stays(press(Summary::default(), Intent::Move(9), &mut world));
    assert!(!last.keys(&world).iter().any(|binding| binding.intents.contains(&Intent::AcceptRisk)));
    stays(last.on(Input::Do(Intent::AcceptRisk), &mut world));
}

#[test]
fn the_wizards_controls_use_the_parameters_of_the_configuration() {
    let mut world = world();
    let parameters = crate::account::Parameters { key_age_days: 30, ..Default::default() };
    let of = |account: &str| Acceptances { account: account.into(), parameters, ..Acceptances::default() };
    world.take_accepted(&of("210987654321"));
    assert_eq!(world.facts().parameters.key_age_days, 90, "another account's");
    world.take_accepted(&of("123456789012"));
    assert_eq!(world.facts().parameters.key_age_days, 30);
}

#[test]
fn a_step_with_an_accepted_risk_counts_as_accepted_in_the_score() {
    let mut world = world();
    let until = time::macros::date!(2026 - 12 - 31);
    let risk = Suppression { id: "password-policy".into(), reason: "r".into(), owner: "dana".into(), until };
    let all = vec![risk];
    world.take_accepted(&Acceptances { account: "123456789012".into(), all, ..Acceptances::default() });
    assert_eq!(status_in(world.facts().assessments(), STEP, world.facts()), StepStatus::Accepted);
    assert_eq!((world.score().done, world.score().accepted), (0, 1));
    assert!(world.score().to_string().ends_with("0 of 8 steps are done, 1 accepted as a risk"), "{}", world.score());
}

#[test]
fn without_a_readable_configuration_no_risk_is_accepted() {
    let mut world = world_with_expired();
    world.facts_mut().accepted.file = None;
    let Page::Accept(page) = stays(press(filled_in(&mut world), Intent::Turn(1), &mut world)) else { panic!() };
    assert_eq!(page.stage, AcceptStage::Filling);
    assert!(world.remark().is_some_and(|said| said.contains("config.toml could not be read")), "{:?}", world.remark());
}

#[test]
fn a_risk_is_not_accepted_if_the_control_passes_or_the_date_has_passed() {
    let mut world = world_with_expired();
    let page = stays(in_review(&mut world).on(Input::Do(Intent::Shift(1)), &mut world));
    world.facts_mut().server_certificates = Read::Failed(denied());
    let page = confirmed(page, &mut world);
    assert!(world.remark().is_some_and(|said| said.contains("could not read")), "{:?}", world.remark());
    world.facts_mut().server_certificates = renewed();
    let page = confirmed(page, &mut world);
    assert!(world.remark().is_some_and(|said| said.contains("no longer fails")), "{:?}", world.remark());
    assert!(requests(&mut world).is_empty());
    world.facts_mut().server_certificates = expired();
    world.advance_to(NOW + time::Duration::days(91));
    let Page::Accept(page) = stays(page.on(Input::Do(Intent::Choose), &mut world)) else { panic!() };
    assert!(page.stage == AcceptStage::Filling && page.form.tried, "its end has come while it stood there");
    assert!(requests(&mut world).is_empty());
}

#[test]
fn a_control_that_was_unknown_and_now_passes_is_not_counted_as_done_here() {
    let mut world = world_with_expired();
    world.facts_mut().server_certificates = Read::Failed(denied());
    let page = ByHand::watch(crate::checks::control("server-certificates-expired").unwrap(), &mut world);
    resolve_all_requests(&mut world);
    world.facts_mut().server_certificates = renewed();
    let Page::ByHand(page) = stays(tell(page, Input::Facts, &mut world)) else { panic!() };
    assert_eq!((page.done_at(), world.done().len()), (Some(NOW), 0));
}

#[test]
fn repeated_changes_are_noted_once() {
    let mut world = world_with_expired();
    let mut page: Page =
        ByHand::watch(crate::checks::control("server-certificates-expired").unwrap(), &mut world).into();
    resolve_all_requests(&mut world);
    for certificates in [renewed(), expired(), renewed()] {
        world.facts_mut().server_certificates = certificates;
        page = stays(page.on(Input::Facts, &mut world));
    }
    assert_eq!(world.done().len(), 1);
}

/// The checklist shows the step as done, so the ending must not call it open.
#[test]
fn items_beyond_a_done_step_do_not_name_the_step() {
    let facts = hardened();
    let assessed = Assessments::of(&facts);
    let mut beyond = 0;
    for item in open(&assessed, &facts, true) {
        let (Open::Step(step, ..) | Open::Beyond(step, ..)) = item else { continue };
        let is_done = status_in(&assessed, step, &facts) == StepStatus::Done;
        assert_eq!(is_done, matches!(item, Open::Beyond(..)), "{item:?}");
        assert_eq!(is_done, !name(&item).contains("step "), "{item:?}");
        beyond += usize::from(is_done);
    }
    assert!(beyond > 0, "the account has no such step");
}
