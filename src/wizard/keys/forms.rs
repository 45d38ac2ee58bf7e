//! Where something is filled in, reviewed or given a reason for.

use super::common::{bind, enter, erasing, esc, help, one, quiet};
use super::{Binding, Intent, Key};
use crate::steps::{Form, LeadsTo, Value};

/// `None`: it is being sent off.
pub(super) fn filling(form: Option<&Form>) -> Vec<Binding> {
    let (enters, ends) = match form.map(|form| form.leads_to) {
        None | Some(LeadsTo::Review) => ("go on", "review"),
        Some(LeadsTo::Answers) => ("keep", "keep"),
        Some(LeadsTo::File) => ("save", "save"),
    };
    let focused = form.and_then(Form::focused).map(|field| &field.value);
    let fields = bind(
        ("↑↓", "Up/Down"),
        "field",
        &[
            (Key::Up, Intent::Move(-1)),
            (Key::Down, Intent::Move(1)),
            (Key::Tab, Intent::Move(1)),
            (Key::BackTab, Intent::Move(-1)),
        ],
    );
    let shifting =
        |words| bind(("←→", "Left/Right"), words, &[(Key::Left, Intent::Shift(-1)), (Key::Right, Intent::Shift(1))]);
    let typing = quiet(bind(
        ("⌫ Del Home End Ctrl-U", "Backspace Del Home End Ctrl-U"),
        "edit the line",
        &[
            (Key::Backspace, Intent::Erase(-1)),
            (Key::Delete, Intent::Erase(1)),
            (Key::Home, Intent::Edge(-1)),
            (Key::End, Intent::Edge(1)),
            (Key::Ctrl('u'), Intent::Clear),
        ],
    ));
    let mut bindings = vec![fields];
    match focused {
        None => bindings.push(enter(enters)),
        Some(Value::Text { .. } | Value::Secret(_)) => {
            bindings.push(enter("next field"));
            bindings.push(quiet(shifting("move in the line")));
            bindings.push(typing);
        }
        Some(Value::Choice { .. }) => {
            bindings.push(shifting("change"));
            bindings.push(enter("next field"));
            bindings.push(quiet(one(Key::Char(' '), "Space", "change", Intent::Shift(1))));
        }
        Some(Value::Toggle(_)) => {
            bindings.push(one(Key::Char(' '), "Space", "switch", Intent::Shift(1)));
            bindings.push(quiet(shifting("switch")));
            bindings.push(enter("next field"));
        }
    }
    bindings.push(one(Key::Ctrl('s'), "Ctrl-S", ends, Intent::Turn(1)));
    bindings.push(esc("back"));
    bindings
}

pub(super) fn reviewing(typed: bool) -> Vec<Binding> {
    let pages = bind(
        ("↑↓", "Up/Down"),
        "scroll",
        &[
            (Key::Up, Intent::Scroll(-1)),
            (Key::Down, Intent::Scroll(1)),
            (Key::PageUp, Intent::Page(-1)),
            (Key::PageDown, Intent::Page(1)),
        ],
    );
    if typed {
        return vec![enter("confirm what you typed"), esc("back"), pages, erasing()];
    }
    let buttons = bind(
        ("←→", "Left/Right"),
        "button",
        &[
            (Key::Left, Intent::Shift(-1)),
            (Key::Right, Intent::Shift(1)),
            (Key::Tab, Intent::Shift(1)),
            (Key::BackTab, Intent::Shift(-1)),
        ],
    );
    vec![buttons, enter("choose"), pages, esc("back"), quiet(help())]
}
