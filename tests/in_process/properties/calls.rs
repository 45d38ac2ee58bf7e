//! Random calls with few names, so that they collide.

use lockroot::totp::Generator;
use proptest::prelude::*;
use proptest::sample::select;

use super::model::Model;

/// A call that changes something, with the values of its parameters.
#[derive(Debug, Clone)]
pub enum Op {
    CreateUser(&'static str),
    DeleteUser(&'static str),
    CreateGroup(&'static str),
    DeleteGroup(&'static str),
    /// Group, user.
    AddUser(&'static str, &'static str),
    RemoveUser(&'static str, &'static str),
    AttachToUser(&'static str, &'static str),
    DetachFromUser(&'static str, &'static str),
    AttachToGroup(&'static str, &'static str),
    DetachFromGroup(&'static str, &'static str),
    /// Whether the document is valid.
    PutPolicy(&'static str, bool),
    DeletePolicy(&'static str),
    /// Whether the password is strong.
    CreateLogin(&'static str, bool),
    DeleteLogin(&'static str),
    /// None: root's own.
    CreateKey(Option<&'static str>),
    SetKey(usize, bool),
    DeleteKey(usize),
    CreateDevice(&'static str),
    EnableDevice(&'static str, &'static str),
    WrongCodes(&'static str, &'static str),
    DeactivateDevice(&'static str, &'static str),
    DeleteDevice(&'static str),
    SetPasswordPolicy(u32),
    DeletePasswordPolicy,
}

const USERS: &[&str] = &["ann", "Ann", "bob", "BOB", "c+y=,.@-"];
const GROUPS: &[&str] = &["ops", "Ops", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10"];
const DEVICES: &[&str] = &["d1", "D1", "d2", "d3"];
const POLICIES: &[&str] = &[
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/NoSuchPolicy",
];

fn any_op() -> impl Strategy<Value = Op> {
    let (user, group) = (|| select(USERS), || select(GROUPS));
    let (device, policy) = (|| select(DEVICES), || select(POLICIES));
    let people = prop_oneof![
        4 => user().prop_map(Op::CreateUser),
        2 => user().prop_map(Op::DeleteUser),
        4 => group().prop_map(Op::CreateGroup),
        1 => group().prop_map(Op::DeleteGroup),
        8 => (group(), user()).prop_map(|(group, user)| Op::AddUser(group, user)),
        2 => (group(), user()).prop_map(|(group, user)| Op::RemoveUser(group, user)),
        1 => (user(), any::<bool>()).prop_map(|(user, good)| Op::CreateLogin(user, good)),
        1 => user().prop_map(Op::DeleteLogin),
    ];
    let policies = prop_oneof![
        (user(), policy()).prop_map(|(user, policy)| Op::AttachToUser(user, policy)),
        (user(), policy()).prop_map(|(user, policy)| Op::DetachFromUser(user, policy)),
        (group(), policy()).prop_map(|(group, policy)| Op::AttachToGroup(group, policy)),
        (group(), policy()).prop_map(|(group, policy)| Op::DetachFromGroup(group, policy)),
        (user(), any::<bool>()).prop_map(|(user, good)| Op::PutPolicy(user, good)),
        user().prop_map(Op::DeletePolicy),
        (0u32..140).prop_map(Op::SetPasswordPolicy),
        Just(Op::DeletePasswordPolicy),
    ];
    let credentials = prop_oneof![
        3 => proptest::option::weighted(0.7, user()).prop_map(Op::CreateKey),
        1 => (0usize..8, any::<bool>()).prop_map(|(n, active)| Op::SetKey(n, active)),
        1 => (0usize..8).prop_map(Op::DeleteKey),
        2 => device().prop_map(Op::CreateDevice),
        3 => (user(), device()).prop_map(|(user, device)| Op::EnableDevice(user, device)),
        1 => (user(), device()).prop_map(|(user, device)| Op::WrongCodes(user, device)),
        1 => (user(), device()).prop_map(|(user, device)| Op::DeactivateDevice(user, device)),
        1 => device().prop_map(Op::DeleteDevice),
    ];
    prop_oneof![3 => people, 2 => policies, 3 => credentials]
}

/// A sequence of calls. Every second one starts with users, groups and devices, so that most calls find something.
pub fn any_sequence() -> impl Strategy<Value = Vec<Op>> {
    let scene = prop_oneof![Just(Vec::new()), Just(with_users_and_groups())];
    (scene, prop::collection::vec(any_op(), 1..80)).prop_map(|(scene, ops)| scene.into_iter().chain(ops).collect())
}

fn with_users_and_groups() -> Vec<Op> {
    let users = ["ann", "bob"].into_iter().map(Op::CreateUser);
    let groups = GROUPS.iter().filter(|name| **name != "Ops").map(|name| Op::CreateGroup(name));
    let devices = ["d1", "d2"].into_iter().map(Op::CreateDevice);
    let nine = (1..=9).map(|n| Op::AddUser(GROUPS[n + 1], "ann"));
    users.chain(groups).chain(devices).chain(nine).collect()
}

impl Op {
    /// The call's name and parameters. `step` is the half minute of the first of two codes.
    pub fn request(&self, model: &Model, step: i64) -> (&'static str, Vec<(&'static str, String)>) {
        const GOOD: &str = r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
        let named = |name: &&str| ("UserName", (*name).to_owned());
        let of = |name: &&str| ("GroupName", (*name).to_owned());
        let policy = |arn: &&str| ("PolicyArn", (*arn).to_owned());
        let serial = |name: &&str| ("SerialNumber", format!("arn:aws:iam::123456789012:mfa/{name}"));
        let inline = || ("PolicyName", "inline".to_owned());
        let codes = |device: &str| {
            let seed = model.exact_device(device).and_then(|device| Generator::new(&device.seed));
            let code = |step: i64| seed.as_ref().map_or("123456".into(), |seed| seed.code((step * 30).unsigned_abs()));
            [("AuthenticationCode1", code(step)), ("AuthenticationCode2", code(step + 1))]
        };
        let key = |n: usize| {
            let key = model.picked(n);
            let id = key.map_or("AKIA0000000000000000", |key| &key.id).to_owned();
            let owner = key.and_then(|key| key.owner.clone()).map(|owner| ("UserName", owner));
            [("AccessKeyId", id)].into_iter().chain(owner).collect::<Vec<_>>()
        };
        match self {
            Self::CreateUser(name) => ("CreateUser", vec![named(name)]),
            Self::DeleteUser(name) => ("DeleteUser", vec![named(name)]),
            Self::CreateGroup(name) => ("CreateGroup", vec![of(name)]),
            Self::DeleteGroup(name) => ("DeleteGroup", vec![of(name)]),
            Self::AddUser(group, user) => ("AddUserToGroup", vec![of(group), named(user)]),
            Self::RemoveUser(group, user) => ("RemoveUserFromGroup", vec![of(group), named(user)]),
            Self::AttachToUser(user, arn) => ("AttachUserPolicy", vec![named(user), policy(arn)]),
            Self::DetachFromUser(user, arn) => ("DetachUserPolicy", vec![named(user), policy(arn)]),
            Self::AttachToGroup(group, arn) => ("AttachGroupPolicy", vec![of(group), policy(arn)]),
            Self::DetachFromGroup(group, arn) => ("DetachGroupPolicy", vec![of(group), policy(arn)]),
            Self::PutPolicy(user, good) => {
                let text = if *good { GOOD } else { "{\"Statement\": <&>" };
                ("PutUserPolicy", vec![named(user), inline(), ("PolicyDocument", text.to_owned())])
            }
            Self::DeletePolicy(user) => ("DeleteUserPolicy", vec![named(user), inline()]),
            Self::CreateLogin(user, strong) => {
                let password = if *strong { "Tr0ub4d&".repeat(16) } else { "aaaaa".to_owned() };
                ("CreateLoginProfile", vec![named(user), ("Password", password)])
            }
            Self::DeleteLogin(user) => ("DeleteLoginProfile", vec![named(user)]),
            Self::CreateKey(user) => ("CreateAccessKey", user.iter().map(named).collect()),
            Self::SetKey(n, active) => {
                let status = if *active { "Active" } else { "Inactive" };
                ("UpdateAccessKey", key(*n).into_iter().chain([("Status", status.to_owned())]).collect())
            }
            Self::DeleteKey(n) => ("DeleteAccessKey", key(*n)),
            Self::CreateDevice(name) => ("CreateVirtualMFADevice", vec![("VirtualMFADeviceName", (*name).to_owned())]),
            Self::EnableDevice(user, device) => {
                ("EnableMFADevice", [named(user), serial(device)].into_iter().chain(codes(device)).collect())
            }
            Self::WrongCodes(user, device) => {
                let [(first, a), (second, _)] = codes(device);
                ("EnableMFADevice", vec![named(user), serial(device), (first, a.clone()), (second, a)])
            }
            Self::DeactivateDevice(user, device) => ("DeactivateMFADevice", vec![named(user), serial(device)]),
            Self::DeleteDevice(name) => ("DeleteVirtualMFADevice", vec![serial(name)]),
            Self::SetPasswordPolicy(length) => {
                ("UpdateAccountPasswordPolicy", vec![("MinimumPasswordLength", length.to_string())])
            }
            Self::DeletePasswordPolicy => ("DeleteAccountPasswordPolicy", Vec::new()),
        }
    }
}
