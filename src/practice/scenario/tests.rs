//! Valid scenarios, and invalid ones with the line of the error.

use super::*;

fn error(text: &str) -> String {
    Scenario::parse("mine.toml", text).unwrap_err().to_string()
}

const HEAD: &str = "title = \"t\"\naccount = \"123456789012\"\n";

#[test]
fn every_built_in_scenario_is_valid() {
    for name in Scenario::NAMES {
        let title = Scenario::named(name).unwrap().title().to_owned();
        assert!((20..=80).contains(&title.chars().count()) && !title.contains('\n'), "{name}: {title}");
    }
    assert_eq!(
        Scenario::named("nope").unwrap_err().to_string(),
        "nope: no such scenario; there are: fresh, leaky-startup, inherited, hardened, member, developer"
    );
}

#[test]
fn the_head_of_a_scenario_is_checked_too() {
    let account = error("title = \"t\"\naccount = \"12345\"\n");
    assert_eq!(account, "mine.toml, line 2: \"12345\" is no account id; expected twelve digits");
    assert!(error("title = \n").starts_with("mine.toml, line 1: "));
    assert_eq!(error("title = \"t\"\n"), "mine.toml, line 1: missing field `account`");
    let locked = error(&format!("{HEAD}signed_in_as = \"user:x\"\n[[users]]\nname = \"x\"\n"));
    assert_eq!(locked, "mine.toml, line 3: x has nothing to sign in with; expected an active key or a password");
}

/// The text after the head, the line of the error, and the start of its message.
const BROKEN: &[(&str, usize, &str)] = &[
    // Fields and types.
    ("colour = 1\n", 3, "unknown field `colour`, expected one of `title`, `account`"),
    ("[root]\npasword = true\n", 4, "unknown field `pasword`, expected one of `password`"),
    ("[[root.keys]]\nold = \"1y\"\n", 4, "unknown field `old`, expected one of `age`"),
    ("[[users]]\nname = \"a\"\nlogin = true\n", 5, "unknown field `login`, expected one of `name`"),
    ("[[users]]\nname = \"a\"\n[[users.keys]]\nx = 1\n", 6, "unknown field `x`, expected one of `age`"),
    ("[[groups]]\nname = \"a\"\nx = 1\n", 5, "unknown field `x`, expected one of `name`, `age`, `policies`"),
    ("[[devices]]\nname = \"a\"\nx = 1\n", 5, "unknown field `x`, expected `name`"),
    ("[contacts.legal]\n", 3, "unknown field `legal`, expected one of `billing`, `operations`, `security`"),
    ("[contacts.billing]\nfax = \"1\"\n", 4, "unknown field `fax`, expected one of `name`"),
    ("[password_policy]\nlength = 8\n", 4, "unknown field `length`, expected one of `minimum_length`"),
    ("[root]\npassword = \"yes\"\n", 4, "invalid type: string \"yes\", expected a boolean"),
    ("[[groups]]\nname = 7\n", 4, "invalid type: integer `7`, expected a string"),
    ("visible_after_seconds = -1\n", 3, "invalid value: integer `-1`, expected u32"),
    ("root_mfa_by_api = 1\n", 3, "invalid type: integer `1`, expected a boolean"),
    ("[root]\nmfa = [\n  \"virtual\",\n  \"sms\",\n]\n", 6, "unknown variant `sms`, expected one of `virtual`"),
    ("[[users]]\nage = \"1y\"\n", 3, "missing field `name`"),
    ("[password_policy]\nrequire_symbols = true\n", 3, "missing field `minimum_length`"),
    ("[root]\n[root]\n", 4, "duplicate key"),
    ("x\n", 3, "key with no value"),
    ("[[guardduty]]\nregion = \"eu-west-1\"\n", 4, "unknown field `region`, expected `regions` or `enabled`"),
    ("[[access_analyzers]]\nname = \"a\"\nregions = []\ntype = \"ALL\"\n", 6, "unknown variant `ALL`, expected one of"),
    // Values.
    ("regions = [\"eu-west-1\"]\n", 3, "\"eu-west-1\" is no Region to opt in to; expected one such as"),
    ("[[guardduty]]\nregions = [\"eu-central-2\"]\n", 4, "\"eu-central-2\" is not an enabled Region; one to opt in"),
    ("[security_hub]\nregions = [\"moon\"]\n", 4, "\"moon\" is not an enabled Region"),
    ("[[event_rules]]\nname = \"a\"\npattern = \"[]\"\n", 5, "no event pattern: "),
    ("[[event_rules]]\nname = \"a\"\npattern = \"{}\"\nregion = \"x\"\n", 6, "\"x\" is not an enabled Region"),
    ("age = \"3 moons\"\n", 3, "\"3 moons\" is no age; expected one such as \"3y\""),
    ("age = \"101y\"\n", 3, "\"101y\" is too long ago; expected a hundred years at most"),
    ("[root]\nlast_sign_in = \"once\"\n", 4, "\"once\" is no age; expected one such as"),
    ("alias = \"Acme\"\n", 3, "\"Acme\" is no account alias; expected 3 to 63 small letters"),
    ("alias = \"a--b\"\n", 3, "\"a--b\" is no account alias; expected"),
    ("alias = \"ab\"\n", 3, "\"ab\" is no account alias; expected"),
    ("signed_in_as = \"admin\"\n", 3, "\"admin\" is nobody; expected \"root-login\", \"root-key\" or \"user:NAME\""),
    ("denied = [\n  \"iam:*\",\n  \"CreateUser\",\n]\n", 5, "\"CreateUser\" is no call; expected one such as"),
    ("[password_policy]\nminimum_length = 5\n", 4, "AWS does not take 5; expected 6 to 128"),
    ("[password_policy]\nminimum_length = 8\nmax_age = 0\n", 5, "AWS does not take 0; expected 1 to 1095"),
    ("[password_policy]\nminimum_length = 8\nreuse_prevention = 25\n", 5, "AWS does not take 25; expected 1 to 24"),
    ("[contacts.billing]\nname = \"\"\n", 4, "\"\" can't be a contact's name: a name is needed"),
    ("[contacts.billing]\nemail = \"a@b\"\n", 4, "\"a@b\" can't be an e-mail address: the domain"),
    ("[contacts.billing]\nphone = \"dial 1\"\n", 4, "\"dial 1\" can't be a phone number: 'd' is not allowed"),
    ("[contacts.billing]\nname = \"A\"\ntitle = \"T\"\nemail = \"a@b.ch\"\n", 3, "missing field `phone`"),
    (
        "[[fault]]\ncall = \"iam:GetUser\"\nkind = \"flood\"\n",
        5,
        "\"flood\" is no kind of fault; expected one of throttle",
    ),
    ("[organization]\nid = \"acme\"\n", 4, "\"acme\" is no organization's id; expected \"o-\" and 10 to 32 small"),
    ("[organization]\nmanagement = true\n", 3, "missing field `id`"),
    (
        "[organization]\nroot_features = [\"All\"]\n",
        4,
        "unknown variant `All`, expected `RootCredentialsManagement` or",
    ),
    ("[organization]\ntrusted_access = [\"s3\"]\n", 4, "unknown variant `s3`, expected `iam` or `account`"),
    (
        "[chaos]\nseed = 1\ncall = \"iam\"\nper_thousand = 5\nkinds = [\"throttle\"]\n",
        5,
        "\"iam\" is no call; expected one such as",
    ),
    ("[[fault]]\ncall = \"GetUser\"\nkind = \"server\"\n", 4, "\"GetUser\" is no call; expected one such as"),
    ("[[fault]]\ncall = \"*\"\nkind = \"latency-2h\"\n", 5, "\"2h\" is no latency; expected one such as"),
    ("[chaos]\nseed = 1\nper_thousand = -5\n", 5, "-5 of a thousand can't be; expected 0 to 1000"),
    ("[[rate]]\nof = \"iam\"\nper_second = 1\n", 3, "missing field `burst`"),
    ("[contact_information]\nname = \"A\"\n", 4, "unknown field `name`, expected one of full_name, address_line_1"),
    ("[contact_information]\nfull_name = \"A\"\n", 3, "address_line_1: 1 validation error detected: Value null at"),
    (
        "[contact_information]\ncountry_code = \"Germany\"\n",
        4,
        "country_code: 1 validation error detected: Value 'Germany'",
    ),
    ("[contact_information]\nphone_number = \"044 1\"\n", 4, "phone_number: 1 validation error detected"),
    ("[contact_information]\nverification_status = \"MAYBE\"\n", 4, "\"MAYBE\" is no status; expected one of PENDING"),
    (
        "[contact_information]\nfull_name = \"A\"\naddress_line_1 = \"1\"\ncity = \"B\"\npostal_code = \"1\"\ncountry_code = \"DE\"\nphone_number = \"+49 1\"\n",
        3,
        "state_or_region: 1 validation error detected: Value null at 'contactInformation.stateOrRegion'",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\nmanagement = true\nmembers = { \"12\" = \"a@b.ch\" }\n",
        6,
        "\"12\" is no account id",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\nmanagement = true\nmembers = { \"123456789012\" = \"a@b.ch\" }\n",
        6,
        "that is this account itself",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\nmanagement = true\nmembers = { \"210987654321\" = \"a\" }\n",
        6,
        "\"a\" can't be an e-mail address",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\nmembers = { \"210987654321\" = \"a@b.ch\" }\n",
        5,
        "only a management account knows its members",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\nmanagement = true\ndelegated_administrator = [\"iam\"]\n",
        6,
        "a management account delegates to others",
    ),
    (
        "[organization]\nid = \"o-0123456789\"\ndelegated_administrator = [\"iam\"]\n",
        5,
        "its organization does not trust that service",
    ),
    // Unknown names.
    ("signed_in_as = \"user:x\"\n", 3, "there is no user x; expected one of this file's users"),
    ("signed_in_as = \"root-key\"\n", 3, "root has no active key; expected one under [[root.keys]]"),
    ("signed_in_as = \"root-login\"\n[root]\npassword = false\n", 3, "root has no password to log in with"),
    ("[[users]]\nname = \"a\"\ngroups = [\"Nobodys\"]\n", 5, "there is no group Nobodys; expected one of this file's"),
    ("[[users]]\nname = \"a\"\npolicies = [\"Nope\"]\n", 5, "there is no policy Nope; expected one of Admin"),
    ("[[users]]\nname = \"a\"\nboundary = \"Nope\"\n", 5, "there is no policy Nope; expected one of Admin"),
    ("[[groups]]\nname = \"a\"\npolicies = [\"Nope\"]\n", 5, "there is no policy Nope; expected one of Admin"),
    ("[[groups]]\nname = \"a b\"\n", 4, "1 validation error detected: Value 'a b' at 'groupName' failed"),
    ("[[users]]\nname = \"\"\n", 4, "1 validation error detected: Value '' at 'userName' failed"),
    ("[[users]]\nname = \"a\"\ninline_policies = { x = \"{\" }\n", 5, "This policy contains invalid Json"),
    (
        "[[users]]\nname = \"a\"\ninline_policies = { \"x y\" = \"{}\" }\n",
        5,
        "1 validation error detected: Value 'x y'",
    ),
    // Duplicates.
    ("[[users]]\nname = \"a\"\n[[users]]\nname = \"A\"\n", 6, "there is another A; expected names that differ"),
    ("[[groups]]\nname = \"g\"\n[[groups]]\nname = \"G\"\n", 6, "there is another G; expected names that differ"),
    ("[[devices]]\nname = \"d\"\n[[devices]]\nname = \"D\"\n", 6, "there is another D; expected names that differ"),
    (
        "[[groups]]\nname = \"g\"\n[[users]]\nname = \"a\"\ngroups = [\n\"g\",\n\"G\"]\n",
        9,
        "there is another G; expected",
    ),
    (
        "[[users]]\nname = \"a\"\nmfa = [\"virtual\"]\n[[devices]]\nname = \"A\"\n",
        7,
        "A is the name of a device in use",
    ),
    (
        "[root]\nmfa = [\"virtual\"]\n[[devices]]\nname = \"root-account-mfa-device\"\n",
        6,
        "root-account-mfa-device is the",
    ),
    // More than AWS's quotas.
    ("[[root.keys]]\n[[root.keys]]\n[[root.keys]]\n", 5, "there are 3 access keys; expected 2 at most, which is AWS's"),
    (
        "[[users]]\nname = \"a\"\n[[users.keys]]\n[[users.keys]]\n[[users.keys]]\n[[users]]\nname = \"b\"\n",
        7,
        "there are 3 access keys; expected 2 at most",
    ),
    (
        "[root]\nmfa = [\"virtual\", \"virtual\", \"virtual\", \"virtual\",\n\"passkey\", \"passkey\", \"passkey\", \"passkey\",\n\"hardware\"]\n",
        6,
        "there are 9 MFA devices; expected 8 at most",
    ),
    // Older than the owner.
    (
        "age = \"1y\"\n[[users]]\nname = \"a\"\nage = \"2y\"\n",
        6,
        "that is longer ago than the account is there; expected",
    ),
    (
        "age = \"1y\"\n[[groups]]\nname = \"a\"\nage = \"2y\"\n",
        6,
        "that is longer ago than the account is there; expected",
    ),
    ("age = \"1y\"\n[[root.keys]]\nage = \"2y\"\n", 5, "that is longer ago than the account is there; expected"),
    ("[[root.keys]]\nage = \"1w\"\nlast_used = \"2w\"\n", 5, "that is longer ago than the key is there; expected"),
    (
        "[[users]]\nname = \"a\"\nage = \"1d\"\nlast_sign_in = \"2d\"\n",
        6,
        "that is longer ago than a is there; expected",
    ),
    ("[[users]]\nname = \"a\"\nage = \"1d\"\n[[users.keys]]\nage = \"2d\"\n", 7, "that is longer ago than a is there"),
];

#[test]
fn inline_policies_of_a_scenario_are_limited_by_awss_quota() {
    let with = |length: usize| {
        let filler = "x".repeat(length);
        let document = format!(r#"{{"Statement":[],"Id":"{filler}"}}"#);
        let text = format!("{HEAD}[[users]]\nname = \"a\"\ninline_policies = {{ p = '{document}' }}\n");
        Scenario::parse("mine.toml", &text).map(|_| ())
    };
    let empty = r#"{"Statement":[],"Id":""}"#.len();
    assert_eq!(with(2048 - empty), Ok(()));
    let said = with(2049 - empty).unwrap_err().to_string();
    assert!(said.contains("line 5: inline policies of 2049 characters; expected 2048 at most"), "{said}");
}

#[test]
fn every_broken_scenario_names_its_line_and_what_was_expected() {
    let said: Vec<String> = BROKEN
        .iter()
        .map(|(text, line, expected)| (error(&format!("{HEAD}{text}")), format!("mine.toml, line {line}: {expected}")))
        .filter(|(error, expected)| !error.starts_with(expected.as_str()))
        .map(|(error, expected)| format!("{error}\n    expected {expected}"))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn a_missing_age_defaults_to_that_of_its_parts() {
    use super::age::Age;
    let days = |days: u64| Age(std::time::Duration::from_secs(days * 86_400));
    let read = |text: &str| Scenario::parse("mine.toml", &format!("{HEAD}{text}")).unwrap();
    assert_eq!(read("").lifetime(), days(365));
    let old = read("[[users]]\nname = \"a\"\n[[users.keys]]\nlast_used = \"800d\"\n");
    assert_eq!((old.lifetime(), old.users[0].lifetime(old.lifetime())), (days(800), days(800)));
    let young = read("age = \"30d\"\n[[users]]\nname = \"a\"\n[[users.keys]]\n[[groups]]\nname = \"g\"\n");
    let user = young.users[0].lifetime(young.lifetime());
    assert_eq!((user, young.users[0].keys[0].get_ref().lifetime(user)), (days(30), days(30)));
    assert_eq!(young.groups[0].lifetime(young.lifetime()), days(30));
}

#[test]
fn an_organization_is_added_to_the_account() {
    let now = time::macros::datetime!(2026-11-21 12:00:00 UTC);
    assert!(Scenario::named("fresh").unwrap().open(now).organization.is_none());
    let member = Scenario::named("member").unwrap().open(now).organization.unwrap();
    assert!(!member.management && member.all_features && !member.root_sessions, "{member:?}");
    let text = "[organization]\nid = \"o-0123456789\"\nmanagement = true\ntrusted_access = [\"iam\"]\nroot_features = [\"RootSessions\"]\n";
    let managing = Scenario::parse("mine.toml", &format!("{HEAD}{text}")).unwrap().open(now).organization.unwrap();
    assert!(managing.management && managing.trusts_iam && managing.root_sessions, "{managing:?}");
    assert!(!managing.trusts_account_management && !managing.root_credentials_management, "{managing:?}");
}
