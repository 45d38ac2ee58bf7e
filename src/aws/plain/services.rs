//! The services without an SDK crate: their names in IAM, hosts, signatures and configuration, and their endpoints.
//! Names and protocols: botocore's service models. Hosts: its endpoint rule sets.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::account::Partition;

/// A service called without an SDK crate.
#[derive(Debug)]
pub(in crate::aws) struct Service {
    /// Prefix of its IAM actions.
    pub prefix: &'static str,
    /// Name in signatures and prefix of its hosts.
    pub signs_as: &'static str,
    /// Name in the shared configuration, for a service-specific endpoint.
    id: &'static str,
    pub protocol: Protocol,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::aws) enum Protocol {
    /// Method and path identify the call; bodies are JSON.
    Rest,
    /// Version of JSON 1.x, and prefix of `X-Amz-Target`.
    Json(&'static str, &'static str),
    /// Form parameters and XML answers; the API version.
    Query(&'static str),
}

const fn rest(name: &'static str, id: &'static str) -> Service {
    Service { prefix: name, signs_as: name, id, protocol: Protocol::Rest }
}

const fn json_1_1(name: &'static str, id: &'static str, target: &'static str) -> Service {
    Service { prefix: name, signs_as: name, id, protocol: Protocol::Json("1.1", target) }
}

pub(in crate::aws) static GUARD_DUTY: Service = rest("guardduty", "GuardDuty");
pub(in crate::aws) static SECURITY_HUB: Service = rest("securityhub", "SecurityHub");
pub(in crate::aws) static ACCESS_ANALYZER: Service = rest("access-analyzer", "AccessAnalyzer");
pub(in crate::aws) static EVENT_BRIDGE: Service = json_1_1("events", "EventBridge", "AWSEvents");
pub(in crate::aws) static CLOUD_WATCH_LOGS: Service = json_1_1("logs", "CloudWatch Logs", "Logs_20140328");
pub(in crate::aws) static CLOUD_TRAIL: Service =
    json_1_1("cloudtrail", "CloudTrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101");
pub(in crate::aws) static SNS: Service =
    Service { prefix: "sns", signs_as: "sns", id: "SNS", protocol: Protocol::Query("2010-03-31") };
pub(in crate::aws) static CLOUD_WATCH: Service = Service {
    prefix: "cloudwatch",
    signs_as: "monitoring",
    id: "CloudWatch",
    protocol: Protocol::Json("1.0", "GraniteServiceVersion20100801"),
};

/// For its URL only: the SDK's own client makes the calls.
pub(in crate::aws) static STS: Service = rest("sts", "STS");

impl Service {
    /// The endpoint in `region`, in the SDK's order: command line, service-specific setting, setting for all
    /// services, AWS's own.
    pub fn url(&self, config: &SdkConfig, region: &str) -> String {
        let given = config.endpoint_url().map(str::to_owned);
        let own = || {
            let key = ServiceConfigKey::builder().service_id(self.id).env("AWS_ENDPOINT_URL").profile("endpoint_url");
            config.service_config()?.load_config(key.build().ok()?)
        };
        let url = if config.get_origin("endpoint_url").is_client_config() { given } else { own().or(given) };
        url.unwrap_or_else(|| {
            let (fips, dual) = (config.use_fips().unwrap_or(false), config.use_dual_stack().unwrap_or(false));
            format!("https://{}", self.host(region, fips, dual))
        })
    }

    fn host(&self, region: &str, fips: bool, dual_stack: bool) -> String {
        let partition = Partition::of_region(region);
        let suffix = match (&partition, dual_stack) {
            (Partition::China, false) => "amazonaws.com.cn",
            (Partition::China, true) => "api.amazonwebservices.com.cn",
            (Partition::EuropeanSovereign, false) => "amazonaws.eu",
            (Partition::EuropeanSovereign, true) => "api.amazonwebservices.eu",
            (_, false) => "amazonaws.com",
            (_, true) => "api.aws",
        };
        // In GovCloud the regular hosts are FIPS endpoints already, except Security Hub's.
        let is_fips_anyway = partition == Partition::GovCloud && self.prefix != "securityhub";
        let fips = if fips && !is_fips_anyway { "-fips" } else { "" };
        format!("{}{fips}.{region}.{suffix}", self.signs_as)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_those_of_the_partition() {
        for (service, region, fips, dual, host) in [
            (&GUARD_DUTY, "eu-west-1", false, false, "guardduty.eu-west-1.amazonaws.com"),
            (&CLOUD_WATCH, "us-east-1", true, false, "monitoring-fips.us-east-1.amazonaws.com"),
            (&ACCESS_ANALYZER, "cn-north-1", false, false, "access-analyzer.cn-north-1.amazonaws.com.cn"),
            (&SECURITY_HUB, "us-gov-west-1", true, false, "securityhub-fips.us-gov-west-1.amazonaws.com"),
            (&EVENT_BRIDGE, "us-gov-west-1", true, false, "events.us-gov-west-1.amazonaws.com"),
            (&SNS, "us-east-1", true, false, "sns-fips.us-east-1.amazonaws.com"),
            (&CLOUD_WATCH_LOGS, "eusc-de-east-1", false, false, "logs.eusc-de-east-1.amazonaws.eu"),
            (&GUARD_DUTY, "eu-west-1", false, true, "guardduty.eu-west-1.api.aws"),
        ] {
            assert_eq!(service.host(region, fips, dual), host);
        }
    }

    /// An environment with a separate endpoint for GuardDuty.
    #[derive(Debug)]
    struct OwnEndpoint;

    impl aws_types::service_config::LoadServiceConfig for OwnEndpoint {
        fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
            let asked = (key.service_id(), key.env(), key.profile());
            (asked == ("GuardDuty", "AWS_ENDPOINT_URL", "endpoint_url")).then(|| "http://127.0.0.1:1".to_owned())
        }
    }

    #[test]
    fn a_services_own_endpoint_overrides_the_general_one_but_not_the_command_line() {
        let environment = || SdkConfig::builder().service_config(OwnEndpoint);
        assert_eq!(GUARD_DUTY.url(&environment().build(), "eu-west-1"), "http://127.0.0.1:1");
        assert_eq!(
            SECURITY_HUB.url(&environment().build(), "eu-west-1"),
            "https://securityhub.eu-west-1.amazonaws.com"
        );
        let all = || environment().endpoint_url("http://127.0.0.1:5000");
        assert_eq!(GUARD_DUTY.url(&all().build(), "eu-west-1"), "http://127.0.0.1:1");
        assert_eq!(SECURITY_HUB.url(&all().build(), "eu-west-1"), "http://127.0.0.1:5000");
        let mut typed = all();
        typed.insert_origin("endpoint_url", aws_types::origin::Origin::shared_config());
        assert_eq!(GUARD_DUTY.url(&typed.build(), "eu-west-1"), "http://127.0.0.1:5000");
    }

    #[test]
    fn a_given_endpoint_replaces_awss() {
        let config = SdkConfig::builder().endpoint_url("http://127.0.0.1:5000").build();
        assert_eq!(GUARD_DUTY.url(&config, "eu-west-1"), "http://127.0.0.1:5000");
        assert_eq!(
            GUARD_DUTY.url(&SdkConfig::builder().build(), "eu-west-1"),
            "https://guardduty.eu-west-1.amazonaws.com"
        );
    }
}
