//! Creates an account from its scenario.

use std::collections::BTreeMap;
use std::time::Duration;

use toml::Spanned;

use super::age::{Age, PastUse};
use super::check::ROOT_DEVICE;
use super::schema::{
    ContactTable, KeyTable, MfaKind, OrganizationTable, PasswordPolicyTable, Recorded, RootFeature, Scenario,
    SignedInAs, TrailTable, TrustedService, UserTable,
};
use super::{history, permission_sets};
use crate::account::{AlternateContact, ContactType, PasswordPolicy, Subject, Timestamp};
use crate::practice::account_management::contact_information::ContactInformation;
use crate::practice::chaos::Chaos;
use crate::practice::cloudtrail::{Selectors, Trail};
use crate::practice::identifiers::{self, Identifiers};
use crate::practice::managed_policies;
use crate::practice::organization::Organization;
use crate::practice::policy::Document;
use crate::practice::state::{AccessKey, Device, Group, KeyUse, LoginProfile, Membership, Root, State, User, key};
use crate::practice::throttle::Rate;
use crate::secret::Secret;

impl Scenario {
    #[must_use]
    pub fn signed_in_as(&self) -> &SignedInAs {
        self.signed_in_as.get_ref()
    }

    /// Creates the account as of `now`.
    pub(in crate::practice) fn open(&self, now: Timestamp) -> State {
        let age = self.lifetime();
        let mut state = State {
            account: self.account.0.clone(),
            alias: self.alias.clone(),
            created: before(now, age),
            root: Root { password: self.root.password, password_last_used: past(now, &self.root.last_sign_in) },
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            keys: Vec::new(),
            sessions: Vec::new(),
            devices: Vec::new(),
            password_policy: self.password_policy.as_ref().map(password_policy),
            contacts: self.contacts(),
            contact_information: self.contact_information().unwrap_or_else(ContactInformation::practice),
            denied: self.denied.iter().map(|pattern| pattern.get_ref().clone()).collect(),
            root_mfa_by_api: self.root_mfa_by_api,
            faults: self.fault.clone(),
            visible_after: Duration::from_secs(self.visible_after_seconds.into()),
            organization: self.organization.as_ref().map(organization),
            ids: Identifiers::seeded_by(&self.account.0),
            ..State::empty(&self.account.0, now)
        };
        state.chaos.extend(
            self.chaos
                .as_ref()
                .map(|table| Chaos::new(table.seed.into(), &table.call, table.per_thousand, &table.kinds)),
        );
        for table in &self.rate {
            let rate = Rate { per_second: table.per_second, burst: table.burst };
            state.throttle.set(&table.of, rate);
        }
        state.report_takes = Duration::from_secs(self.report_takes_seconds.into());
        let since = state.created;
        state.cloudtrail.trails = self.trails.iter().map(|table| trail(table, since)).collect();
        let document =
            |(name, text): (&Spanned<String>, &Spanned<String>)| (name.get_ref().clone(), text.get_ref().clone());
        state.customer_policies = self.policies.iter().map(document).collect();
        add_keys(&mut state, &self.root.keys, &Subject::Root, age, now);
        add_devices(&mut state, &self.root.mfa, &Subject::Root, ROOT_DEVICE, since);
        self.open_watchers(&mut state);
        self.open_groups(&mut state, now);
        self.permission_sets.iter().for_each(|table| permission_sets::add(&mut state, table, since, now));
        self.roles.iter().for_each(|table| permission_sets::add_own(&mut state, table, age, now));
        self.users.iter().for_each(|table| add_user(&mut state, table, age, now));
        state.server_certificates = self.server_certificates.iter().map(|table| table.open(age, now)).collect();
        state.server_certificates.sort_by(|a, b| a.name.cmp(&b.name));
        for table in &self.devices {
            let serial = state.arn(&format!("mfa/{}", table.name.get_ref()));
            state.devices.push(device(serial, None, None, now));
        }
        state
    }

    fn open_groups(&self, state: &mut State, now: Timestamp) {
        for table in &self.groups {
            let created = before(now, table.lifetime(self.lifetime()));
            let group = Group {
                name: table.name.get_ref().clone(),
                path: "/".into(),
                id: state.ids.unique("AGPA"),
                created,
                visible_from: created,
                inline_policies: table.inline_policies.iter().filter_map(inline).collect(),
                attached_policies: table.policies.iter().map(|name| policy_arn(name.get_ref())).collect(),
            };
            state.groups.insert(key(table.name.get_ref()), group);
        }
    }

    fn contacts(&self) -> BTreeMap<ContactType, AlternateContact> {
        let tables = &self.contacts;
        let all = [
            (ContactType::Billing, &tables.billing),
            (ContactType::Operations, &tables.operations),
            (ContactType::Security, &tables.security),
        ];
        all.into_iter().filter_map(|(of, table)| Some((of, contact(table.as_ref()?)))).collect()
    }
}

/// Parses an inline policy.
pub(super) fn inline((name, text): (&Spanned<String>, &Spanned<String>)) -> Option<(String, Document)> {
    Document::parse(text.get_ref()).ok().map(|document| (name.get_ref().clone(), document))
}

fn add_user(state: &mut State, table: &UserTable, account: Age, now: Timestamp) {
    let age = table.lifetime(account);
    let created = before(now, age);
    let name = table.name.get_ref();
    let owner = Subject::User(name.clone());
    let membership = |name: &Spanned<String>| Membership { group: key(name.get_ref()), visible_from: created };
    let user = User {
        name: name.clone(),
        path: "/".into(),
        id: state.ids.unique("AIDA"),
        created,
        visible_from: created,
        groups: table.groups.iter().map(membership).collect(),
        inline_policies: table.inline_policies.iter().filter_map(inline).collect(),
        attached_policies: table.policies.iter().map(|name| policy_arn(name.get_ref())).collect(),
        boundary: table.boundary.as_ref().map(|name| policy_arn(name.get_ref())),
        login: table.password.is_there().then(|| LoginProfile {
            created,
            changed: created,
            reset_required: table.password_reset,
            passwords: table.password.known().map(Secret::new).into_iter().collect(),
        }),
        password_last_used: past(now, &table.last_sign_in),
        tags: BTreeMap::new(),
    };
    state.users.insert(key(name), user);
    add_keys(state, &table.keys, &owner, age, now);
    add_devices(state, &table.mfa, &owner, name, created);
    for credential in &table.service_credentials {
        let id = state.ids.unique("ACCA");
        state.service_credentials.push(credential.open(id, name, age, now));
    }
}

fn add_keys(state: &mut State, tables: &[Spanned<KeyTable>], owner: &Subject, age: Age, now: Timestamp) {
    for table in tables.iter().map(Spanned::get_ref) {
        let last_use = past(now, &table.last_used);
        let created = before(now, table.lifetime(age));
        let key = AccessKey {
            id: state.ids.key("AKIA"),
            secret: identifiers::secret_access_key(),
            owner: owner.clone(),
            active: table.active,
            created,
            visible_from: created,
            last_use: last_use.map(|at| KeyUse { at, service: table.service.clone(), region: table.region.clone() }),
        };
        history::add(state, &table.calls, owner, &key.id, now);
        state.keys.push(key);
    }
}

/// The first virtual device is called `name`, further ones have a number too. All are as old as their owner.
fn add_devices(state: &mut State, kinds: &[Spanned<MfaKind>], owner: &Subject, name: &str, since: Timestamp) {
    let mut is_first = true;
    for kind in kinds.iter().map(Spanned::get_ref) {
        let number = state.devices.len() + 1;
        let serial = match (kind, owner) {
            (MfaKind::Virtual, _) if std::mem::take(&mut is_first) => state.arn(&format!("mfa/{name}")),
            (MfaKind::Virtual, _) => state.arn(&format!("mfa/{name}-{number}")),
            (MfaKind::Hardware, _) => format!("GAHT{number:08}"),
            (MfaKind::Passkey, Subject::Root) => state.arn(&format!("u2f/root-account/passkey-{number}")),
            (MfaKind::Passkey, Subject::User(user)) => state.arn(&format!("u2f/user/{user}/passkey-{number}")),
        };
        state.devices.push(device(serial, Some(owner.clone()), Some(since), since));
    }
}

fn device(serial: String, owner: Option<Subject>, enabled: Option<Timestamp>, visible_from: Timestamp) -> Device {
    let seed = Some(identifiers::seed());
    Device { serial, seed, owner, enabled, visible_from, used_step: 0, drift: 0, tags: BTreeMap::new() }
}

fn contact(table: &ContactTable) -> AlternateContact {
    AlternateContact {
        name: table.name.clone(),
        title: table.title.clone(),
        email: table.email.clone(),
        phone: table.phone.clone(),
    }
}

fn trail(table: &TrailTable, since: Timestamp) -> Trail {
    Trail {
        name: table.name.clone(),
        bucket: format!("{}-logs", table.name),
        home_region: table.region.clone(),
        multi_region: table.multi_region,
        logging: table.logging,
        validation: table.validation,
        log_group: table.log_group.clone(),
        selectors: selectors(table),
        since,
    }
}

fn selectors(table: &TrailTable) -> Selectors {
    if let Some(list) = &table.advanced_selectors {
        return Selectors::Advanced(list.clone());
    }
    let kind = match table.management_events {
        Recorded::All | Recorded::None => "All",
        Recorded::ReadOnly => "ReadOnly",
        Recorded::WriteOnly => "WriteOnly",
    };
    Selectors::classic(kind, table.management_events != Recorded::None, &table.excluded_sources)
}

fn organization(table: &OrganizationTable) -> Organization {
    let delegated = |service| table.delegated_administrator.iter().any(|of| *of.get_ref() == service);
    Organization {
        delegated_for_iam: delegated(TrustedService::Iam),
        delegated_for_account_management: delegated(TrustedService::Account),
        id: table.id.clone(),
        management: table.management,
        all_features: table.all_features,
        trusts_iam: table.trusted_access.contains(&TrustedService::Iam),
        trusts_account_management: table.trusted_access.contains(&TrustedService::Account),
        root_credentials_management: table.root_features.contains(&RootFeature::RootCredentialsManagement),
        root_sessions: table.root_features.contains(&RootFeature::RootSessions),
        members: table.members.iter().map(|(id, email)| (id.get_ref().clone(), email.get_ref().clone())).collect(),
    }
}

fn password_policy(table: &PasswordPolicyTable) -> PasswordPolicy {
    PasswordPolicy {
        minimum_length: table.minimum_length,
        require_symbols: table.require_symbols,
        require_numbers: table.require_numbers,
        require_uppercase: table.require_uppercase,
        require_lowercase: table.require_lowercase,
        allow_change: table.allow_change,
        max_age: table.max_age,
        reuse_prevention: table.reuse_prevention,
        hard_expiry: table.hard_expiry,
    }
}

/// ARN of the policy called `name`, which `check` has verified.
pub(super) fn policy_arn(name: &str) -> String {
    managed_policies::named(name).map_or_else(|| name.to_owned(), managed_policies::ManagedPolicy::arn)
}

/// In whole seconds, like AWS's timestamps.
pub(super) fn before(now: Timestamp, age: Age) -> Timestamp {
    (now - age.0).replace_nanosecond(0).unwrap_or(now)
}

pub(super) fn past(now: Timestamp, past: &Spanned<PastUse>) -> Option<Timestamp> {
    past.get_ref().0.map(|age| before(now, age))
}
