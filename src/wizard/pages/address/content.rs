//! The console's address as a QR code, for another device.

use crate::steps::root_mfa;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Qr, Room};

pub(super) fn of<'p>(world: &'p World) -> Content<'p> {
    let address = root_mfa::console_address(world.facts());
    let mut body = Blocks::default();
    body.address(address.clone());
    body.0.push(Block::Scan(Vec::new(), |size| {
        let mut instead = Blocks::default();
        instead.say(Warn, format!("The QR code needs a terminal of {size}."));
        instead.say(Text, "Press Esc, then y to copy the address to the terminal's clipboard.");
        instead
    }));
    let content = Content::tight(body, Blocks::default()).in_room(Room::Whole);
    Content { qr: Some(Qr::Below(address.into())), ..content }
}
