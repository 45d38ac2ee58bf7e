//! EC2's metadata service is used last, and never through a proxy.

use super::endpoint::Endpoint;
use super::{Home, KEY};

#[test]
fn the_metadata_service_is_used_last_and_never_through_a_proxy() {
    let (metadata, proxy, aws) = (Endpoint::start(), Endpoint::start(), Endpoint::start());
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url()),
        ("HTTP_PROXY", proxy.url()),
        ("ALL_PROXY", proxy.url()),
    ];
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")];
    let home = Home::new(
        "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/Audit\nsource_profile = base\n",
        format!("[base]\n{KEY}"),
    );
    for (profile, variables) in
        [("base", variables.to_vec()), ("role", variables.to_vec()), ("", [&variables[..], &keys].concat())]
    {
        let through = [&variables[..], &[("NO_PROXY", ""), ("AWS_PROFILE", profile)]].concat();
        let checked = home.check_at(&aws, &[], &through);
        assert!(checked.caller.is_some(), "{profile}: {}", checked.stderr);
        assert_eq!(metadata.asked().len(), 0, "{profile}: there was a key");
        assert!(!proxy.asked().iter().any(|asked| asked.line.contains("latest")), "{profile}: {:?}", proxy.asked());
    }
    let checked = home.check_at(&aws, &[], &variables);
    assert!(checked.is_signed_by("ASIAEC2"), "{}", checked.stderr);
    assert!(!metadata.asked().is_empty());
    assert!(!proxy.asked().iter().any(|asked| asked.line.contains("latest")), "{:?}", proxy.asked());
    // A role assumed by the instance's role.
    home.put(
        ".aws/config",
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/Audit\ncredential_source = Ec2InstanceMetadata\n",
    );
    let checked = home.check_at(&aws, &[], &variables);
    assert!(checked.is_signed_by("ASIAAudit"), "{}", checked.stderr);
    assert!(!proxy.asked().iter().any(|asked| asked.line.contains("latest")), "{:?}", proxy.asked());
}
