//! A small second model of an account, written from AWS's documents: the expected result of each call.

use std::collections::{BTreeMap, BTreeSet};

use lockroot::secret::Secret;

use super::calls::Op;

/// What is in the account.
#[derive(Debug, Default)]
pub struct Model {
    /// By their names in lower case.
    pub users: BTreeMap<String, User>,
    pub groups: BTreeMap<String, Group>,
    pub keys: Vec<Key>,
    pub devices: Vec<Device>,
    /// The minimum length, where a policy is set.
    pub policy: Option<u32>,
}

#[derive(Debug, Default)]
pub struct User {
    pub name: String,
    pub groups: BTreeSet<String>,
    pub attached: BTreeSet<String>,
    pub inline: bool,
    pub login: bool,
}

#[derive(Debug, Default)]
pub struct Group {
    pub name: String,
    pub attached: BTreeSet<String>,
}

#[derive(Debug)]
pub struct Key {
    pub id: String,
    pub secret: Secret,
    /// A user's name in lower case. `None`: root's.
    pub owner: Option<String>,
    pub active: bool,
}

#[derive(Debug)]
pub struct Device {
    pub serial: String,
    pub seed: Secret,
    pub owner: Option<String>,
    /// The half minute of the last code that was accepted.
    pub used: i64,
}

const NO_SUCH: Option<&str> = Some("NoSuchEntity");
const EXISTS: Option<&str> = Some("EntityAlreadyExists");
const CONFLICT: Option<&str> = Some("DeleteConflict");
const LIMIT: Option<&str> = Some("LimitExceeded");

fn error_if(is_so: bool, error: Option<&'static str>) -> Option<&'static str> {
    if is_so { error } else { None }
}

/// IAM ignores the case of names.
pub fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl Model {
    /// The error that AWS documents for `op` in this state. `None`: it succeeds.
    pub fn expects(&self, op: &Op) -> Option<&'static str> {
        let user = |name: &str| self.users.get(&key(name));
        let group = |name: &str| self.groups.get(&key(name));
        match op {
            Op::CreateUser(name) => user(name).and(EXISTS),
            Op::CreateGroup(name) => group(name).and(EXISTS),
            Op::DeleteUser(name) => user(name).map_or(NO_SUCH, |user| error_if(self.has_dependencies(user), CONFLICT)),
            Op::DeleteGroup(name) => group(name).map_or(NO_SUCH, |group| error_if(self.is_used(group), CONFLICT)),
            Op::AddUser(of, name) => match (group(of), user(name)) {
                (Some(_), Some(user)) if user.groups.len() >= 10 && !user.groups.contains(&key(of)) => LIMIT,
                (Some(_), Some(_)) => None,
                _ => NO_SUCH,
            },
            Op::RemoveUser(of, name) => group(of).and(user(name)).map_or(NO_SUCH, |_| None),
            Op::AttachToUser(name, arn) => user(name).filter(|_| exists(arn)).map_or(NO_SUCH, |_| None),
            Op::AttachToGroup(name, arn) => group(name).filter(|_| exists(arn)).map_or(NO_SUCH, |_| None),
            Op::DetachFromUser(name, arn) => user(name).filter(|u| u.attached.contains(*arn)).map_or(NO_SUCH, |_| None),
            Op::DetachFromGroup(name, arn) => {
                group(name).filter(|g| g.attached.contains(*arn)).map_or(NO_SUCH, |_| None)
            }
            Op::PutPolicy(name, good) => match (user(name), good) {
                (None, _) => NO_SUCH,
                (Some(_), true) => None,
                (Some(_), false) => Some("MalformedPolicyDocument"),
            },
            Op::DeletePolicy(name) => user(name).filter(|user| user.inline).map_or(NO_SUCH, |_| None),
            Op::CreateLogin(name, strong) => match (user(name), strong) {
                (None, _) => NO_SUCH,
                (Some(user), _) if user.login => EXISTS,
                (Some(_), true) => None,
                (Some(_), false) => Some("PasswordPolicyViolation"),
            },
            Op::DeleteLogin(name) => user(name).filter(|user| user.login).map_or(NO_SUCH, |_| None),
            Op::CreateKey(Some(name)) if user(name).is_none() => NO_SUCH,
            Op::CreateKey(name) => error_if(self.keys_of(&name.map(key)) >= 2, LIMIT),
            Op::SetKey(n, _) | Op::DeleteKey(n) => self.picked(*n).map_or(NO_SUCH, |_| None),
            Op::CreateDevice(name) => self.device(name).and(EXISTS),
            Op::EnableDevice(name, device) => match (user(name), self.exact_device(device)) {
                (None, _) | (_, None) => NO_SUCH,
                (_, Some(device)) if device.owner.is_some() => EXISTS,
                (Some(_), Some(_)) => None,
            },
            Op::WrongCodes(name, device) => match (user(name), self.exact_device(device)) {
                (None, _) | (_, None) => NO_SUCH,
                (_, Some(device)) if device.owner.is_some() => EXISTS,
                (Some(_), Some(_)) => Some("InvalidAuthenticationCode"),
            },
            Op::DeactivateDevice(name, device) => match (user(name), self.exact_device(device)) {
                (Some(_), Some(device)) if device.owner == Some(key(name)) => None,
                _ => NO_SUCH,
            },
            Op::DeleteDevice(name) => {
                self.exact_device(name).map_or(NO_SUCH, |device| device.owner.as_ref().and(CONFLICT))
            }
            Op::SetPasswordPolicy(length) if !(6..=128).contains(length) => Some("ValidationError"),
            Op::SetPasswordPolicy(_) => None,
            Op::DeletePasswordPolicy => self.policy.map_or(NO_SUCH, |_| None),
        }
    }

    /// Records that `op` succeeded. The caller records what the answer contains.
    pub fn succeeds(&mut self, op: &Op) {
        match op {
            Op::CreateUser(name) => {
                self.users.insert(key(name), User { name: (*name).into(), ..User::default() });
            }
            Op::CreateGroup(name) => {
                self.groups.insert(key(name), Group { name: (*name).into(), ..Group::default() });
            }
            Op::DeleteUser(name) => drop(self.users.remove(&key(name))),
            Op::DeleteGroup(name) => drop(self.groups.remove(&key(name))),
            Op::AddUser(of, name) => drop(self.user(name).groups.insert(key(of))),
            Op::RemoveUser(of, name) => drop(self.user(name).groups.remove(&key(of))),
            Op::AttachToUser(name, arn) => drop(self.user(name).attached.insert((*arn).into())),
            Op::DetachFromUser(name, arn) => drop(self.user(name).attached.remove(*arn)),
            Op::AttachToGroup(name, arn) => drop(self.group(name).attached.insert((*arn).into())),
            Op::DetachFromGroup(name, arn) => drop(self.group(name).attached.remove(*arn)),
            Op::PutPolicy(name, _) => self.user(name).inline = true,
            Op::DeletePolicy(name) => self.user(name).inline = false,
            Op::CreateLogin(name, _) => self.user(name).login = true,
            Op::DeleteLogin(name) => self.user(name).login = false,
            Op::SetKey(n, active) => {
                let place = n % self.keys.len();
                self.keys[place].active = *active;
            }
            Op::DeleteKey(n) => drop(self.keys.remove(n % self.keys.len())),
            Op::EnableDevice(name, device) => self.exact_device_mut(device).owner = Some(key(name)),
            Op::DeactivateDevice(_, device) => self.exact_device_mut(device).owner = None,
            Op::DeleteDevice(name) => self.devices.retain(|device| name_of(&device.serial) != *name),
            Op::SetPasswordPolicy(length) => self.policy = Some(*length),
            Op::DeletePasswordPolicy => self.policy = None,
            Op::CreateKey(_) | Op::CreateDevice(_) | Op::WrongCodes(..) => {}
        }
    }

    /// The key with the number `n`. `None` while there is no key.
    pub fn picked(&self, n: usize) -> Option<&Key> {
        self.keys.get(n % self.keys.len().max(1))
    }

    pub fn keys_of(&self, owner: &Option<String>) -> usize {
        self.keys.iter().filter(|key| key.owner == *owner).count()
    }

    /// The device of that name, without regard to case.
    fn device(&self, name: &str) -> Option<&Device> {
        self.devices.iter().find(|device| name_of(&device.serial).eq_ignore_ascii_case(name))
    }

    /// The device with exactly that serial number.
    pub fn exact_device(&self, name: &str) -> Option<&Device> {
        self.devices.iter().find(|device| name_of(&device.serial) == name)
    }

    pub fn exact_device_mut(&mut self, name: &str) -> &mut Device {
        self.devices.iter_mut().find(|device| name_of(&device.serial) == name).unwrap()
    }

    fn user(&mut self, name: &str) -> &mut User {
        self.users.get_mut(&key(name)).unwrap()
    }

    fn group(&mut self, name: &str) -> &mut Group {
        self.groups.get_mut(&key(name)).unwrap()
    }

    fn has_dependencies(&self, user: &User) -> bool {
        let owner = Some(key(&user.name));
        let devices = self.devices.iter().any(|device| device.owner == owner);
        let policies = user.inline || !user.attached.is_empty() || !user.groups.is_empty();
        devices || policies || user.login || self.keys_of(&owner) > 0
    }

    fn is_used(&self, group: &Group) -> bool {
        !group.attached.is_empty() || self.users.values().any(|user| user.groups.contains(&key(&group.name)))
    }
}

fn name_of(serial: &str) -> &str {
    serial.rsplit('/').next().unwrap_or(serial)
}

fn exists(arn: &str) -> bool {
    !arn.ends_with("/NoSuchPolicy")
}
