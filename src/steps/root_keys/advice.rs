//! Suggests what to use instead of a key, from who used it. Pure.

use crate::account::{Subject, Trace};

/// The likely kind of a sender, by IP address and user agent. The sender chooses the user agent, so this is a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Service,
    Compute,
    Pipeline,
    Infrastructure,
    Person,
    Program,
}

/// For each kind of sender, most frequent first: its name, and what to use instead of a key of `owner`.
#[must_use]
pub fn advice(trace: &Trace, owner: &Subject) -> Vec<(String, &'static str)> {
    let mut kinds: Vec<(Kind, u64, String)> = Vec::new();
    for ((address, program), sender) in &trace.senders {
        let agents = sender.agents.by_count().join(" ");
        let kind = kind(address, &agents);
        let name = if program.is_empty() { address.clone() } else { format!("{program} from {address}") };
        match kinds.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, count, best)) => {
                if sender.count > *count {
                    *best = name;
                }
                *count += sender.count;
            }
            None => kinds.push((kind, sender.count, name)),
        }
    }
    kinds.sort_by_key(|(kind, count, _)| (std::cmp::Reverse(*count), *kind));
    kinds.into_iter().map(|(kind, _, name)| (name, words(kind, owner))).collect()
}

fn kind(address: &str, agents: &str) -> Kind {
    let agents = agents.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| agents.contains(word));
    match () {
        () if address.ends_with(".amazonaws.com") || address == "AWS Internal" => Kind::Service,
        () if says(&["exec-env/", "aws_lambda", "aws_ecs", "ec2-instance", "amazon-ssm-agent"]) => Kind::Compute,
        () if says(&["github", "gitlab", "jenkins", "circleci", "buildkite", "bitbucket", "drone", "teamcity"]) => {
            Kind::Pipeline
        }
        () if says(&["terraform", "pulumi", "opentofu", "ansible", "packer", "cdk"]) => Kind::Infrastructure,
        () if says(&["mozilla", "signin.amazonaws.com", "console.amazonaws.com", "aws console"]) => Kind::Person,
        () => Kind::Program,
    }
}

fn words(kind: Kind, owner: &Subject) -> &'static str {
    match kind {
        Kind::Person if *owner != Subject::Root => {
            "A person: use IAM Identity Center, or `aws login`. No key is needed."
        }
        Kind::Service => "An AWS service acts with the key's permissions: give that service its own role.",
        Kind::Compute => "It runs on AWS: use an IAM role for the instance, task or function. No key is needed.",
        Kind::Pipeline => {
            "A build server: an IAM role through OIDC, if it offers that (GitHub, GitLab, Jenkins and others do); \
             otherwise an IAM user with only these permissions."
        }
        Kind::Infrastructure => {
            "It makes infrastructure: an IAM role, taken through OIDC in a pipeline, or through IAM Identity Center or \
             `aws login` by a person."
        }
        Kind::Person => {
            "A person: use an administrator (the step Administrator) or IAM Identity Center. Root is not for daily work."
        }
        Kind::Program => {
            "A program: an IAM role if it runs on AWS; elsewhere a role through OIDC or IAM Roles Anywhere; only if \
             neither is possible, an IAM user with only these permissions. A person at the AWS CLI: `aws login`."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_depends_on_the_caller() {
        let cases = [
            ("autoscaling.amazonaws.com", "autoscaling.amazonaws.com", Kind::Service),
            ("3.1.2.3", "aws-sdk-go/1.44 exec-env/AWS_ECS_FARGATE", Kind::Compute),
            ("20.1.2.3", "configure-aws-credentials-for-github-actions", Kind::Pipeline),
            ("20.1.2.3", "APN/1.0 HashiCorp/1.0 Terraform/1.5.7", Kind::Infrastructure),
            ("81.1.2.3", "Mozilla/5.0 (X11)", Kind::Person),
            ("81.1.2.3", "aws-cli/2.15.0 Python/3.11", Kind::Program),
            ("", "", Kind::Program),
        ];
        for (address, agent, wanted) in cases {
            assert_eq!(kind(address, agent), wanted, "{agent}");
        }
    }
}
