//! What `check` costs: calls and round trips, counted on a virtual clock; and time and memory, measured in processes of
//! their own over a socket, as ratios to a round trip. All reads at once stand next to the same reads one after another.
//! Run with `cargo bench --bench check`; with `--profile dev` the counts are the same, and times are those of slower code.

mod counts;
mod crowd;
#[path = "../../tests/in_process/support/distant.rs"]
mod distant;
mod wall;

fn main() {
    if let Some(way) = std::env::var_os(wall::WAY) {
        wall::be_measured(&way.to_string_lossy());
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    runtime.expect("there is a runtime").block_on(counts::print());
    println!();
    wall::print();
}
