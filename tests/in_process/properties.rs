//! Property tests of the practice account against a small second model: same answers, AWS's invariants, secrets
//! shown once, any bytes survived.
//!
//! A failing case is shrunk and printed. `PROPTEST_CASES=5000` runs longer, `LOCKROOT_CASES=full` as long as `.ci/run`.

mod bytes;
mod calls;
mod client;
mod document;
mod model;
mod parsers;

use std::time::Duration;

use calls::{Op, any_sequence};
use client::{Answer, call};
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario};
use lockroot::secret::Secret;
use lockroot::wire::SigningKeys;
use model::{Device, Key, Model};
use proptest::prelude::*;

use crate::support::cases;

/// An empty account with root signed in, its clock, and all its answers.
struct Account {
    practice: Practice,
    clock: Clock,
    root: SigningKeys,
    said: Vec<String>,
}

impl Account {
    fn open() -> Self {
        let clock = Clock::set_to(time::macros::datetime!(2026-11-21 12:00:00 UTC));
        let scenario = Scenario::parse("empty.toml", "title = \"empty\"\naccount = \"123456789012\"\n").unwrap();
        let practice = Practice::new(scenario, clock.clone());
        let root = practice.session();
        Self { practice, clock, root, said: Vec::new() }
    }

    fn call(&mut self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.clock.advance(Duration::from_secs(2));
        let answer = call(&self.practice, &self.clock, &self.root, action, parameters);
        self.said.push(answer.body.clone());
        answer
    }

    /// Makes the call, compares its result with the model's, and records it.
    fn perform(&mut self, model: &mut Model, op: &Op) {
        let now = self.clock.now().unix_timestamp() / 30;
        let used = match op {
            Op::EnableDevice(_, device) => model.exact_device(device).map_or(0, |device| device.used),
            _ => 0,
        };
        let step = now.max(used + 1);
        let (action, parameters) = op.request(model, step);
        let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let expected = model.expects(op);
        let answer = self.call(action, &parameters);
        assert_eq!(answer.code.as_deref(), expected, "{op:?}: {}", answer.body);
        if expected.is_some() {
            return;
        }
        model.succeeds(op);
        match op {
            Op::CreateKey(owner) => model.keys.push(Key {
                id: answer.text("AccessKeyId"),
                secret: Secret::new(answer.text("SecretAccessKey")),
                owner: owner.map(model::key),
                active: true,
            }),
            Op::CreateDevice(_) => model.devices.push(Device {
                serial: answer.text("SerialNumber"),
                seed: Secret::new(seed(&answer)),
                owner: None,
                used: 0,
            }),
            Op::EnableDevice(_, device) => model.exact_device_mut(device).used = step + 1,
            _ => {}
        }
    }

    /// Asserts that every read agrees with the model.
    fn assert_reads_agree_with(&mut self, model: &Model) {
        let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>();
        let users = self.call("ListUsers", &[]).texts("UserName");
        assert_eq!(users, names(model.users.values().map(|user| &user.name).collect()));
        let groups = self.call("ListGroups", &[]).texts("GroupName");
        assert_eq!(groups, names(model.groups.values().map(|group| &group.name).collect()));
        for (key, user) in &model.users {
            let listed = self.call("ListAccessKeys", &[("UserName", &user.name)]).texts("AccessKeyId");
            assert_eq!(listed.len(), model.keys_of(&Some(key.clone())));
            let in_groups = self.call("ListGroupsForUser", &[("UserName", &user.name)]).texts("GroupName");
            assert_eq!(in_groups.len(), user.groups.len());
            assert!(listed.len() <= 2 && in_groups.len() <= 10);
        }
        let mut serials = self.call("ListVirtualMFADevices", &[]).texts("SerialNumber");
        serials.sort();
        let mut expected: Vec<_> = model.devices.iter().map(|device| device.serial.clone()).collect();
        expected.sort();
        assert_eq!(serials, expected);
        let summary = self.call("GetAccountSummary", &[]);
        let numbers: Vec<_> = summary.texts("key").into_iter().zip(summary.texts("value")).collect();
        let in_use = model.devices.iter().filter(|device| device.owner.is_some()).count();
        for (name, number) in [
            ("Users", model.users.len()),
            ("Groups", model.groups.len()),
            ("MFADevices", model.devices.len()),
            ("MFADevicesInUse", in_use),
            ("AccountAccessKeysPresent", model.keys_of(&None).min(1)),
        ] {
            assert!(numbers.contains(&(name.into(), number.to_string())), "{name} {number}: {numbers:?}");
        }
        self.call("GetAccountAuthorizationDetails", &[]);
    }

    /// Asserts that each key signs as its owner exactly while it exists and is active.
    fn assert_each_key_signs(&self, keys: &[(String, Secret)], model: &Model) {
        for (id, secret) in keys {
            let signer = SigningKeys {
                access_key_id: id.clone(),
                secret_access_key: secret.clone(),
                session_token: None,
                source: "the test".into(),
            };
            let answer = call(&self.practice, &self.clock, &signer, "GetCallerIdentity", &[]);
            match model.keys.iter().find(|key| key.id == *id && key.active) {
                None => assert_eq!(answer.code.as_deref(), Some("InvalidClientTokenId")),
                Some(Key { owner: None, .. }) => assert!(answer.text("Arn").ends_with(":root")),
                Some(Key { owner: Some(owner), .. }) => {
                    assert!(answer.text("Arn").to_ascii_lowercase().ends_with(&format!(":user/{owner}")));
                }
            }
        }
    }
}

/// The seed in an answer: base32 in base64.
fn seed(answer: &Answer) -> String {
    let sent = answer.text("Base32StringSeed");
    let digit =
        |c: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|d| *d == c);
    let bits = sent.bytes().filter_map(digit).flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1));
    let bits: Vec<usize> = bits.collect();
    let byte = |bits: &[usize]| char::from(bits.iter().fold(0u8, |byte, bit| byte << 1 | *bit as u8));
    bits.chunks_exact(8).map(byte).collect()
}

proptest! {
    #![proptest_config(cases::property(8, 16))]

    #[test]
    fn any_sequence_of_calls_ends_as_aws_documents_it(ops in any_sequence()) {
        let (mut account, mut model) = (Account::open(), Model::default());
        let mut keys: Vec<(String, Secret)> = Vec::new();
        let mut secrets: Vec<Secret> = Vec::new();
        for op in &ops {
            let (known_keys, known_devices) = (model.keys.len(), model.devices.len());
            account.perform(&mut model, op);
            if model.keys.len() > known_keys {
                let key = model.keys.last().unwrap();
                keys.push((key.id.clone(), key.secret.clone()));
                secrets.push(key.secret.clone());
            }
            if model.devices.len() > known_devices {
                secrets.push(model.devices.last().unwrap().seed.clone());
            }
        }
        account.assert_reads_agree_with(&model);
        account.assert_each_key_signs(&keys, &model);
        for secret in &secrets {
            let encoded = account.said.iter().filter(|said| said.contains(secret.expose())).count();
            let seeds = account.said.iter().filter(|said| said.contains("<Base32StringSeed>"));
            let as_seed = seeds.filter(|said| seed(&Answer { code: None, body: (*said).clone() }) == secret.expose());
            prop_assert_eq!(encoded + as_seed.count(), 1, "a secret is told once");
        }
    }
}
