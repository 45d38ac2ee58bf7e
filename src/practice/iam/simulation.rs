//! Policy simulation. Context entries are ignored: conditions are evaluated for a request without MFA.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::permissions;
use super::super::policy::{Context, Decision};
use super::super::principal::Principal;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::key;
use super::super::xml::Xml;

pub fn simulate(request: &mut IamRequest) -> Answer {
    let source = request.form.required("PolicySourceArn", &rules::POLICY_ARN)?;
    let actions = request.form.members("ActionNames");
    if actions.is_empty() {
        return Err(Refusal::constraint(None, "ActionNames", "Member must not be null"));
    }
    let resources = match request.form.members("ResourceArns") {
        none if none.is_empty() => vec!["*"],
        some => some,
    };
    let principal = principal(request, source)?;
    let context = Context::default().with("aws:PrincipalArn", source).maybe("aws:username", principal.user_name());
    let pairs = actions.iter().flat_map(|action| resources.iter().map(move |resource| (*action, *resource)));
    let page = Page::of(request.form, pairs.enumerate().map(|(n, pair)| (format!("{n:06}"), pair)))?;
    let result = |(action, resource): &(&str, &str)| {
        let decision = match permissions::decide(request.state, &principal, action, resource, &context) {
            Decision::Allow => "allowed",
            Decision::Deny => "explicitDeny",
            Decision::Silent => "implicitDeny",
        };
        Xml::new()
            .text("EvalActionName", action)
            .text("EvalResourceName", resource)
            .text("EvalDecision", decision)
            .list("MatchedStatements", [])
            .list("MissingContextValues", [])
    };
    Ok(Some(page.end(Xml::new().list("EvaluationResults", page.items.iter().map(result)))))
}

/// The user or role with this ARN. Source: IAM API, "You can't simulate the root user".
pub(super) fn principal(request: &IamRequest, arn: &str) -> Result<Principal, Refusal> {
    let state = &request.state;
    if let Some(user) = state.users.values().find(|user| state.user_arn(user) == arn) {
        return Ok(Principal::User(user.name.clone()));
    }
    if let Some(role) = state.roles.values().find(|role| state.role_arn(role) == arn) {
        return Ok(Principal::Role { role: key(&role.name), session: String::new() });
    }
    if !arn.contains(":user/") && !arn.contains(":role/") {
        return Err(Refusal::new(
            "InvalidInput",
            400,
            format!("Invalid Entity Arn: {arn} does not clearly define entity type and name."),
        ));
    }
    Err(Refusal::no_such_entity(format!("Entity {arn} cannot be found.")))
}
