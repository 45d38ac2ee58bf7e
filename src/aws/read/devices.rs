//! Reads MFA devices: all of one principal, and the account's virtual devices with their owners.

use aws_sdk_iam::types::{self as iam};

use super::text;
use crate::account::facts::{DeviceOwner, MfaDevice, VirtualDevice};
use crate::account::{Failure, Principal, Reading, Subject};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::owner::Owner;
use crate::aws::time::moment;

/// AWS's maximum page size.
const PAGE: i32 = 1000;

impl Aws {
    /// Only root can list its devices, so no other principal asks.
    pub(in crate::aws) async fn root_devices(&self) -> Reading<Vec<MfaDevice>> {
        match self.remembered_caller().await {
            Err(failure) => Reading::Failed(failure),
            Ok(caller) if !caller.is_root() => Reading::Closed("only root can list its own MFA devices"),
            Ok(_) => self.reading(self.devices(&Subject::Root).await),
        }
    }

    pub(in crate::aws) async fn devices(&self, subject: &Subject) -> Result<Vec<MfaDevice>, Failure> {
        const ACTION: &str = "iam:ListMFADevices";
        let owner = self.owner(subject, ACTION).await?;
        let listed = self.list_mfa_devices(owner).await?;
        listed
            .iter()
            .map(|device| {
                let serial = text(device.serial_number()).ok_or_else(|| Failure::lacks(ACTION, "SerialNumber"))?;
                Ok(MfaDevice { serial: serial.to_owned(), enabled: moment(device.enable_date()) })
            })
            .collect()
    }

    async fn list_mfa_devices(&self, owner: Owner) -> Result<Vec<iam::MfaDevice>, Failure> {
        let call = self.reading.iam.list_mfa_devices().set_user_name(owner.into_user_name());
        call.into_paginator().items().send().try_collect().await.map_err(of_read("iam:ListMFADevices"))
    }

    pub(in crate::aws) async fn virtual_devices(&self) -> Result<Vec<VirtualDevice>, Failure> {
        const ACTION: &str = "iam:ListVirtualMFADevices";
        let mut pages = self.reading.iam.list_virtual_mfa_devices().into_paginator().page_size(PAGE).send();
        let mut devices = Vec::new();
        while let Some(page) = pages.try_next().await.map_err(of_read(ACTION))? {
            for device in page.virtual_mfa_devices() {
                devices.push(virtual_device(device, ACTION)?);
            }
        }
        Ok(devices)
    }
}

fn virtual_device(device: &iam::VirtualMfaDevice, action: &str) -> Result<VirtualDevice, Failure> {
    let enabled = device.enable_date().and_then(moment);
    // Root's entry has a user with an ARN but no name; the SDK turns that name into "".
    let arn = device.user().and_then(|user| text(user.arn()));
    let owner = match arn {
        Some(arn) => match Principal::of_arn(arn) {
            Principal::Root => DeviceOwner::Root,
            _ => DeviceOwner::User(arn.rsplit('/').next().unwrap_or(arn).to_owned()),
        },
        // An enabled device belongs to somebody, although the answer does not say to whom.
        None if enabled.is_some() => return Err(Failure::lacks(action, "User.Arn")),
        None => DeviceOwner::Nobody,
    };
    let serial = text(device.serial_number()).ok_or_else(|| Failure::lacks(action, "SerialNumber"))?;
    Ok(VirtualDevice { serial: serial.to_owned(), owner, enabled })
}
