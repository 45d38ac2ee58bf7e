//! The laws of the wizard, one test each. All steps share one machine, so they hold for every step.

use crate::support::bench::{Bench, denied, fresh, read};
use crate::support::{START, Walk, text};
use lockroot::account::facts::{Group, LoginProfile, MfaDevice, People, SignIn, User};
use lockroot::account::{Change, Facts, Fault, Outcome, PasswordPolicy, Question, Reading, Subject};
use lockroot::checks::{Verdict, control};
use lockroot::secret::Secret;
use lockroot::steps::{ActionId, FieldId, StepId};
use lockroot::wizard::chosen_action::{ChosenAction, PlanSource};
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Drawn, Effect, Event, Key, KeyPress, Mode, Page, Reply, Request, Wizard, bindings};

const SESSION: &str = "ASIASESSION";

/// Opens the review of the password policy's one call.
fn at_review() -> Bench {
    let mut bench = Bench::with(fresh(SESSION, &[]));
    for key in [Key::Char('6'), Key::Enter, Key::Ctrl('s')] {
        bench.press(key);
    }
    bench.answer_all();
    assert!(matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Review(_)));
    bench
}

/// Confirms the administrator's calls. The first one is under way.
fn setting_up_administrator() -> (Bench, Vec<Change>) {
    let mut bench = Bench::with(fresh(SESSION, &[]));
    for key in [Key::Char('5'), Key::Enter] {
        bench.press(key);
    }
    bench.make_password();
    bench.press(Key::Ctrl('s'));
    bench.answer_all();
    let Page::Review(review) = bench.wizard.step(StepId::Administrator) else { panic!("no review") };
    let shown = review.plan.calls.iter().map(|call| call.change.clone()).collect();
    bench.press(Key::Enter);
    (bench, shown)
}

fn verdict(wizard: &Wizard, id: &str) -> Verdict {
    control(id).unwrap().assess(wizard.facts()).verdict
}

#[test]
fn the_wizard_sends_exactly_the_calls_of_the_review() {
    let (mut bench, shown) = setting_up_administrator();
    assert_eq!(shown.len(), 6, "group, policy, user, membership, password, device");
    let mut sent = Vec::new();
    while let Some((ticket, change)) = bench.take_change() {
        sent.push(change.clone());
        let device = lockroot::account::NewDevice {
            serial: "arn:aws:iam::123456789012:mfa/administrator".into(),
            seed: Secret::new("AAAA"),
        };
        let outcome =
            if matches!(change, Change::CreateDevice { .. }) { Outcome::Device(device) } else { Outcome::Done };
        bench.put(Event::Reply(ticket, Reply::Applied(change, Ok(outcome))));
    }
    assert_eq!(sent, shown);
}

#[test]
fn a_late_reply_is_dropped() {
    let mut bench = Bench::with(fresh(SESSION, &["AKIAOLD"]));
    bench.press(Key::Char('2'));
    bench.press(Key::Char('r'));
    let reads: Vec<Effect> = bench.open.drain(..).collect();
    // The same questions are asked again before the first answers arrive.
    bench.press(Key::Char('r'));
    bench.answer_all();
    let before = Facts::clone(bench.wizard.facts());
    bench.truth.root_keys = read(Vec::new());
    for effect in reads {
        let Effect::Ask(ticket, Request::Read(question)) = effect else { panic!("{effect:?}") };
        let fact = bench.fact(&question);
        bench.put(Event::Reply(ticket, Reply::Learned(fact)));
    }
    assert_eq!(**bench.wizard.facts(), before, "answers to outdated questions change nothing");
    bench.put(Event::Reply(
        lockroot::wizard::Ticket(9999),
        Reply::Applied(Change::DeletePasswordPolicy, Ok(Outcome::Done)),
    ));
    assert_eq!(**bench.wizard.facts(), before);
    assert!(matches!(bench.wizard.step(StepId::RootKeys), Page::Home(_)));
}

#[test]
fn a_read_begun_before_a_change_is_dropped() {
    let mut bench = Bench::with(fresh(SESSION, &[]));
    bench.confirm_way_back();
    bench.press(Key::Char('3'));
    bench.press(Key::Enter);
    let watching: Vec<Effect> = bench.open.drain(..).collect();
    assert!(!watching.is_empty(), "the hand-off looks at AWS");
    for key in [Key::Char('6'), Key::Enter, Key::Ctrl('s')] {
        bench.press(key);
    }
    bench.answer_all();
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 1);
    let before = Facts::clone(bench.wizard.facts());
    bench.truth.summary = read(Default::default());
    for effect in watching {
        let Effect::Ask(ticket, Request::Read(question)) = effect else { panic!("{effect:?}") };
        let fact = bench.fact(&question);
        bench.put(Event::Reply(ticket, Reply::Learned(fact)));
    }
    assert_eq!(**bench.wizard.facts(), before, "a read begun before a change does not count after it");
}

#[test]
fn a_step_passes_only_after_a_fresh_read() {
    let mut bench = at_review();
    bench.press(Key::Enter);
    let (ticket, change) = bench.take_change().unwrap();
    let Change::PutPasswordPolicy(policy) = change.clone() else { panic!("{change:?}") };
    bench.put(Event::Reply(ticket, Reply::Applied(change, Ok(Outcome::Done))));
    assert!(matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Proof(_)));
    assert_eq!(verdict(&bench.wizard, "password-policy"), Verdict::Unknown, "AWS's OK alone is no proof");
    bench.answer_all();
    assert_eq!(verdict(&bench.wizard, "password-policy"), Verdict::Fail, "AWS does not show it yet");
    assert!(matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Proof(_)));
    bench.truth.password_policy = read(Some(policy));
    bench.now += time::Duration::seconds(5);
    bench.put(Event::Tick);
    bench.answer_all();
    assert_eq!(verdict(&bench.wizard, "password-policy"), Verdict::Pass);
    assert!(matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Record(_)));
}

#[test]
fn a_refused_change_stops_the_plan() {
    let (mut bench, shown) = setting_up_administrator();
    let (ticket, change) = bench.take_change().unwrap();
    bench.put(Event::Reply(ticket, Reply::Applied(change, Err(denied()))));
    assert_eq!(bench.changes_open(), 0, "no further call is sent");
    let Page::Refused(refusal) = bench.wizard.step(StepId::Administrator) else { panic!("not refused") };
    assert_eq!(refusal.left.len(), shown.len() - 1, "what was not done is named");
    bench.answer_all();
    bench.press(Key::Enter);
    let Page::FillIn(draft) = bench.wizard.step(StepId::Administrator) else { panic!("the form is gone") };
    let form = &draft.form;
    assert_eq!(form.text(FieldId::UserName), "administrator", "nothing that was filled in is lost");
    assert_ne!(verdict(&bench.wizard, "administrator"), Verdict::Pass);
}

#[test]
fn a_failed_change_may_have_happened() {
    let mut bench = at_review();
    bench.press(Key::Enter);
    let (ticket, change) = bench.take_change().unwrap();
    let Change::PutPasswordPolicy(policy) = change.clone() else { panic!() };
    let mut failure = lockroot::account::Failure::new(Fault::TimedOut, change.action(), "no answer in 15 s");
    failure.may_have_happened = true;
    bench.put(Event::Reply(ticket, Reply::Applied(change, Err(failure))));
    assert!(bench.reads_open() > 0, "it is read before anything is offered again");
    bench.press(Key::Enter);
    assert!(matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Refused(_)), "nothing is offered before that");
    bench.truth.password_policy = read(Some(policy));
    bench.answer_all();
    bench.press(Key::Enter);
    assert!(
        matches!(bench.wizard.step(StepId::PasswordPolicy), Page::Record(_)),
        "it did happen, and the read says so"
    );
}

#[test]
fn quitting_waits_for_the_running_change() {
    let (mut bench, shown) = setting_up_administrator();
    assert!(bench.press(Key::Char('q')).is_empty(), "not yet");
    assert!(bench.put(Event::Interrupted).is_empty(), "not even when the system asks");
    assert!(bench.wizard.world.is_quitting());
    let (ticket, change) = bench.take_change().unwrap();
    let effects = bench.put(Event::Reply(ticket, Reply::Applied(change, Ok(Outcome::Done))));
    assert_eq!(effects.last().map(String::as_str), Some("Quit"));
    assert_eq!(bench.changes_open(), 0, "no further call is sent");
    let farewell = bench.wizard.world.farewell().join("\n");
    assert!(farewell.contains("Done before quitting: Create the group Administrators."), "{farewell}");
    assert_eq!(farewell.matches("Not done:").count(), shown.len() - 1, "{farewell}");
}

#[test]
fn the_farewell_names_a_failed_call_with_its_request_id() {
    for signal_first in [true, false] {
        let (mut bench, shown) = setting_up_administrator();
        if signal_first {
            bench.put(Event::Interrupted);
        }
        let (ticket, change) = bench.take_change().unwrap();
        let mut failure = lockroot::account::Failure::new(Fault::Throttled, change.action(), "Rate exceeded");
        failure.request_id = Some("5eed".into());
        bench.put(Event::Reply(ticket, Reply::Applied(change, Err(failure))));
        if !signal_first {
            bench.put(Event::Interrupted);
        }
        let farewell = bench.wizard.world.farewell().join("\n");
        assert!(farewell.contains("Failed before quitting: Create the group Administrators."), "{farewell}");
        assert!(farewell.contains("iam:CreateGroup: Rate exceeded (request 5eed)"), "{farewell}");
        assert_eq!(farewell.matches("Not done:").count(), shown.len() - 1, "{farewell}");
    }
}

#[test]
fn a_review_cannot_be_confirmed_in_its_first_moment() {
    let mut bench = at_review();
    let shown = bench.now;
    let mut enter_after = |milliseconds| {
        bench.now = shown + time::Duration::milliseconds(milliseconds);
        bench.press_at_once(Key::Enter);
        (bench.changes_open(), bench.wizard.world.remark().map(str::to_owned))
    };
    // A key that is held down repeats like this. It never confirms.
    for early in [0, 20, 299, 332, 365, 600] {
        let (changes, remark) = enter_after(early);
        assert_eq!(changes, 0, "{early} ms");
        assert!(remark.unwrap().contains("Nothing was done"), "{early} ms");
    }
    assert_eq!(enter_after(900), (1, None), "after 300 ms without a repeat, the key press counts");

    // A machine's clock that is set back in between does not lock the review.
    let mut bench = at_review();
    bench.now -= time::Duration::HOUR;
    bench.press_at_once(Key::Enter);
    assert_eq!(bench.changes_open(), 1);
}

/// A slow terminal draws a review long after it opened. Meanwhile a key that is held down repeats.
#[test]
fn a_review_drawn_late_cannot_be_confirmed_at_once() {
    let mut bench = at_review();
    bench.press(Key::Esc);
    bench.put(Event::Key(KeyPress::from(Key::Ctrl('s'))));
    bench.view = Drawn::NOTHING;
    bench.answer_all();
    bench.now += time::Duration::SECOND;
    bench.view = Drawn::WHOLE;
    bench.put(Event::Tick);
    bench.now += time::Duration::milliseconds(10);
    bench.press_at_once(Key::Enter);
    assert_eq!(bench.changes_open(), 0, "nobody could have read it");
    assert!(bench.wizard.world.remark().is_some_and(|remark| remark.contains("Nothing was done")));
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 1);
}

#[test]
fn only_a_fresh_key_press_confirms() {
    let mut bench = Bench::with(fresh(SESSION, &["AKIAOLDKEY7XM2"]));
    for key in [Key::Char('2'), Key::Right] {
        bench.press(key);
    }
    bench.press(Key::Enter);
    bench.open.retain(|effect| matches!(effect, Effect::Ask(_, Request::Read(..))));
    bench.answer_all();
    assert!(bench.open.contains(&Effect::DropPendingKeys), "keys pressed before the review was visible are dropped");
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0, "irreversible: the person has to type the last four characters");
    bench.type_text("7XM2");
    bench.put(Event::Key(KeyPress { key: Key::Enter, repeated: true }));
    assert_eq!(bench.changes_open(), 0, "a key that is held down decides nothing");
    bench.press(Key::Backspace);
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0, "an incomplete text does not confirm");
    bench.press(Key::Esc);
    assert!(matches!(bench.wizard.step(StepId::RootKeys), Page::Home(_)), "Esc means no");

    // For a reversible change that stops something from working, going back is preselected.
    bench.press(Key::Enter);
    bench.answer_all();
    let Page::Review(review) = bench.wizard.step(StepId::RootKeys) else { panic!() };
    assert_eq!(review.focus, ReviewFocus::Back);
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0);

    bench.press(Key::Right);
    bench.press(Key::Enter);
    bench.answer_all();
    bench.type_text("7XM2");
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 1);
}

#[test]
fn only_a_review_that_was_shown_whole_can_be_confirmed() {
    let mut bench = Bench::with(fresh(SESSION, &["AKIAOLDKEY7XM2"]));
    bench.press(Key::Char('2'));
    // A review of 20 lines in a terminal that shows 8 of them.
    let lines_from = |first| Drawn { fits: true, columns: 60, lines: 20, first, shown: 8 };
    bench.view = lines_from(0);
    bench.press(Key::Enter);
    bench.answer_all();
    bench.press(Key::Right);
    for (view, left) in
        [(lines_from(0), "12 more lines"), (lines_from(12), "12 more lines"), (lines_from(5), "7 more lines")]
    {
        bench.view = view;
        bench.press(Key::PageDown);
        bench.press(Key::Enter);
        assert_eq!(bench.changes_open(), 0);
        let remark = bench.wizard.world.remark().map(str::to_owned).unwrap_or_default();
        assert!(remark.contains("Scroll down first") && remark.contains(left), "{view:?}: {remark}");
    }
    bench.view = lines_from(12);
    bench.press(Key::PageDown);
    // The whole review was shown. A terminal that is too small shows nothing of it, so Enter does not confirm.
    bench.view = Drawn::TOO_SMALL;
    bench.put(Event::Tick);
    for key in [Key::Enter, Key::Right, Key::Enter, Key::Char('y')] {
        bench.press(key);
    }
    assert_eq!(bench.changes_open(), 0);
    bench.view = lines_from(12);
    bench.put(Event::Tick);
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 1);
}

#[test]
fn the_end_of_input_confirms_nothing() {
    let mut bench = at_review();
    assert_eq!(bench.put(Event::Interrupted), ["Quit"]);
    assert_eq!(bench.changes_open(), 0);
}

#[test]
fn changes_run_one_at_a_time_and_reads_overlap() {
    let (bench, shown) = setting_up_administrator();
    assert!(shown.len() > 1);
    assert_eq!(bench.changes_open(), 1, "the second waits for the first");
    let (mut wizard, effects) = Wizard::start(Mode::Live, crate::support::START);
    let Some(Effect::Ask(ticket, Request::Connect(_))) = effects.into_iter().next() else { panic!() };
    let truth = Bench {
        wizard: Wizard::start(Mode::Live, crate::support::START).0,
        now: crate::support::START,
        truth: fresh(SESSION, &[]),
        open: Vec::new(),
        claim: Default::default(),
        view: Drawn::WHOLE,
    };
    let now = wizard.now();
    let caller = lockroot::wizard::update(&mut wizard, now, Event::Reply(ticket, Reply::Connected(Ok(()))));
    let [Effect::Ask(ticket, Request::Read(Question::Caller))] = caller.as_slice() else { panic!("{caller:?}") };
    let fact = truth.fact(&Question::Caller);
    let known = lockroot::wizard::update(&mut wizard, now, Event::Reply(*ticket, Reply::Learned(fact)));
    let claims = |effect: &Effect| match effect {
        Effect::Ask(ticket, Request::Claim(_)) => Some(*ticket),
        _ => None,
    };
    let claim = known.iter().find_map(claims).expect("the wizard claims the account");
    let claimed = Event::Reply(claim, Reply::Claimed(Default::default()));
    let reads = lockroot::wizard::update(&mut wizard, now, claimed);
    assert!(reads.len() >= 10, "all other reads start together: {reads:?}");
}

#[tokio::test(start_paused = true)]
async fn every_call_needs_an_explicit_subject() {
    // The types allow no key and no password without an owner. Root's own calls omit the user name, which means the
    // signer. So they are refused before any request, unless AWS has confirmed that root signs.
    let user = r#"
        title = "An administrator is signed in"
        account = "123456789012"
        signed_in_as = "user:alice"
        [[root.keys]]
        age = "3y"
        [[groups]]
        name = "Administrators"
        policies = ["AdministratorAccess"]
        [[users]]
        name = "alice"
        groups = ["Administrators"]
        [[users.keys]]
        age = "1d"
    "#;
    let walk = Walk::in_scene(user).await;
    assert!(
        matches!(walk.driver.wizard.facts().root_keys, Reading::Closed(_)),
        "alice's own keys are not taken for root's"
    );
    let connection = lockroot::commands::connections::connection_to(&walk.account, &walk.clock);
    for change in [
        Change::DeleteKey { owner: Subject::Root, key: "AKIAEXAMPLE".into() },
        Change::DeleteKey { owner: Subject::User(String::new()), key: "AKIAEXAMPLE".into() },
        Change::CreateKey { user: " ".into() },
    ] {
        let failure = connection.account.apply(&change).await.unwrap_err();
        assert!(failure.message.contains("nothing was sent") || failure.message.contains("needed"), "{failure}");
        assert_eq!(failure.request_id, None, "AWS was not asked: {failure}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_shown_once_and_leaves_no_trace() {
    let mut walk = Walk::on("fresh").await;
    walk.go_to(StepId::Administrator).await;
    walk.press("enter ctrl-s").await;
    let Page::Review(review) = walk.stage(StepId::Administrator) else { panic!() };
    let PlanSource::Action(ChosenAction { form: Some(form), .. }) = &review.source else { panic!() };
    let password = text(form.secret(FieldId::GeneratedPassword).unwrap());
    assert!(password.len() >= 24);
    let hidden =
        |walk: &Walk| !walk.draw().contains(&password) && !format!("{:?}", walk.driver.wizard).contains(&password);
    assert!(hidden(&walk), "neither the review nor any debug output holds it");
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::HandOver(_)));
    assert!(hidden(&walk), "hidden until the person shows it");
    walk.press("v").await;
    assert!(walk.draw().contains(&password), "{}", walk.draw());
    walk.press("ctrl-z").await;
    assert!(hidden(&walk), "hidden before the program is suspended");
    walk.press("enter").await;
    let seed = text(&walk.enrolment().device.seed);
    assert!(hidden(&walk), "forgotten after the page is left");
    assert!(!format!("{:?}", walk.driver.wizard).contains(&seed));
    walk.type_codes().await;
    assert!(matches!(walk.stage(StepId::Administrator), Page::Record(_)));
    for place in 1..=9 {
        walk.press(&place.to_string()).await;
        assert!(hidden(&walk));
        assert!(!walk.draw().replace(' ', "").contains(&seed[..16]));
    }
    walk.press("q").await;
    let farewell = walk.driver.wizard.world.farewell().join("\n");
    assert!(!farewell.contains(&password) && !farewell.contains(&seed));
    assert!(!walk.driver.wizard.has_drafts(), "no form keeps it either");
}

#[test]
fn the_signing_key_stays_while_another_root_key_exists() {
    let mut bench = Bench::with(fresh("AKIASIGNING0001", &["AKIASIGNING0001", "AKIAOTHER000002"]));
    bench.press(Key::Char('2'));
    for _ in 0..2 {
        bench.press(Key::Enter);
        bench.answer_all();
        assert!(matches!(bench.wizard.step(StepId::RootKeys), Page::Home(_)), "neither deactivated nor deleted");
        assert!(
            bench.wizard.world.remark().unwrap_or_default().contains("signed with"),
            "{:?}",
            bench.wizard.world.remark()
        );
        bench.press(Key::Right);
    }
    let page = bench.wizard.step_view(StepId::RootKeys);
    assert!(page.actions.iter().any(|action| action.id == ActionId::Delete && action.blocked.is_some()));
}

#[test]
fn without_a_session_no_step_opens_and_no_timer_runs() {
    let (mut wizard, effects) = Wizard::start(Mode::Live, crate::support::START);
    let Some(Effect::Ask(ticket, Request::Connect(_))) = effects.into_iter().next() else { panic!() };
    let now = wizard.now();
    let failure = lockroot::account::Failure::new(Fault::NoCredentials, "sign-in", "nothing was found");
    lockroot::wizard::update(&mut wizard, now, Event::Reply(ticket, Reply::Connected(Err(failure))));
    assert_eq!(wizard.wakes_at(), None);
    lockroot::wizard::update(&mut wizard, now, Event::Key(KeyPress::from(Key::Char('3'))));
    assert_eq!(wizard.place(), lockroot::wizard::Place::SignIn);
    assert!(wizard.world.remark().unwrap_or_default().contains("Sign in first"));
}

#[test]
fn a_watch_without_a_session_sets_no_timer() {
    let mut bench = Bench::with(fresh(SESSION, &[]));
    bench.confirm_way_back();
    bench.press(Key::Char('3'));
    bench.press(Key::Enter);
    bench.answer_all();
    assert!(bench.wizard.wakes_at().is_some());
    bench.press(Key::Char('c'));
    let place = bench.open.iter().position(|effect| matches!(effect, Effect::Ask(_, Request::Connect(_)))).unwrap();
    let Effect::Ask(ticket, _) = bench.open.remove(place) else { panic!() };
    let failure = lockroot::account::Failure::new(Fault::ExpiredSession, "sign-in", "the session has expired");
    bench.put(Event::Reply(ticket, Reply::Connected(Err(failure))));
    bench.now += time::Duration::minutes(5);
    assert_eq!(bench.wizard.wakes_at(), None, "it waits for somebody to sign in again");
}

#[test]
fn every_key_in_the_bar_does_something() {
    let mut bench = at_review();
    for _ in 0..2 {
        for binding in bindings(&bench.wizard) {
            assert_eq!(binding.keys.len(), binding.intents.len(), "{}", binding.words);
            assert!(!binding.words.is_empty() && !binding.label.1.is_empty());
            assert!(binding.label.1.is_ascii(), "{}", binding.label.1);
        }
        bench.press(Key::Esc);
    }
}

#[test]
fn the_selected_row_is_found_by_name_not_by_position() {
    let mut bench = Bench::with(fresh(SESSION, &["AKIAFIRST0000AAAA", "AKIASECOND000BBBB"]));
    bench.press(Key::Char('2'));
    bench.press(Key::Down);
    bench.press(Key::Enter);
    // Another program deleted the first key and made a third one, so the second row now shows the third key.
    bench.truth = fresh(SESSION, &["AKIASECOND000BBBB", "AKIATHIRD0000CCCC"]);
    bench.answer_all();
    let Page::Review(review) = bench.wizard.step(StepId::RootKeys) else { panic!("no review") };
    let Change::SetKeyStatus { key, .. } = &review.plan.calls[0].change else { panic!() };
    assert_eq!(key, "AKIASECOND000BBBB");
    bench.press(Key::Esc);
    bench.press(Key::Enter);
    bench.truth = fresh(SESSION, &[]);
    bench.answer_all();
    assert!(
        bench.wizard.world.remark().unwrap_or_default().contains("no longer exists"),
        "{:?}",
        bench.wizard.world.remark()
    );
}

#[test]
fn a_form_opens_only_after_its_facts_are_read() {
    let mut bench = Bench::with(fresh(SESSION, &[]));
    let billing = Question::Contact(lockroot::account::ContactType::Billing);
    for (step, key, question) in [
        (StepId::Contacts, '4', billing),
        (StepId::Administrator, '5', Question::People),
        (StepId::PasswordPolicy, '6', Question::PasswordPolicy),
    ] {
        bench.wizard.world.facts_mut().forget(&question);
        bench.press(Key::Char(key));
        bench.press(Key::Enter);
        assert!(matches!(bench.wizard.step(step), Page::Prepare(_)), "{step:?}");
        bench.answer_all();
        assert!(matches!(bench.wizard.step(step), Page::FillIn(_)), "{step:?}: opened as soon as it was read");
        bench.press(Key::Esc);
    }
}

/// An administrator with password and MFA, who signed in after the password was set.
fn with_alice(facts: &mut Facts) {
    let profile = LoginProfile { created: Some(START - time::Duration::days(30)), reset_required: false };
    let device = MfaDevice { serial: "arn:aws:iam::123456789012:mfa/alice".into(), enabled: None };
    let sign_in = SignIn { password: read(Some(profile)), devices: read(vec![device]) };
    let group = Group {
        name: "Administrators".into(),
        attached_policies: vec!["arn:aws:iam::aws:policy/AdministratorAccess".into()],
        ..Group::default()
    };
    let alice = User {
        name: "alice".into(),
        groups: vec!["Administrators".into()],
        sign_in: Some(sign_in),
        password_used: read(Some(START - time::Duration::days(1))),
        ..User::default()
    };
    facts.people = read(People { users: vec![alice], groups: vec![group], ..People::default() });
}

/// Opens the review that deletes the last root key, which signs the session, and types its last four characters.
fn deleting_the_last_key() -> Bench {
    let mut truth = fresh("AKIAONLYROOTKEY7XM2", &["AKIAONLYROOTKEY7XM2"]);
    with_alice(&mut truth);
    let mut bench = Bench::with(truth);
    for key in [Key::Char('2'), Key::Right, Key::Enter] {
        bench.press(key);
    }
    bench.answer_all();
    assert!(matches!(bench.wizard.step(StepId::RootKeys), Page::Review(_)), "{:?}", bench.wizard.world.remark());
    bench.type_text("7XM2");
    bench
}

#[test]
fn a_plan_is_sent_only_if_it_is_still_valid() {
    let mut bench = deleting_the_last_key();
    bench.now += time::Duration::SECOND;
    bench.put(Event::Key(KeyPress::from(Key::Enter)));
    assert_eq!(bench.changes_open(), 0, "not before everything has been read again");
    assert!(bench.reads_open() > 0);
    bench.answer_all();
    assert_eq!(bench.changes_open(), 1, "nothing has changed: it is sent");

    // The only administrator is gone by the time of the confirmation.
    let mut bench = deleting_the_last_key();
    bench.truth.people = read(People::default());
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0);
    let remark = bench.wizard.world.remark().map(str::to_owned).unwrap_or_default();
    assert!(remark.contains("Nothing was sent"), "{remark}");
    assert!(matches!(bench.wizard.step(StepId::RootKeys), Page::Home(_)));

    // The administrators cannot be read again.
    let mut bench = deleting_the_last_key();
    bench.truth.people = Reading::Failed(denied());
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0, "{:?}", bench.wizard.world.remark());
}

#[test]
fn the_last_key_is_reviewed_again_if_the_last_administrator_is_gone() {
    // Root is signed in by a session that depends on no key.
    let mut truth = fresh(SESSION, &["AKIAONLYROOTKEY7XM2"]);
    with_alice(&mut truth);
    let mut bench = Bench::with(truth);
    for key in [Key::Char('2'), Key::Right, Key::Enter] {
        bench.press(key);
    }
    bench.answer_all();
    bench.type_text("7XM2");
    bench.truth.people = read(People::default());
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0);
    let Page::Review(review) = bench.wizard.step(StepId::RootKeys) else { panic!("no new review") };
    assert!(review.moved.iter().any(|line| line.contains("No administrator")), "{:?}", review.moved);
    assert!(review.typed.is_empty(), "the person has to type it again");
}

#[test]
fn a_plan_that_has_changed_is_shown_again_and_not_sent() {
    let mut bench = at_review();
    let stricter = PasswordPolicy { minimum_length: 30, ..PasswordPolicy::aws_default() };
    bench.truth.password_policy = read(Some(stricter));
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 0);
    let Page::Review(review) = bench.wizard.step(StepId::PasswordPolicy) else { panic!("no new review") };
    assert!(review.moved.iter().any(|line| line.contains("30 now")), "{:?}", review.moved);
    assert_eq!(review.focus, ReviewFocus::Back, "going ahead is not preselected");
    bench.press(Key::Right);
    bench.press_at_once(Key::Enter);
    assert_eq!(bench.changes_open(), 0, "a new review has to be read too");
    bench.press(Key::Enter);
    assert_eq!(bench.changes_open(), 1, "what was read is sent");
}

#[test]
fn a_new_connection_does_not_replace_the_reads_before_a_call() {
    let mut bench = at_review();
    bench.now += time::Duration::SECOND;
    bench.put(Event::Key(KeyPress::from(Key::Enter)));
    // A new connection replaces the reads.
    bench.open.retain(|effect| !matches!(effect, Effect::Ask(_, Request::Read(..))));
    bench.press(Key::Ctrl('l'));
    bench.press(Key::Char('c'));
    bench.truth.password_policy = Reading::Failed(denied());
    bench.answer_all();
    assert_eq!(bench.changes_open(), 0, "{:?}", bench.wizard.world.remark());
}

#[test]
fn a_refused_call_is_never_reported_as_done() {
    let (_, shown) = setting_up_administrator();
    for (number, refused) in shown.iter().enumerate() {
        let (mut bench, _) = setting_up_administrator();
        for _ in 0..number {
            let (ticket, change) = bench.take_change().unwrap();
            let outcome = match &change {
                Change::CreateDevice { .. } => panic!("the device is last"),
                _ => Outcome::Done,
            };
            bench.put(Event::Reply(ticket, Reply::Applied(change, Ok(outcome))));
        }
        let (ticket, change) = bench.take_change().unwrap();
        let words = change.words();
        let mut failure = lockroot::account::Failure::new(Fault::Exists, change.action(), "it exists already");
        failure.code = Some("EntityAlreadyExists".into());
        bench.put(Event::Reply(ticket, Reply::Applied(change, Err(failure))));
        // Another program made the same changes, so a fresh read shows all of them.
        with_administrator(&mut bench.truth);
        bench.answer_all();
        let Page::Refused(refusal) = bench.wizard.step(StepId::Administrator) else { panic!("{words}") };
        assert!(!refusal.has_happened(bench.wizard.facts()), "{words}");
        bench.press(Key::Enter);
        let step = bench.wizard.step(StepId::Administrator);
        if let Page::Record(record) = step {
            assert!(!record.lines.iter().any(|(line, _)| *line == words), "{words}: {record:?}");
        }
        if matches!(refused, Change::CreateLoginProfile { .. }) {
            assert!(!matches!(step, Page::HandOver(_)), "a password that AWS did not take is not shown");
        }
    }
}

/// Adds everything that the wizard would make for `administrator`.
fn with_administrator(facts: &mut Facts) {
    with_alice(facts);
    if let Reading::Known { value: people, .. } = &mut facts.people {
        people.users[0].name = "administrator".into();
    }
    let profile = LoginProfile { created: Some(START), reset_required: true };
    facts.sign_ins.insert("administrator".into(), SignIn { password: read(Some(profile)), devices: read(Vec::new()) });
}
