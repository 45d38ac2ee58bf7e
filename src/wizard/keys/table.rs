//! The table itself: for every stage the keys that work in it, the most useful first.

use super::{Binding, Intent, Key};
use crate::steps::{Consent, StepId, Value};
use crate::wizard::clock::LEAPS;
use crate::wizard::stage::{Examination, HandOver, Sight, Stage};
use crate::wizard::{Mode, Overlay, Place, Session, Wizard};

fn bind(label: (&'static str, &'static str), words: &'static str, pairs: &[(Key, Intent)]) -> Binding {
    let (keys, intents) = pairs.iter().cloned().unzip();
    Binding { keys, label, words, intents, in_bar: true }
}

fn quiet(binding: Binding) -> Binding {
    Binding { in_bar: false, ..binding }
}

fn one(key: Key, label: &'static str, words: &'static str, intent: Intent) -> Binding {
    bind((label, label), words, &[(key, intent)])
}

fn enter(words: &'static str) -> Binding {
    bind(("⏎", "Enter"), words, &[(Key::Enter, Intent::Choose)])
}

fn esc(words: &'static str) -> Binding {
    one(Key::Esc, "Esc", words, Intent::Back)
}

fn rows(words: &'static str) -> Binding {
    bind(
        ("↑↓", "Up/Down"),
        words,
        &[
            (Key::Up, Intent::Move(-1)),
            (Key::Down, Intent::Move(1)),
            (Key::Char('k'), Intent::Move(-1)),
            (Key::Char('j'), Intent::Move(1)),
        ],
    )
}

fn columns(words: &'static str) -> Binding {
    bind(
        ("←→", "Left/Right"),
        words,
        &[
            (Key::Left, Intent::Shift(-1)),
            (Key::Right, Intent::Shift(1)),
            (Key::Char('h'), Intent::Shift(-1)),
            (Key::Char('l'), Intent::Shift(1)),
        ],
    )
}

fn scrolling() -> Binding {
    bind(
        ("↑↓ PgUp PgDn", "Up/Down PgUp PgDn"),
        "scroll",
        &[
            (Key::Up, Intent::Scroll(-1)),
            (Key::Down, Intent::Scroll(1)),
            (Key::Char('k'), Intent::Scroll(-1)),
            (Key::Char('j'), Intent::Scroll(1)),
            (Key::PageUp, Intent::Scroll(-8)),
            (Key::PageDown, Intent::Scroll(8)),
            (Key::Char(' '), Intent::Scroll(8)),
        ],
    )
}

fn turning() -> Binding {
    bind(
        ("Tab", "Tab"),
        "next step",
        &[
            (Key::Tab, Intent::Turn(1)),
            (Key::BackTab, Intent::Turn(-1)),
            (Key::Char('n'), Intent::Turn(1)),
            (Key::Char('p'), Intent::Turn(-1)),
        ],
    )
}

fn places() -> Binding {
    let pairs: Vec<(Key, Intent)> =
        ('1'..='9').enumerate().map(|(place, digit)| (Key::Char(digit), Intent::GoTo(place))).collect();
    quiet(bind(("1–9", "1-9"), "go to that line of the list", &pairs))
}

/// Keys that work wherever no text is being typed.
fn general() -> Vec<Binding> {
    vec![
        places(),
        one(Key::Char('r'), "r", "read again", Intent::ReadAgain),
        quiet(one(Key::Char('i'), "i", "prove a second way in", Intent::SecondWay)),
        quiet(one(Key::Char('c'), "c", "connect again", Intent::Reconnect)),
        one(Key::Char('?'), "?", "help", Intent::Help),
        bind(("q", "q"), "quit", &[(Key::Char('q'), Intent::Leave)]),
    ]
}

/// Keys that work everywhere.
fn always() -> Vec<Binding> {
    vec![
        quiet(one(Key::Ctrl('c'), "Ctrl-C", "quit", Intent::Leave)),
        quiet(one(Key::Ctrl('z'), "Ctrl-Z", "suspend", Intent::Suspend)),
    ]
}

/// The keys that work now, the most useful first.
#[must_use]
pub fn bindings(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = match wizard.overlay {
        Overlay::Help(_) | Overlay::Guide(_) | Overlay::Evidence(_) => vec![
            scrolling(),
            bind(
                ("Esc", "Esc"),
                "close",
                &[
                    (Key::Esc, Intent::Back),
                    (Key::Enter, Intent::Back),
                    (Key::Char('q'), Intent::Back),
                    (Key::Char('?'), Intent::Back),
                    (Key::Char('w'), Intent::Back),
                    (Key::Char('e'), Intent::Back),
                ],
            ),
        ],
        Overlay::Address => vec![bind(
            ("Esc", "Esc"),
            "close",
            &[
                (Key::Esc, Intent::Back),
                (Key::Enter, Intent::Back),
                (Key::Char('a'), Intent::Back),
                (Key::Char('q'), Intent::Back),
            ],
        )],
        Overlay::Sheet(_) => vec![
            scrolling(),
            one(Key::Char('s'), "s", "save it", Intent::Save),
            bind(
                ("Esc", "Esc"),
                "close",
                &[
                    (Key::Esc, Intent::Back),
                    (Key::Enter, Intent::Back),
                    (Key::Char('q'), Intent::Back),
                    (Key::Char('b'), Intent::Back),
                ],
            ),
        ],
        Overlay::Seed if wizard.seed_copy.drawn.is_none() => vec![
            enter("draw it"),
            esc("close"),
            quiet(bind(
                ("⌫", "Backspace"),
                "erase",
                &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)],
            )),
        ],
        Overlay::Seed => {
            vec![bind(("Esc", "Esc"), "close", &[(Key::Esc, Intent::Back), (Key::Enter, Intent::Back)])]
        }
        Overlay::Clock => clock(),
        Overlay::SecondWay => second_way(wizard),
        Overlay::Leaving => vec![one(Key::Char('y'), "y", "leave", Intent::Leave), esc("stay")],
        Overlay::None => place(wizard),
    };
    bindings.extend(always());
    without_overtaken(bindings)
}

/// The keys that work under the overlay, if there is one: what the help explains.
#[must_use]
pub fn bindings_below(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = place(wizard);
    bindings.extend(always());
    without_overtaken(bindings)
}

/// The first binding of a key wins: one whose keys are all taken by earlier ones would only be said twice.
fn without_overtaken(bindings: Vec<Binding>) -> Vec<Binding> {
    let mut kept: Vec<Binding> = Vec::new();
    for binding in bindings {
        if binding.keys.iter().any(|key| !kept.iter().any(|earlier| earlier.keys.contains(key))) {
            kept.push(binding);
        }
    }
    kept
}

fn place(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = match wizard.place {
        Place::SignIn => [sign_in(wizard), general()].concat(),
        Place::Summary => {
            let sheet = one(Key::Char('b'), "b", "break-glass sheet", Intent::Sheet);
            let guard = one(Key::Char('i'), "i", "second way in", Intent::SecondWay);
            [vec![scrolling(), guard, sheet, evidence(), turning()], general()].concat()
        }
        Place::Step(id) => stage(wizard, id),
    };
    if wizard.can_move_clock() {
        bindings.push(quiet(one(Key::Char('t'), "t", "move the practice account's clock", Intent::Clock)));
    }
    if wizard.sign_in.over.is_some() && !wizard.offers_ways() {
        bindings.insert(0, one(Key::Ctrl('l'), "Ctrl-L", "sign in again", Intent::SignIn));
    }
    bindings
}

fn second_way(wizard: &Wizard) -> Vec<Binding> {
    if wizard.guard.typed.is_some() {
        let erase =
            bind(("⌫", "Backspace"), "erase", &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)]);
        return vec![enter("confirm what you typed"), esc("back"), quiet(erase)];
    }
    let close = [(Key::Esc, Intent::Back), (Key::Char('i'), Intent::Back), (Key::Char('q'), Intent::Back)];
    vec![rows("pick"), enter("choose"), bind(("Esc", "Esc"), "close", &close)]
}

/// How far the clock can be moved; the page says it key by key.
fn clock() -> Vec<Binding> {
    let pairs: Vec<(Key, Intent)> =
        LEAPS.iter().map(|(key, length)| (Key::Char(*key), Intent::Advance(length.as_secs()))).collect();
    let close = [(Key::Esc, Intent::Back), (Key::Enter, Intent::Back), (Key::Char('t'), Intent::Back)];
    vec![bind(("1–5", "1-5"), "move the clock", &pairs), bind(("Esc", "Esc"), "close", &close)]
}

fn sign_in(wizard: &Wizard) -> Vec<Binding> {
    match wizard.session {
        Session::Connecting => Vec::new(),
        Session::Absent(_) if wizard.mode == Mode::Live => vec![
            rows("pick"),
            enter("choose"),
            one(Key::Char('p'), "p", "practise instead", Intent::Practise),
            one(Key::Char('c'), "c", "connect again", Intent::Reconnect),
        ],
        Session::Absent(_) => vec![one(Key::Char('c'), "c", "connect again", Intent::Reconnect)],
        Session::Established if wizard.offers_ways() => {
            vec![rows("pick"), enter("choose"), esc("back"), one(Key::Char('p'), "p", "practise", Intent::Practise)]
        }
        Session::Established => {
            let mut bindings = vec![enter("begin"), turning()];
            if wizard.mode == Mode::Live {
                bindings.push(one(Key::Char('s'), "s", "sign in differently", Intent::SignIn));
            }
            bindings.push(quiet(scrolling()));
            bindings
        }
    }
}

fn stage(wizard: &Wizard, id: StepId) -> Vec<Binding> {
    match &wizard.step(id).stage {
        Stage::Explaining(_) => explaining(wizard, id),
        Stage::Filling(draft) => filling(draft.form.as_ref().and_then(|form| form.focused()).map(|field| &field.value)),
        Stage::Confirming(review) => reviewing(matches!(review.plan.consent, Consent::Typed { .. })),
        Stage::Preparing(_) => vec![esc("back"), quiet(one(Key::Char('?'), "?", "help", Intent::Help))],
        Stage::Changing(_) | Stage::Proving(_) => {
            vec![
                one(Key::Char('?'), "?", "help", Intent::Help),
                one(Key::Char('q'), "q", "quit when it has ended", Intent::Leave),
            ]
        }
        Stage::Refused(_) => {
            let mut bindings =
                vec![enter("go on"), one(Key::Char('c'), "c", "connect again", Intent::Reconnect), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Showing(hand_over) => showing(hand_over),
        Stage::Enrolling(_) => enrolling(wizard),
        Stage::HandedOff(_) => handed_off(wizard),
        Stage::Examining(look) => examining(wizard, look),
        Stage::Watching(_) => watching(),
        Stage::Parting(_) => {
            let mut bindings = vec![enter("go on"), turning(), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Settled(_) => {
            let mut bindings = vec![enter("next step"), esc("back to the step"), evidence(), quiet(scrolling())];
            bindings.extend(general());
            bindings
        }
        Stage::Skipping(_) => vec![
            enter("skip"),
            esc("back"),
            quiet(bind(
                ("⌫", "Backspace"),
                "erase",
                &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)],
            )),
        ],
        Stage::Sealing(sealing) if sealing.busy => Vec::new(),
        Stage::Sealing(sealing) => {
            let mut bindings = filling(sealing.form.focused().map(|field| &field.value));
            if let Some(binding) = bindings.iter_mut().find(|binding| binding.keys == [Key::Ctrl('s')]) {
                binding.words = "save";
            }
            bindings
        }
        Stage::Skipped(_) => {
            let mut bindings = vec![enter("take it up again"), turning()];
            bindings.extend(general());
            bindings
        }
    }
}

fn explaining(wizard: &Wizard, id: StepId) -> Vec<Binding> {
    let page = wizard.page(id);
    let mut bindings = Vec::new();
    if page.table.rows.len() > 1 {
        bindings.push(rows("pick"));
    }
    if page.actions.len() > 1 {
        bindings.push(columns("action"));
    }
    let picks = page.table.rows.len() > 1;
    if !page.actions.is_empty() {
        bindings.push(enter("choose"));
    }
    bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
    bindings.push(evidence());
    bindings.push(one(Key::Char('s'), "s", "skip", Intent::Skip));
    bindings.push(turning());
    bindings.push(if picks { paging() } else { quiet(scrolling()) });
    bindings.extend(general());
    bindings
}

fn evidence() -> Binding {
    one(Key::Char('e'), "e", "evidence", Intent::Evidence)
}

fn paging() -> Binding {
    quiet(bind(
        ("PgUp PgDn", "PgUp PgDn"),
        "scroll",
        &[(Key::PageUp, Intent::Scroll(-8)), (Key::PageDown, Intent::Scroll(8))],
    ))
}

fn filling(focused: Option<&Value>) -> Vec<Binding> {
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
        None => bindings.push(enter("go on")),
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
    bindings.push(one(Key::Ctrl('s'), "Ctrl-S", "review", Intent::Turn(1)));
    bindings.push(esc("back"));
    bindings
}

fn reviewing(typed: bool) -> Vec<Binding> {
    let pages = bind(
        ("↑↓", "Up/Down"),
        "scroll",
        &[
            (Key::Up, Intent::Scroll(-1)),
            (Key::Down, Intent::Scroll(1)),
            (Key::PageUp, Intent::Scroll(-8)),
            (Key::PageDown, Intent::Scroll(8)),
        ],
    );
    if typed {
        let erase =
            bind(("⌫", "Backspace"), "erase", &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)]);
        return vec![enter("confirm what you typed"), esc("back"), pages, quiet(erase)];
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
    vec![buttons, enter("choose"), pages, esc("back"), quiet(one(Key::Char('?'), "?", "help", Intent::Help))]
}

fn showing(hand_over: &HandOver) -> Vec<Binding> {
    let words = if hand_over.sight == Sight::Open { "hide" } else { "show" };
    let mut bindings = vec![one(Key::Char('v'), "v", words, Intent::Reveal), enter("I have kept them")];
    bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    if hand_over.password.is_some() && hand_over.key.is_some() {
        bindings.push(one(Key::Char('k'), "k", "copy key", Intent::CopyKey));
    }
    bindings.push(one(Key::Char('s'), "s", "save encrypted", Intent::Save));
    bindings.push(one(Key::Char('?'), "?", "help", Intent::Help));
    bindings
}

fn enrolling(wizard: &Wizard) -> Vec<Binding> {
    let fields = quiet(bind(
        ("Tab", "Tab"),
        "other code",
        &[
            (Key::Tab, Intent::Move(1)),
            (Key::BackTab, Intent::Move(-1)),
            (Key::Up, Intent::Move(-1)),
            (Key::Down, Intent::Move(1)),
        ],
    ));
    let erase = quiet(bind(
        ("⌫", "Backspace"),
        "erase",
        &[(Key::Backspace, Intent::Erase(-1)), (Key::Ctrl('u'), Intent::Clear)],
    ));
    let mut bindings = vec![enter("go on"), fields, erase];
    if matches!(wizard.mode, Mode::Practice { .. }) {
        bindings.push(one(Key::Char('p'), "p", "phone", Intent::Phone));
    }
    bindings.push(quiet(one(Key::Char('?'), "?", "help", Intent::Help)));
    bindings.push(esc("leave it"));
    bindings
}

fn handed_off(wizard: &Wizard) -> Vec<Binding> {
    let mut bindings = Vec::new();
    if matches!(wizard.mode, Mode::Practice { .. }) {
        bindings.push(enter("open the console"));
    }
    if wizard.has_browser && wizard.mode == Mode::Live {
        bindings.push(one(Key::Char('o'), "o", "open", Intent::Open));
    }
    bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    bindings.push(one(Key::Char('a'), "a", "QR", Intent::Address));
    bindings.push(one(Key::Char('s'), "s", "secret key", Intent::Seed));
    bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
    bindings.push(esc("stop"));
    bindings.push(quiet(scrolling()));
    bindings.extend(general());
    bindings
}

fn examining(wizard: &Wizard, look: &Examination) -> Vec<Binding> {
    let reading = !look.stopped && !wizard.is_examined(&look.key);
    let mut bindings = vec![esc(if reading { "stop reading" } else { "back" })];
    if look.stopped && !wizard.is_examined(&look.key) {
        bindings.push(enter("read on"));
    }
    bindings.push(one(Key::Char('p'), "p", if look.policy { "evidence" } else { "policy" }, Intent::Policy));
    if look.policy {
        bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
    }
    bindings.push(scrolling());
    bindings.extend(general());
    bindings
}

fn watching() -> Vec<Binding> {
    let mut bindings = vec![
        one(Key::Char('a'), "a", "activate again", Intent::Activate),
        one(Key::Char('u'), "u", "who uses it", Intent::Examine),
        esc("stop watching"),
        one(Key::Char('w'), "w", "why", Intent::Guide),
        quiet(scrolling()),
    ];
    bindings.extend(general());
    bindings
}
