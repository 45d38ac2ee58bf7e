//! Finds principals with full access by any path: attached or inline, own or from a group, AWS or customer managed.
//! An explicit deny of everything or a permissions boundary removes it. Source: IAM User Guide, "Policy evaluation
//! logic".

use std::collections::BTreeSet;

use super::assigned_role::AssignedRole;
use super::facts::{FullAdmin, Group, People, RolePolicies, User, is_administrator_access};
use super::policy_document::{allows_everything, denies_everything};

impl People {
    /// Users with full access, each with the path that grants it.
    pub fn with_full_access(&self) -> impl Iterator<Item = (&User, String)> {
        let by_group: Vec<(&str, String)> =
            self.groups.iter().filter_map(|group| Some((group.name.as_str(), self.path_of(group)?))).collect();
        self.users.iter().filter_map(move |user| {
            let through = || {
                let of = |name: &String| by_group.iter().find(|(group, _)| group.eq_ignore_ascii_case(name));
                user.groups.iter().find_map(of).map(|(_, path)| path.clone())
            };
            let path = self.own_path(user).or_else(through)?;
            (self.boundary_allows_all(user.boundary.as_deref()) && !self.is_denied(user)).then_some((user, path))
        })
    }

    /// Users who have full access, or may have it because some of their policies could not be read.
    pub fn perhaps_with_full_access(&self) -> impl Iterator<Item = &User> {
        let certain: BTreeSet<&str> = self.with_full_access().map(|(user, _)| user.name.as_str()).collect();
        self.users.iter().filter(move |user| certain.contains(user.name.as_str()) || self.has_unread_policies(user))
    }

    /// Whether a policy of `user` could not be read and may matter. It does not if another policy denies everything,
    /// or a boundary restricts the user.
    #[must_use]
    pub fn has_unread_policies(&self, user: &User) -> bool {
        let is_unread = |text: &String| FullAdmin::of(text).is_unread();
        let own = |name: &String| user.inline_documents.get(name).is_none_or(is_unread);
        let in_group = |name: &String| {
            self.group(name).is_none_or(|group| {
                group.inline_policies.values().any(is_unread)
                    || group.attached_policies.iter().any(|arn| self.is_unread(arn))
            })
        };
        let boundary = user.boundary.as_deref();
        let is_open = self.boundary_allows_all(boundary) || boundary.is_some_and(|arn| self.is_unread(arn));
        let is_open = is_open && !self.is_denied(user);
        is_open
            && (user.inline_policies.iter().any(own)
                || user.attached_policies.iter().any(|arn| self.is_unread(arn))
                || user.boundary.iter().any(|arn| self.is_unread(arn))
                || user.groups.iter().any(in_group))
    }

    /// Roles with full access, each with the path that grants it. A principal that may assume one can do everything.
    pub fn roles_with_full_access(&self) -> impl Iterator<Item = (&RolePolicies, String)> {
        self.roles.iter().filter_map(|role| {
            let attached = role.attached_policies.iter().find(|arn| self.allows(arn));
            let attached = attached.map(|arn| format!("{}, attached to the role", short(arn)));
            let inline = || role.full_access.as_ref().map(|name| format!("{name}, an inline policy"));
            let path = attached.or_else(inline)?;
            let is_denied = role.denies_everything || role.attached_policies.iter().any(|arn| self.denies(arn));
            (self.boundary_allows_all(role.boundary.as_deref()) && !is_denied).then_some((role, path))
        })
    }

    /// Whether the policies of the role `name` were all read and do not grant full access.
    #[must_use]
    pub fn lacks_full_access(&self, name: &str) -> bool {
        let is_it = |role: &RolePolicies| role.name.eq_ignore_ascii_case(name);
        let is_unread = |role: &RolePolicies| {
            role.inline_policies.values().any(|finding| finding.is_unread())
                || role.attached_policies.iter().chain(&role.boundary).any(|arn| self.is_unread(arn))
        };
        self.roles.iter().any(|role| is_it(role) && !is_unread(role))
            && !self.roles_with_full_access().any(|(role, _)| is_it(role))
    }

    /// Whether a customer managed policy was not read. AWS managed policies are known and not listed.
    fn is_unread(&self, arn: &str) -> bool {
        let own = || self.policies.iter().find(|own| own.arn == arn);
        !arn.contains(":iam::aws:policy/") && own().is_none_or(|own| own.full_admin.is_unread())
    }

    /// Whether the boundary `arn` allows everything; `None` (no boundary) does.
    #[must_use]
    pub fn boundary_allows_all(&self, arn: Option<&str>) -> bool {
        arn.is_none_or(|arn| self.allows(arn) && !self.denies(arn))
    }

    /// Whether a policy of `user` denies everything, which overrides all others.
    #[must_use]
    pub fn is_denied(&self, user: &User) -> bool {
        let in_group = |name: &String| self.group(name).is_some_and(|group| self.group_denies(group));
        user.attached_policies.iter().any(|arn| self.denies(arn))
            || user.inline_documents.values().any(|text| denies_everything(text))
            || user.groups.iter().any(in_group)
    }

    fn group_denies(&self, group: &Group) -> bool {
        group.attached_policies.iter().any(|arn| self.denies(arn))
            || group.inline_policies.values().any(|text| denies_everything(text))
    }

    fn own_path(&self, user: &User) -> Option<String> {
        let attached = user.attached_policies.iter().find(|arn| self.allows(arn));
        let inline = || user.inline_documents.iter().find(|(_, text)| allows_everything(text));
        attached
            .map(|arn| format!("{}, attached to the user", short(arn)))
            .or_else(|| inline().map(|(name, _)| format!("{name}, an inline policy")))
    }

    /// Whether `group` grants full access, or may because a policy could not be read.
    #[must_use]
    pub fn may_give_full_access(&self, group: &Group) -> bool {
        let member = User { groups: vec![group.name.clone()], ..User::default() };
        self.path_of(group).is_some() || self.has_unread_policies(&member)
    }

    fn path_of(&self, group: &Group) -> Option<String> {
        let attached = group.attached_policies.iter().find(|arn| self.allows(arn));
        let inline = || group.inline_policies.iter().find(|(_, text)| allows_everything(text));
        attached
            .map(|arn| format!("{} through the group {}", short(arn), group.name))
            .or_else(|| inline().map(|(name, _)| format!("{name}, an inline policy of the group {}", group.name)))
    }

    fn allows(&self, arn: &str) -> bool {
        is_administrator_access(arn) || self.policies.iter().any(|own| own.arn == arn && own.allows_everything)
    }

    /// Whether the managed policy denies everything.
    #[must_use]
    pub fn denies(&self, arn: &str) -> bool {
        arn.ends_with(":iam::aws:policy/AWSDenyAll")
            || self.policies.iter().any(|own| own.arn == arn && own.denies_everything)
    }

    /// Whether a session of `role` has administrator rights.
    #[must_use]
    pub fn is_administrator_role(&self, role: &AssignedRole) -> bool {
        let is_denied = role.denies_everything || role.attached_policies.iter().any(|arn| self.denies(arn));
        role.is_handed_out
            && role.attached_policies.iter().any(|arn| is_administrator_access(arn))
            && self.boundary_allows_all(role.boundary.as_deref())
            && !is_denied
    }
}

fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use super::super::facts::CustomerPolicy;
    use super::*;

    const ALLOW: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    const DENY: &str = r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;
    const AWS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
    const OWN: &str = "arn:aws:iam::1:policy/all";

    fn found(user: User, group: Group) -> Vec<String> {
        let policies = vec![CustomerPolicy {
            name: "all".into(),
            arn: OWN.into(),
            attachments: Some(1),
            full_admin: FullAdmin::of(ALLOW),
            allows_everything: true,
            denies_everything: false,
        }];
        let user = User { name: "bob".into(), groups: vec!["G".into()], ..user };
        let group = Group { name: "g".into(), ..group };
        let people = People { users: vec![user], groups: vec![group], policies, ..People::default() };
        people.with_full_access().map(|(_, path)| path).collect()
    }

    #[test]
    fn full_access_of_users_is_found_on_every_path() {
        let (inline, attached) =
            (|text: &str| [("p".to_owned(), text.to_owned())].into(), |arn: &str| vec![arn.into()]);
        let user = |arn| found(User { attached_policies: attached(arn), ..User::default() }, Group::default());
        let group = |arn| found(User::default(), Group { attached_policies: attached(arn), ..Group::default() });
        assert_eq!(user(AWS), ["AdministratorAccess, attached to the user"]);
        assert_eq!(user(OWN), ["all, attached to the user"]);
        assert_eq!(group(AWS), ["AdministratorAccess through the group g"]);
        assert_eq!(group(OWN), ["all through the group g"]);
        let written = found(User { inline_documents: inline(ALLOW), ..User::default() }, Group::default());
        assert_eq!(written, ["p, an inline policy"]);
        let written = found(User::default(), Group { inline_policies: inline(ALLOW), ..Group::default() });
        assert_eq!(written, ["p, an inline policy of the group g"]);
        assert!(user("arn:aws:iam::aws:policy/PowerUserAccess").is_empty());
    }

    #[test]
    fn an_unread_policy_may_allow_or_deny_everything() {
        let unread = |user: User, group: Group| {
            let user = User { name: "bob".into(), groups: vec!["G".into()], ..user };
            let group = Group { name: "g".into(), ..group };
            let people = People { users: vec![user], groups: vec![group], ..People::default() };
            assert_eq!(people.with_full_access().count(), 0);
            people.perhaps_with_full_access().count()
        };
        let text = |text: &str| [("p".to_owned(), text.to_owned())].into();
        let user = |text| User { inline_policies: vec!["p".into()], inline_documents: text, ..User::default() };
        let group = |text| Group { inline_policies: text, ..Group::default() };
        assert_eq!(unread(User::default(), Group::default()), 0);
        assert_eq!(unread(user([].into()), Group::default()), 1, "not sent");
        for (odd, counts) in [("", 1), ("no JSON", 1), ("{}", 1), (r#"{"Statement":[]}"#, 0), (DENY, 0)] {
            assert_eq!(unread(user(text(odd)), Group::default()), counts, "{odd:?}");
            assert_eq!(unread(User::default(), group(text(odd))), counts, "{odd:?}");
        }
        let bounded = User { boundary: Some("arn:aws:iam::aws:policy/ReadOnlyAccess".into()), ..user([].into()) };
        assert_eq!(unread(bounded, Group::default()), 0, "whatever it allows, the boundary lets less through");
        let own = || vec![OWN.to_owned()];
        assert_eq!(unread(User { attached_policies: own(), ..User::default() }, Group::default()), 1, "not listed");
        assert_eq!(unread(User::default(), Group { attached_policies: own(), ..Group::default() }), 1);
        assert_eq!(unread(User { boundary: Some(OWN.into()), ..User::default() }, Group::default()), 1);
    }

    #[test]
    fn full_access_of_roles_is_found_on_every_path() {
        let found = |role: RolePolicies| {
            let people = People { roles: vec![role], ..People::default() };
            people.roles_with_full_access().map(|(_, path)| path).collect::<Vec<_>>()
        };
        let attached = || RolePolicies { attached_policies: vec![AWS.into()], ..RolePolicies::default() };
        assert_eq!(found(attached()), ["AdministratorAccess, attached to the role"]);
        let inline = RolePolicies { full_access: Some("p".into()), ..RolePolicies::default() };
        assert_eq!(found(inline), ["p, an inline policy"]);
        assert!(found(RolePolicies::default()).is_empty());
        assert!(found(RolePolicies { denies_everything: true, ..attached() }).is_empty());
        let bounded = Some("arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned());
        assert!(found(RolePolicies { boundary: bounded, ..attached() }).is_empty());
    }

    #[test]
    fn a_deny_of_everything_or_a_boundary_removes_full_access() {
        let group = || Group { attached_policies: vec![AWS.into()], ..Group::default() };
        assert_eq!(found(User::default(), group()).len(), 1);
        let denied = User { inline_documents: [("p".to_owned(), DENY.to_owned())].into(), ..User::default() };
        assert!(found(denied, group()).is_empty());
        let by_aws = User { attached_policies: vec!["arn:aws:iam::aws:policy/AWSDenyAll".into()], ..User::default() };
        assert!(found(by_aws, group()).is_empty());
        let by_group = Group { inline_policies: [("p".to_owned(), DENY.to_owned())].into(), ..group() };
        assert!(found(User::default(), by_group).is_empty());
        let bounded = |arn: &str| found(User { boundary: Some(arn.into()), ..User::default() }, group()).len();
        assert_eq!([bounded(AWS), bounded(OWN), bounded("arn:aws:iam::aws:policy/ReadOnlyAccess")], [1, 1, 0]);
    }
}
