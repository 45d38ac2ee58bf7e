//! What a key press costs: one frame of the wizard, next to an empty frame of the same size in the same run.
//! Run with `cargo bench --profile dev --bench frame`; the ratios count, not the times.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lockroot::screen::{self, Look, ThemeName};
use lockroot::steps::StepId;
use lockroot::wizard::{Event, Key, KeyPress, Mode, Place, Wizard, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const FRAMES: u32 = 300;

fn main() {
    println!("size      empty frame  key press and frame  ratio");
    for (width, height) in [(80, 24), (200, 60)] {
        let empty = timed(width, height, |_| {});
        let look = Look::new(ThemeName::Dark, true);
        let now = time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(20_000);
        let (mut wizard, _) = Wizard::start(Mode::Practice { scenario: "fresh".into() }, now);
        wizard.place = Place::Step(StepId::Contacts);
        let full = timed(width, height, |frame| {
            black_box(update(&mut wizard, now, Event::Key(KeyPress::from(Key::Down))));
            screen::draw(frame, &wizard, &look);
        });
        let ratio = full.as_secs_f64() / empty.as_secs_f64();
        println!("{width:>3}×{height:<5} {empty:>11.1?} {full:>20.1?} {ratio:>6.1}");
    }
}

fn timed(width: u16, height: u16, mut draw: impl FnMut(&mut ratatui::Frame)) -> Duration {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend can't fail");
    let start = Instant::now();
    for _ in 0..FRAMES {
        terminal.draw(&mut draw).expect("a test backend can't fail");
    }
    start.elapsed() / FRAMES
}
