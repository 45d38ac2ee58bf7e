//! Access keys of root and users. Without `UserName` a call affects its signer, root included.

use super::super::iam_request::{Answer, IamRequest};
use super::super::identifiers::secret_access_key;
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::{AccessKey, State};
use super::super::xml::Xml;
use crate::account::{Subject, Timestamp};

const PER_USER: usize = 2;

pub fn list(request: &mut IamRequest) -> Answer {
    let owner = request.subject()?;
    let mut keys: Vec<&AccessKey> = request.state.seen_keys_of(&owner, request.now).collect();
    keys.sort_by(|a, b| a.id.cmp(&b.id));
    let page = Page::of(request.form, keys.into_iter().map(|key| (key.id.clone(), key)))?;
    let shape = |key: &&AccessKey| {
        Xml::new()
            .maybe("UserName", owner.user_name())
            .text("AccessKeyId", &key.id)
            .text("Status", status(key))
            .moment("CreateDate", key.created)
    };
    Ok(Some(page.end(Xml::new().list("AccessKeyMetadata", page.items.iter().map(shape)))))
}

pub fn create(request: &mut IamRequest) -> Answer {
    let owner = request.subject()?;
    if request.state.keys_of(&owner).count() >= PER_USER {
        return Err(Refusal::limit("AccessKeysPerUser", PER_USER));
    }
    let id = request.state.ids.key("AKIA");
    let key = AccessKey {
        id,
        secret: secret_access_key(),
        owner,
        active: true,
        created: request.now,
        visible_from: request.visible_from(),
        last_use: None,
    };
    let xml = Xml::new()
        // The model requires a name; AWS does not document root's.
        .text("UserName", key.owner.user_name().unwrap_or("root"))
        .text("AccessKeyId", &key.id)
        .text("Status", status(&key))
        .text("SecretAccessKey", key.secret.expose())
        .moment("CreateDate", key.created);
    request.state.keys.push(key);
    Ok(Some(Xml::new().nested("AccessKey", xml)))
}

pub fn update(request: &mut IamRequest) -> Answer {
    let id = request.form.required("AccessKeyId", &rules::ACCESS_KEY_ID)?;
    let active = wanted_status(request)?;
    let owner = request.subject()?;
    let key = request.state.keys.iter_mut().find(|key| key.id == id && key.owner == owner);
    key.ok_or_else(|| absent(id))?.active = active;
    Ok(None)
}

/// Whether the call requests the status Active.
pub fn wanted_status(request: &IamRequest) -> Result<bool, Refusal> {
    match request.form.one_of("Status", &["Active", "Inactive", "Expired"])? {
        Some("Active") => Ok(true),
        Some("Inactive") => Ok(false),
        Some(_) => Err(Refusal::new("InvalidInput", 400, "A key's status can't be set to Expired.")),
        None => Err(Refusal::constraint(None, "Status", "Member must not be null")),
    }
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let id = request.form.required("AccessKeyId", &rules::ACCESS_KEY_ID)?;
    let owner = request.subject()?;
    let index = request.state.keys.iter().position(|key| key.id == id && key.owner == owner);
    request.state.keys.remove(index.ok_or_else(|| absent(id))?);
    Ok(None)
}

/// Looks the key up by its id alone, regardless of its owner.
pub fn last_used(request: &mut IamRequest) -> Answer {
    let id = request.form.required("AccessKeyId", &rules::ACCESS_KEY_ID)?;
    let seen = find(request.state, id).filter(|key| key.visible_from <= request.now);
    let key = seen.ok_or_else(|| {
        let who = &request.signer.arn;
        let what = "is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key";
        Refusal::access_denied(format!("User: {who} {what} {id}"))
    })?;
    let used = key.last_use.as_ref();
    let last = Xml::new()
        .maybe_moment("LastUsedDate", used.map(|used| used.at))
        .text("ServiceName", used.map_or("N/A", |used| &used.service))
        .text("Region", used.map_or("N/A", |used| &used.region));
    Ok(Some(Xml::new().maybe("UserName", key.owner.user_name()).nested("AccessKeyLastUsed", last)))
}

fn find<'a>(state: &'a State, id: &str) -> Option<&'a AccessKey> {
    state.keys.iter().find(|key| key.id == id)
}

fn status(key: &AccessKey) -> &'static str {
    if key.active { "Active" } else { "Inactive" }
}

fn absent(id: &str) -> Refusal {
    Refusal::no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

/// Whether reads show any root key, active or not.
pub fn root_has_one(state: &State, now: Timestamp) -> bool {
    state.seen_keys_of(&Subject::Root, now).next().is_some()
}
