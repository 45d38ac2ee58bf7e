//! Ways to sign in on different machines.

use super::account::{caller, neglected, read};
use super::pages::absent;
use super::{NOW, having_read};
use crate::account::machine::*;
use crate::account::source::*;
use crate::account::*;
use crate::steps::StepId;
use crate::wizard::pages::SignIn;
use crate::wizard::{Mode, Place, Session, Wizard};

fn profile(name: &str, kind: ProfileKind, account: Option<Named>) -> Profile {
    Profile { name: name.into(), kind, account, login: None, region: None }
}

fn cli(version: Version) -> Option<Cli> {
    Some(Cli::Found { path: "/usr/local/bin/aws".into(), version })
}

pub fn machine() -> Machine {
    let root = Profile {
        login: Some("arn:aws:iam::123456789012:root".into()),
        ..profile("acme-root", ProfileKind::Login, Named::written("123456789012"))
    };
    Machine {
        profiles: vec![
            root,
            profile("audit", ProfileKind::Role, Named::written("210987654321")),
            profile("legacy", ProfileKind::StaticKey, Named::in_key_id("AKIASP2TPHJSQH3FJRUX")),
            profile("staff", ProfileKind::Sso, Named::written("210987654321")),
            profile("vault", ProfileKind::Process, None),
        ],
        cli: cli(Version(2, 32, 1)),
        ..Machine::default()
    }
}

pub fn looked(mut wizard: Wizard, machine: Machine) -> Wizard {
    wizard.world.sign_in_mut().machine = Some(machine);
    wizard
}

fn with(failure: Failure, machine: Machine, cursor: usize) -> Wizard {
    let mut wizard = looked(absent(Mode::Live), machine);
    wizard.world.set_session(Session::Absent(failure));
    wizard.set_page(Place::SignIn, SignIn::at(cursor));
    wizard
}

fn nobody() -> Failure {
    Failure::new(
        Fault::NoCredentials,
        "sign-in",
        "no credentials in the environment, in a profile, or from a container or EC2",
    )
}

fn over() -> Failure {
    Failure::new(Fault::ExpiredSession, "sign-in", "profile acme-root (login session): cached Login token is expired")
}

fn two_accounts() -> Wizard {
    let key = EnvironmentKey::of("AKIASP2TPHJSQH3FJRUX");
    let mut wizard = looked(having_read(Mode::Live, neglected()), Machine { key: Some(key), ..machine() });
    wizard.world.sign_in_mut().source = CredentialSource::Profile("acme-root".into());
    wizard
}

fn without_mfa() -> Wizard {
    let refused = Failure {
        code: Some("InvalidClientTokenId".into()),
        ..Failure::new(
            Fault::UnknownKey,
            "iam:GetAccountSummary",
            "The security token included in the request is invalid",
        )
    };
    let mut facts = neglected();
    let user = "arn:aws:iam::123456789012:user/ada";
    facts.caller = read(caller(user, "ASIAIOSFODNN7EXAMPLE", CredentialKind::Temporary));
    facts.summary = Reading::Failed(refused.clone());
    facts.alias = Reading::Failed(refused.clone());
    facts.people = Reading::Failed(refused.clone());
    facts.password_policy = Reading::Failed(refused);
    having_read(Mode::Live, facts)
}

fn of_partition(arn: &str) -> Wizard {
    let mut facts = neglected();
    facts.caller = read(caller(arn, "AKIAIOSFODNN7EXAMPLE", CredentialKind::LongTerm));
    having_read(Mode::Live, facts)
}

/// All of them.
pub fn ways() -> Vec<(&'static str, Wizard)> {
    let mut ended = with(nobody(), Machine { profiles: Vec::new(), ..machine() }, 0);
    ended.world.sign_in_mut().ended = Some("`aws login --profile root` ended with exit code 1.".into());
    let old = Machine { profiles: Vec::new(), cli: cli(Version(2, 31, 9)), ..Machine::default() };
    let none = Machine { cli: Some(Cli::Absent), ..Machine::default() };
    let shadowed = Machine {
        key: Some(EnvironmentKey::of("AKIASP2TPHJSQH3FJRUX")),
        variable: Some("audit".into()),
        is_remote: true,
        others: vec!["container"],
        ..machine()
    };
    let mut open = two_accounts();
    open.world.sign_in_mut().is_open = true;
    open.set_page(Place::SignIn, SignIn::at(3));
    let mut expired = with(over(), machine(), 0);
    expired.world.sign_in_mut().source = CredentialSource::Profile("acme-root".into());
    expired.world.sign_in_mut().over = Some(over());
    let mut in_form = super::filling(StepId::Contacts, |form| form.focus = 2);
    in_form.world.set_mode(Mode::Live);
    in_form.world.sign_in_mut().over = Some(over());
    in_form.set_place(Place::Step(StepId::Contacts));
    in_form.world.set_now(NOW);
    vec![
        ("ways-looking", absent(Mode::Live)),
        ("ways", with(nobody(), machine(), 1)),
        ("ways-no-cli", with(nobody(), none, 0)),
        ("ways-old-cli", with(nobody(), old, 0)),
        ("ways-shadowed-remote", with(nobody(), shadowed, 0)),
        ("ways-ended", ended),
        ("ways-expired", expired),
        ("ways-open", open),
        ("signed-in-two-accounts", two_accounts()),
        ("signed-in-without-mfa", without_mfa()),
        ("signed-in-govcloud", of_partition("arn:aws-us-gov:iam::123456789012:user/ada")),
        ("signed-in-china", of_partition("arn:aws-cn:iam::123456789012:user/ada")),
        ("form-session-over", in_form),
    ]
}
