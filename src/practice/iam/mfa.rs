//! MFA devices. As in AWS, `EnableMFADevice` requires an IAM user name, so root's device is assigned in the console.
//! A scenario can allow root, to test that case.

use super::super::iam_request::{Answer, IamRequest};
use super::super::page::Page;
use super::super::principal::Principal;
use super::super::refusal::Refusal;
use super::super::state::{Device, State};
use super::super::xml::Xml;
use super::super::{base64, devices, qr_png, rules};
use super::users;
use crate::account::{Subject, change::device_name};
use crate::totp;

pub fn create(request: &mut IamRequest) -> Answer {
    let name = request.form.required("VirtualMFADeviceName", &rules::DEVICE_NAME)?;
    let path = request.form.optional("Path", &rules::PATH)?.unwrap_or("/");
    let serial = request.state.arn(&format!("mfa{path}{name}"));
    let visible_from = request.visible_from();
    let device = devices::create(request.state, serial, visible_from)?;
    for (tag, value) in request.form.pairs("Tags", "Key", "Value") {
        device.tags.insert(tag.to_owned(), value.to_owned());
    }
    let (serial, tags) = (device.serial.clone(), device.tags.clone());
    let seed = device.seed.clone().unwrap_or_default();
    let label = request.state.alias.as_deref().unwrap_or(&request.state.account);
    let picture = qr_png::draw(totp::uri(&seed, name, label).expose()).unwrap_or_default();
    let xml = Xml::new()
        .text("SerialNumber", &serial)
        .text("Base32StringSeed", &base64::encode(seed.expose().as_bytes()))
        .text("QRCodePNG", &base64::encode(&picture));
    Ok(Some(Xml::new().nested("VirtualMFADevice", users::tags(xml, &tags))))
}

/// The user name that stands for root. Practice's invention: AWS documents none.
const ROOT: &str = "root";

pub fn enable(request: &mut IamRequest) -> Answer {
    let owner = named(request)?;
    let serial = request.form.required("SerialNumber", &rules::SERIAL_NUMBER)?;
    let codes = codes(request)?;
    devices::assign(request.state, serial, owner, codes, request.now)?;
    Ok(None)
}

pub fn resync(request: &mut IamRequest) -> Answer {
    let owner = named(request)?;
    let serial = request.form.required("SerialNumber", &rules::SERIAL_NUMBER)?;
    let codes = codes(request)?;
    let now = request.now;
    devices::verify(owned(request.state, serial, &owner)?, codes, now)?;
    Ok(None)
}

/// The required user. `root` means root itself, if the scenario allows it and no user has that name.
fn named(request: &IamRequest) -> Result<Subject, Refusal> {
    let name = request.user_name()?;
    match request.state.user(name) {
        Ok(user) => Ok(Subject::User(user.name.clone())),
        Err(_) if request.state.root_mfa_by_api && request.signer.principal == Principal::Root && name == ROOT => {
            Ok(Subject::Root)
        }
        Err(refusal) => Err(refusal),
    }
}

/// Without a name, the signer's own device. By the model, root's own needs an AssumeRoot session, which practice
/// lacks.
pub fn deactivate(request: &mut IamRequest) -> Answer {
    let serial = request.form.required("SerialNumber", &rules::SERIAL_NUMBER)?;
    let owner = Subject::User(request.subject_user()?);
    let device = owned(request.state, serial, &owner)?;
    (device.owner, device.enabled) = (None, None);
    // A token or passkey is removed with its assignment; a virtual device stays, unassigned.
    request.state.devices.retain(|device| device.is_virtual() || device.owner.is_some());
    Ok(None)
}

pub fn delete(request: &mut IamRequest) -> Answer {
    let serial = request.form.required("SerialNumber", &rules::SERIAL_NUMBER)?;
    let index = request.state.devices.iter().position(|device| device.serial == serial && device.is_virtual());
    let index = index.ok_or_else(|| devices::absent(serial))?;
    if request.state.devices[index].owner.is_some() {
        return Err(Refusal::delete_conflict("MFA VirtualDevice in use. Must deactivate first."));
    }
    request.state.devices.remove(index);
    Ok(None)
}

/// Passkeys and tokens only: as observed, AWS refuses the serial number of a virtual device.
pub fn read(request: &mut IamRequest) -> Answer {
    let serial = request.form.required("SerialNumber", &rules::SERIAL_NUMBER)?;
    let owner = request.subject()?;
    if serial.contains(":mfa/") {
        return Err(Refusal::validation("The specified SerialNumber is not that of a FIDO security key."));
    }
    let device = owned(request.state, serial, &owner)?;
    let xml = Xml::new()
        .maybe("UserName", owner.user_name())
        .text("SerialNumber", &device.serial)
        .maybe_moment("EnableDate", device.enabled);
    Ok(Some(xml))
}

pub fn list(request: &mut IamRequest) -> Answer {
    let owner = request.subject()?;
    let now = request.now;
    let mut devices: Vec<_> = request.state.devices_of(&owner).filter(|device| device.visible_from <= now).collect();
    devices.sort_by(|a, b| a.serial.cmp(&b.serial));
    let page = Page::of(request.form, devices.into_iter().map(|device| (device.serial.clone(), device)))?;
    let shape = |device: &&Device| {
        Xml::new()
            // The model requires a name; AWS does not document root's.
            .text("UserName", owner.user_name().unwrap_or(ROOT))
            .text("SerialNumber", &device.serial)
            .maybe_moment("EnableDate", device.enabled)
    };
    Ok(Some(page.end(Xml::new().list("MFADevices", page.items.iter().map(shape)))))
}

/// All virtual devices of the account. Other kinds are only in their owners' lists.
pub fn list_virtual(request: &mut IamRequest) -> Answer {
    let wanted = request.form.one_of("AssignmentStatus", &["Assigned", "Unassigned", "Any"])?.unwrap_or("Any");
    let now = request.now;
    let is_wanted = |device: &&Device| match wanted {
        "Assigned" => device.owner.is_some(),
        "Unassigned" => device.owner.is_none(),
        _ => true,
    };
    let seen = request.state.devices.iter().filter(|device| device.is_virtual() && device.visible_from <= now);
    let mut devices: Vec<_> = seen.filter(is_wanted).collect();
    devices.sort_by(|a, b| a.serial.cmp(&b.serial));
    let page = Page::of(request.form, devices.into_iter().map(|device| (device.serial.clone(), device)))?;
    let shape = |device: &&Device| virtual_shape(request.state, device);
    Ok(Some(page.end(Xml::new().list("VirtualMFADevices", page.items.iter().map(shape)))))
}

fn virtual_shape(state: &State, device: &Device) -> Xml {
    let xml = Xml::new().text("SerialNumber", &device.serial);
    let owner = match &device.owner {
        None => None,
        Some(Subject::Root) => Some(users::root(state)),
        Some(Subject::User(name)) => state.user(name).ok().map(|user| users::shape(state, user)),
    };
    match owner {
        Some(owner) => xml.nested("User", owner).maybe_moment("EnableDate", device.enabled),
        None => xml,
    }
}

fn codes<'a>(request: &IamRequest<'a>) -> Result<(&'a str, &'a str), Refusal> {
    let code = |name: &str| request.form.required(name, &rules::CODE);
    Ok((code("AuthenticationCode1")?, code("AuthenticationCode2")?))
}

/// The device, if `owner` owns it.
fn owned<'a>(state: &'a mut State, serial: &str, owner: &Subject) -> Result<&'a mut Device, Refusal> {
    let device = state.devices.iter_mut().find(|d| d.serial == serial && d.owner.as_ref() == Some(owner));
    device.ok_or_else(|| {
        Refusal::no_such_entity(format!("MFA Device invalid for user: {} is not assigned", device_name(serial)))
    })
}
