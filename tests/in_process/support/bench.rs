//! The pure wizard on a bench: events in, effects out, nothing performed.

use lockroot::account::facts::*;
use lockroot::account::*;
use lockroot::journal::Claim;
use lockroot::wizard::{Drawn, Effect, Event, Key, KeyPress, Mode, Reply, Request, Ticket, Wizard, update};

use super::START;

/// The wizard, the facts that AWS would answer, and the effects without a reply.
pub struct Bench {
    pub wizard: Wizard,
    /// The time of the next event.
    pub now: Timestamp,
    pub truth: Facts,
    pub open: Vec<Effect>,
    /// The answer to a claim on the account.
    pub claim: Claim,
    /// How much of each drawing is visible.
    pub view: Drawn,
}

impl Bench {
    /// A wizard that is signed in as root and has read `truth`.
    pub fn with(truth: Facts) -> Self {
        Self::beside(truth, Claim::Ours)
    }

    /// The same, with `claim` as the answer to a claim on the account.
    pub fn beside(truth: Facts, claim: Claim) -> Self {
        let (wizard, effects) = Wizard::start(Mode::Live, START);
        let mut bench = Self { wizard, now: START, truth, open: effects, claim, view: Drawn::WHOLE };
        bench.answer_all();
        bench
    }

    /// Handles `event` and keeps its effects. Returns their names.
    pub fn put(&mut self, event: Event) -> Vec<String> {
        let now = self.now;
        let effects = update(&mut self.wizard, now, event);
        let names = effects.iter().map(|effect| format!("{effect:?}")).collect();
        self.open.extend(effects);
        let nothing = update(&mut self.wizard, now, Event::Drawn(self.view));
        assert_eq!(nothing, [], "looking changes nothing");
        names
    }

    /// Presses a key. Waits a second before Enter on a review, which nothing confirms in its first moment.
    pub fn press(&mut self, key: Key) -> Vec<String> {
        if key == Key::Enter && super::is_at_review(&self.wizard) {
            self.now += time::Duration::SECOND;
        }
        self.press_at_once(key)
    }

    /// Presses a key without a wait. After a confirmed review, answers the reads that come before its calls.
    pub fn press_at_once(&mut self, key: Key) -> Vec<String> {
        let confirms = key == Key::Enter && super::is_at_review(&self.wizard);
        let names = self.put(Event::Key(KeyPress::from(key)));
        if confirms {
            self.answer_all();
        }
        names
    }

    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.press(Key::Char(character));
        }
    }

    /// Answers every read and connection that is open, until none is.
    pub fn answer_all(&mut self) {
        while self.answer_one() {}
    }

    /// Answers the read or connection that has been open for longest, if there is one.
    pub fn answer_one(&mut self) -> bool {
        let can_be_answered = |effect: &Effect| {
            matches!(
                effect,
                Effect::Ask(
                    _,
                    Request::Read(_)
                        | Request::Connect(_)
                        | Request::InspectMachine(_)
                        | Request::Claim(_)
                        | Request::LoadJournal(_)
                        | Request::LoadSuppressions(_)
                )
            )
        };
        let Some(place) = self.open.iter().position(can_be_answered) else { return false };
        let Effect::Ask(ticket, request) = self.open.remove(place) else { unreachable!() };
        let reply = match request {
            Request::Connect(_) => Reply::Connected(Ok(())),
            Request::InspectMachine(_) => Reply::Found(Default::default()),
            Request::Claim(_) => Reply::Claimed(self.claim.clone()),
            Request::LoadJournal(_) => Reply::Remembered(Ok(Default::default())),
            Request::LoadSuppressions(account) => {
                Reply::Accepted(Ok(Acceptances { account, ..Acceptances::default() }))
            }
            Request::Read(question) => Reply::Learned(self.fact(&question)),
            _ => unreachable!(),
        };
        self.put(Event::Reply(ticket, reply));
        true
    }

    /// Takes out the change that waits for its reply.
    pub fn take_change(&mut self) -> Option<(Ticket, Change)> {
        let place = self.open.iter().position(|effect| matches!(effect, Effect::Ask(_, Request::Apply(_))))?;
        match self.open.remove(place) {
            Effect::Ask(ticket, Request::Apply(change)) => Some((ticket, change)),
            _ => None,
        }
    }

    /// Answers the request for a password.
    pub fn make_password(&mut self) {
        let is_one = |effect: &Effect| matches!(effect, Effect::Ask(_, Request::GeneratePassword(_)));
        let place = self.open.iter().position(is_one).expect("a password is asked for");
        let Effect::Ask(ticket, Request::GeneratePassword(length)) = self.open.remove(place) else { unreachable!() };
        let password = lockroot::secret::Secret::generate(length);
        self.put(Event::Reply(ticket, Reply::Password(password)));
    }

    pub fn changes_open(&self) -> usize {
        self.open.iter().filter(|effect| matches!(effect, Effect::Ask(_, Request::Apply(_)))).count()
    }

    pub fn reads_open(&self) -> usize {
        self.open.iter().filter(|effect| matches!(effect, Effect::Ask(_, Request::Read(_)))).count()
    }

    /// Confirms root's phone and e-mail address, so that root's MFA can be assigned.
    pub fn confirm_way_back(&mut self) {
        for topic in Topic::ALL {
            self.wizard.world.facts_mut().answers.insert(topic, Answer::new(AnswerValue::Yes, START));
        }
    }

    /// What AWS would answer.
    pub fn fact(&self, question: &Question) -> Fact {
        match question {
            Question::Trail(query) => Fact::Trail(query.clone(), read(TrailPage::default())),
            other => self.truth.answer(other),
        }
    }
}

/// A value that was just read.
pub fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: START }
}

/// A new account with `root_keys`, in which root is signed in by `key`.
pub fn fresh(key: &str, root_keys: &[&str]) -> Facts {
    let arn = "arn:aws:iam::123456789012:root";
    let kind = if key.starts_with("ASIA") { CredentialKind::Temporary } else { CredentialKind::LongTerm };
    let access_key = |id: &&str| AccessKey {
        id: (*id).to_owned(),
        status: KeyStatus::Active,
        created: Some(START - time::Duration::days(900)),
        last_used: read(None),
    };
    let numbers = [
        ("AccountAccessKeysPresent", root_keys.len().min(1)),
        ("AccountMFAEnabled", 0),
        ("AccountPasswordPresent", 1),
        ("AccountSigningCertificatesPresent", 0),
    ];
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::Root,
            credential: Credential { access_key_id: key.into(), kind, source: "the test".into(), base: None },
            clock_ahead: None,
        }),
        alias: read(None),
        summary: read(Summary(numbers.iter().map(|(name, number)| ((*name).to_owned(), *number as i32)).collect())),
        root_keys: read(root_keys.iter().map(access_key).collect()),
        root_devices: read(Vec::new()),
        virtual_devices: read(Vec::new()),
        contacts: [read(None), read(None), read(None)],
        contact_information: read(None),
        people: read(People::default()),
        sign_ins: Default::default(),
        password_policy: read(None),
        root_certificates: read(Vec::new()),
        regions: read(vec!["eu-west-1".into(), "us-east-1".into()]),
        ..Facts::default()
    }
}

/// A change that AWS refuses.
pub fn denied() -> Failure {
    let mut failure = Failure::new(Fault::AccessDenied, "iam:Anything", "User is not authorized to perform this");
    failure.code = Some("AccessDenied".into());
    failure
}
