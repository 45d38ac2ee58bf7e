//! Ages of everything in a scenario. A thing without an age is a year old, or as old as its owner. Contradictory ages
//! are errors.

use toml::Spanned;

use super::age::{Age, PastUse};
use super::check::Wrong;
use super::schema::{GroupTable, KeyTable, RoleTable, Scenario, UserTable};

type Given = Option<Spanned<Age>>;

impl Scenario {
    /// The account's age.
    pub(super) fn lifetime(&self) -> Age {
        let root = self.root.keys.iter().filter_map(|key| key.get_ref().oldest());
        let users = self.users.iter().filter_map(UserTable::oldest);
        let groups = self.groups.iter().filter_map(|group| given(&group.age));
        let all = root.chain(users).chain(groups).chain(self.root.last_sign_in.get_ref().0);
        given(&self.age).unwrap_or_else(|| all.fold(Age::YEAR, Age::max))
    }

    /// Checks that nothing is older than its owner, and nothing was used before it existed.
    pub(super) fn check_lifetimes(&self) -> Result<(), Wrong> {
        let account = self.lifetime();
        no_use_before(&self.root.last_sign_in, account, "the account")?;
        self.root.keys.iter().try_for_each(|key| key.get_ref().check_lifetime(account, "the account"))?;
        self.groups.iter().try_for_each(|group| no_older(&group.age, account, "the account"))?;
        for role in &self.roles {
            no_older(&role.age, account, "the account")?;
            no_use_before(&role.last_used, role.lifetime(account), role.name.get_ref())?;
        }
        for certificate in &self.server_certificates {
            no_older(&certificate.age, account, "the account")?;
        }
        self.users.iter().try_for_each(|user| user.check_lifetime(account))
    }
}

impl GroupTable {
    /// The group's age: as given, else a year, but not more than the account's.
    pub(super) fn lifetime(&self, account: Age) -> Age {
        given(&self.age).unwrap_or(Age::YEAR.min(account))
    }
}

impl RoleTable {
    /// The role's age: as given; else a year, less in a younger account, more if its last use is older.
    pub(super) fn lifetime(&self, account: Age) -> Age {
        let usual = Age::YEAR.min(account);
        given(&self.age).unwrap_or_else(|| self.last_used.get_ref().0.map_or(usual, |used| used.max(usual)))
    }
}

impl UserTable {
    /// The user's age: as given; else a year, less in a younger account, more if anything of the user's is older.
    pub(super) fn lifetime(&self, account: Age) -> Age {
        let usual = Age::YEAR.min(account);
        given(&self.age).unwrap_or_else(|| self.oldest().map_or(usual, |inside| inside.max(usual)))
    }

    /// The highest age of the user or anything of the user's.
    fn oldest(&self) -> Option<Age> {
        let keys = self.keys.iter().filter_map(|key| key.get_ref().oldest());
        keys.chain(given(&self.age)).chain(self.last_sign_in.get_ref().0).max()
    }

    fn check_lifetime(&self, account: Age) -> Result<(), Wrong> {
        no_older(&self.age, account, "the account")?;
        let own = self.lifetime(account);
        no_use_before(&self.last_sign_in, own, self.name.get_ref())?;
        for credential in &self.service_credentials {
            no_older(&credential.age, own, self.name.get_ref())?;
        }
        self.keys.iter().try_for_each(|key| key.get_ref().check_lifetime(own, self.name.get_ref()))
    }
}

impl KeyTable {
    /// The key's age: as given; else a year, less with a younger owner, more if its last use is older.
    pub(super) fn lifetime(&self, owner: Age) -> Age {
        let usual = Age::YEAR.min(owner);
        given(&self.age).unwrap_or_else(|| self.last_used.get_ref().0.map_or(usual, |used| used.max(usual)))
    }

    fn oldest(&self) -> Option<Age> {
        given(&self.age).into_iter().chain(self.last_used.get_ref().0).max()
    }

    fn check_lifetime(&self, owner: Age, whose: &str) -> Result<(), Wrong> {
        no_older(&self.age, owner, whose)?;
        no_use_before(&self.last_used, owner, whose)?;
        no_use_before(&self.last_used, self.lifetime(owner), "the key")
    }
}

fn given(age: &Given) -> Option<Age> {
    age.as_ref().map(|age| *age.get_ref())
}

fn no_older(age: &Given, than: Age, what: &str) -> Result<(), Wrong> {
    match age {
        Some(age) if *age.get_ref() > than => {
            Err((age.span(), format!("that is longer ago than {what} is there; expected a shorter age")))
        }
        _ => Ok(()),
    }
}

fn no_use_before(used: &Spanned<PastUse>, made: Age, what: &str) -> Result<(), Wrong> {
    match used.get_ref().0 {
        Some(age) if age > made => {
            Err((used.span(), format!("that is longer ago than {what} is there; expected a shorter age, or \"never\"")))
        }
        _ => Ok(()),
    }
}
