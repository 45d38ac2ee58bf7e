//! Stub until the screen room is merged.
use crate::wizard::Wizard;
/// Look.
#[derive(Debug)]
pub struct Look;
/// Theme.
#[derive(Debug, Clone, Copy)]
pub enum ThemeName {
    /// d
    Dark,
    /// l
    Light,
    /// p
    Plain,
}
impl Look {
    /// new
    #[must_use]
    pub fn new(_theme: ThemeName, _unicode: bool) -> Self {
        Self
    }
}
/// draw
pub fn draw(_frame: &mut ratatui::Frame, _wizard: &Wizard, _look: &Look) {}
