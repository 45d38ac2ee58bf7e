//! A panic ends the program, even in a background task.

use std::process::Command;

const NAME: &str = "bugs::a_panic_in_a_task_ends_the_program_and_says_what_to_do";
const IS_CHILD: &str = "LOCKROOT_TEST_IS_CHILD";

#[test]
fn a_panic_in_a_task_ends_the_program_and_says_what_to_do() {
    if std::env::var_os(IS_CHILD).is_some() {
        go_on_after_a_panic();
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args(["--exact", NAME, "--nocapture"]).env(IS_CHILD, "yes").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("this is the bug"), "{said}");
    assert!(said.contains("error: lockroot has a bug and had to stop") && said.contains("help: "), "{said}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("went on"), "it went on");
}

/// Without the hook, tokio loses the task and everything else goes on.
fn go_on_after_a_panic() {
    lockroot::commands::bugs::end_at_once();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let broken = runtime.block_on(async { tokio::spawn(async { panic!("this is the bug") }).await });
    println!("went on: {broken:?}");
}
