//! Simulates a person's work in the AWS console for each control that lockroot hands over. It makes no API call, so
//! no permission is checked.

use std::collections::BTreeMap;

use serde_json::json;

use super::cloudtrail::{RecordedEvent, SIGN_IN, Selectors, Trail};
use super::devices::PER_OWNER;
use super::policy::Document;
use super::scenario::permission_sets;
use super::state::{Device, Group, Role, State, User, key};
use super::watchers::event_bridge::{Rule, Target};
use super::watchers::{self, sns};
use crate::account::facts::{AssignedRole, is_administrator_access};
use crate::account::policy_document::allows_everything;
use crate::account::root_use::EVENT_PATTERN;
use crate::account::{Failure, Fault, Subject, Timestamp};

/// The action in failures.
const ACTION: &str = "console:ByHand";
const HOME: &str = "us-east-1";
const SUPPORT: &str = "arn:aws:iam::aws:policy/AWSSupportAccess";
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
const CLOUD_SHELL: &str = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess";
/// The recipient of the console's alarm.
const READER: &str = "security@example.com";

/// Does the manual work of the control called `control`.
pub fn carry_out(state: &mut State, control: &str, now: Timestamp) -> Result<(), Failure> {
    match control {
        "administrator-hardware-mfa" => give_passkeys(state, is_administrator, |device| !device.is_virtual(), now),
        "cloudshell-full-access" => detach(state, CLOUD_SHELL),
        "cloudtrail-on" => record(state, now),
        "federated-sign-in" => federate(state, now),
        "full-admin-policies" => state.customer_policies.retain(|_, document| !allows_everything(document)),
        "inline-full-admin" => cut_inline(state),
        "root-hardware-mfa" => return add_passkey(state, now),
        "root-credentials-removed" | "root-sessions" => centralize(state),
        "root-use-alarm" => return tell_of_root(state, now),
        "server-certificates-expired" => state.server_certificates.retain(|one| one.expires > now),
        "support-role" => support(state, now),
        _ => {
            let said = "Nothing in the console changes it: it takes time, or a decision. t moves the clock";
            return Err(Failure::new(Fault::Invalid, ACTION, said));
        }
    }
    Ok(())
}

/// Creates a trail as the console does.
fn record(state: &mut State, since: Timestamp) {
    let name = "management-events".to_owned();
    let bucket = format!("aws-cloudtrail-logs-{}", state.account);
    state.cloudtrail.trails.retain(|trail| trail.name != name);
    state.cloudtrail.trails.push(Trail {
        name,
        bucket,
        home_region: HOME.into(),
        multi_region: true,
        logging: true,
        validation: true,
        log_group: None,
        selectors: Selectors::default(),
        since,
    });
}

/// The next manual step for the root alarm. Pending subscribers confirm; without subscribers the console creates
/// rule, topic and subscription; otherwise root signs in once to trigger the message.
fn tell_of_root(state: &mut State, now: Timestamp) -> Result<(), Failure> {
    let account = state.account.clone();
    let written = state.watchers.rules.iter().flat_map(|rule| &rule.targets).map(|target| target.arn.clone());
    let written: Vec<String> = written.collect();
    let mut topics = state.watchers.topics.iter_mut().filter(|topic| written.contains(&topic.arn(&account)));
    let mut readers: Vec<&mut sns::Subscription> = topics.by_ref().flat_map(|topic| &mut topic.subscriptions).collect();
    if readers.iter().any(|one| !one.confirmed) {
        readers.iter_mut().for_each(|one| one.confirmed = true);
    } else if readers.is_empty() {
        make_alarm(state);
    } else if state.root.password {
        sign_in_as_root(state, now);
    } else {
        return Err(Failure::new(Fault::Invalid, ACTION, "Root has no password: nobody can sign in as root"));
    }
    Ok(())
}

fn make_alarm(state: &mut State) {
    let name = "root-use".to_owned();
    let mut topic = sns::Topic::new(&name, HOME);
    let arn = topic.arn(&state.account);
    topic.attributes.insert("Policy".into(), sns::Topic::policy_for_events(&arn));
    topic.add(state.ids.request(), READER, true);
    state.watchers.topics.retain(|other| other.name != name || other.region != HOME);
    state.watchers.topics.push(topic);
    state.watchers.rules.retain(|rule| rule.name != name || rule.region != HOME);
    let targets = Target::of_arns(&[arn]);
    let (region, pattern) = (HOME.into(), EVENT_PATTERN.into());
    let (description, role, schedule) = (None, None, None);
    let rule = Rule { name, region, pattern, enabled: true, reads: true, targets, description, role, schedule };
    state.watchers.rules.push(rule);
}

fn sign_in_as_root(state: &mut State, now: Timestamp) {
    state.root.password_last_used = Some(now);
    let recorded = RecordedEvent {
        name: SIGN_IN.into(),
        source: "signin.amazonaws.com".into(),
        region: HOME.into(),
        identity: json!({
            "type": "Root",
            "principalId": state.account,
            "arn": state.arn("root"),
            "accountId": state.account,
            "accessKeyId": "",
        }),
        user_name: "root".into(),
        access_key_id: String::new(),
        source_address: "192.0.2.1".into(),
        user_agent: "Mozilla/5.0".into(),
        parameters: Vec::new(),
        error: None,
    };
    let event = state.cloudtrail.record(recorded, now.replace_nanosecond(0).unwrap_or(now));
    watchers::deliver(state, &event);
}

fn support(state: &mut State, now: Timestamp) {
    let id = state.ids.unique("AGPA");
    let group = state.groups.entry(key("Support")).or_insert_with(|| Group {
        name: "Support".into(),
        path: "/".into(),
        id,
        created: now,
        visible_from: now,
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
    });
    group.attached_policies.push(SUPPORT.into());
}

fn detach(state: &mut State, policy: &str) {
    let users = state.users.values_mut().map(|user| &mut user.attached_policies);
    let groups = state.groups.values_mut().map(|group| &mut group.attached_policies);
    let roles = state.roles.values_mut().map(|role| &mut role.attached_policies);
    users.chain(groups).chain(roles).for_each(|attached| attached.retain(|arn| arn != policy));
}

fn cut_inline(state: &mut State) {
    let users = state.users.values_mut().map(|user| &mut user.inline_policies);
    let groups = state.groups.values_mut().map(|group| &mut group.inline_policies);
    let roles = state.roles.values_mut().map(|role| &mut role.inline_policies);
    let is_cut = |document: &Document| allows_everything(&document.text);
    users.chain(groups).chain(roles).for_each(|policies| policies.retain(|_, document| !is_cut(document)));
}

fn centralize(state: &mut State) {
    if let Some(organization) = &mut state.organization {
        organization.trusts_iam = true;
        organization.root_credentials_management = true;
        organization.root_sessions = true;
    }
}

/// The next manual step in IAM Identity Center: assign a permission set, or use its role.
fn federate(state: &mut State, now: Timestamp) {
    let is_it = |role: &&mut Role| {
        AssignedRole::is_one(&role.path, &role.name)
            && role.attached_policies.iter().any(|arn| is_administrator_access(arn))
    };
    match state.roles.values_mut().find(is_it) {
        Some(role) => role.last_used = Some(now),
        None => permission_sets::assign(state, "AdministratorAccess", vec![ADMINISTRATOR.into()], now, None),
    }
}

/// Whether `user` has AdministratorAccess, attached or through a group.
fn is_administrator(state: &State, user: &User) -> bool {
    let mut groups = user.groups.iter().filter_map(|membership| state.groups.get(&membership.group));
    let is_it = |arns: &[String]| arns.iter().any(|arn| is_administrator_access(arn));
    user.login.is_some() && (is_it(&user.attached_policies) || groups.any(|group| is_it(&group.attached_policies)))
}

/// Adds a passkey for each `meant` user without an `enough` device.
fn give_passkeys(
    state: &mut State,
    meant: impl Fn(&State, &User) -> bool,
    enough: impl Fn(&Device) -> bool,
    now: Timestamp,
) {
    let lacks = |name: &&String| !state.devices_of(&Subject::User((*name).clone())).any(&enough);
    let meant = state.users.values().filter(|user| meant(state, user)).map(|user| &user.name);
    let names: Vec<String> = meant.filter(lacks).cloned().collect();
    for name in names {
        let serial = state.arn(&format!("u2f/user/{name}/passkey-{}", state.devices.len() + 1));
        let owner = Some(Subject::User(name));
        let (enabled, visible_from, tags) = (Some(now), now, BTreeMap::new());
        state.devices.push(Device { serial, seed: None, owner, enabled, visible_from, used_step: 0, drift: 0, tags });
    }
}

fn add_passkey(state: &mut State, now: Timestamp) -> Result<(), Failure> {
    if state.devices_of(&Subject::Root).count() >= PER_OWNER {
        let said = format!("Root has {PER_OWNER} MFA devices already, as many as AWS allows");
        return Err(Failure::new(Fault::Limit, ACTION, said));
    }
    let serial = state.arn(&format!("u2f/root-account/passkey-{}", state.devices.len() + 1));
    let (owner, enabled, tags) = (Some(Subject::Root), Some(now), BTreeMap::new());
    state.devices.push(Device { serial, seed: None, owner, enabled, visible_from: now, used_step: 0, drift: 0, tags });
    Ok(())
}
