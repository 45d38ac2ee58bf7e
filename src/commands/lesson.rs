//! Carries a lesson through a run: from the scenario to the wizard, and finally into its record.

use std::path::Path;

use anyhow::Context;

use super::output_file::{OutputFile, Readers};
use crate::break_glass::html;
use crate::lesson::record::{LessonRecord, Run, markdown};
use crate::lesson::{Goal, Lesson, MetBy, Why};
use crate::practice::{GoalTable, LessonTable, ScenarioError, WhyTable};
use crate::steps::ending::{Open, is_all_read};
use crate::wizard::World;
use crate::wizard::pages::record::ReadBack;

/// The lesson described by `table`. `origin` is the scenario's name for errors.
///
/// # Errors
/// A goal refers to something that does not exist.
pub fn of_table(table: &LessonTable, origin: &str) -> Result<Lesson, ScenarioError> {
    let goals: Result<Vec<Goal>, String> = table.goals.iter().map(goal).collect();
    let goals = goals.map_err(|expected| ScenarioError { origin: origin.to_owned(), line: None, expected })?;
    Ok(with_goals(table, goals))
}

/// The lesson of a kept account, and the goals that this version does not know, e.g. because a control was renamed.
/// Unknown goals do not count, and the account stays usable.
#[must_use]
pub fn of_kept(table: &LessonTable) -> (Lesson, Vec<&str>) {
    let (known, unknown): (Vec<_>, Vec<_>) =
        table.goals.iter().map(|row| (row, goal(row))).partition(|(_, goal)| goal.is_ok());
    let goals = known.into_iter().filter_map(|(_, goal)| goal.ok()).collect();
    (with_goals(table, goals), unknown.into_iter().map(|(row, _)| row.text.as_str()).collect())
}

fn goal(row: &GoalTable) -> Result<Goal, String> {
    let by = MetBy { controls: &row.controls, steps: &row.steps, second_way: row.second_way, own: &row.own };
    Goal::new(&row.text, by)
}

fn with_goals(table: &LessonTable, goals: Vec<Goal>) -> Lesson {
    let question = |why: &WhyTable| Why { question: why.question.clone(), explanation: why.explanation.clone() };
    Lesson { title: table.title.clone(), goals, questions: table.questions.iter().map(question).collect() }
}

/// A change, and whether a read showed it.
#[must_use]
pub fn done(line: &str, seen: ReadBack) -> String {
    let shown = match seen {
        ReadBack::Shown => "read back",
        ReadBack::Kept => "kept",
        ReadBack::NotYet => "not shown by a read yet",
        ReadBack::Unread => "not read back",
    };
    format!("{line} ({shown})")
}

/// An open item on one line.
fn said(open: &Open<'_>) -> String {
    match open {
        Open::Step(step, control, ..) => {
            format!("Step {}, {}: {}", step.number(), step.definition().title(), control.title)
        }
        Open::Beyond(_, control, ..) | Open::Control(control, _) => control.title.to_owned(),
        Open::Own(own, _) => format!("Your own sign-in: {}", own.title()),
        Open::SecondWay => "Prove that someone other than root can sign in".to_owned(),
    }
}

/// The record's file, opened first, so that errors come before the lesson.
#[derive(Debug)]
pub struct RecordFile {
    file: OutputFile,
    is_html: bool,
}

impl RecordFile {
    /// Opens `path`; its extension selects the format.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let file = OutputFile::open(path, Readers::Owner)
            .with_context(|| format!("can't write the record to {}", path.display()))?;
        let is_html = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
        Ok(Self { file, is_html })
    }

    /// Writes the final state of `world`, after `runs`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(self, world: &World, scenario: &str, runs: &[Run]) -> anyhow::Result<()> {
        let goals: Vec<bool> = world.goals().iter().map(|(_, met)| *met).collect();
        let open: Vec<String> = world.open_items().iter().map(said).collect();
        let score = is_all_read(world.facts()).then(|| world.score().to_string());
        let principal = world.caller().map(|caller| caller.principal.words());
        let record = LessonRecord {
            scenario,
            principal: principal.as_deref(),
            lesson: world.lesson(),
            goals: &goals,
            score: score.as_deref(),
            open: &open,
            runs,
        };
        let text = markdown(&record);
        let text = if self.is_html { html(&text) } else { text };
        let path = self.file.path().to_owned();
        self.file.write(text.as_bytes()).with_context(|| format!("can't write the record to {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Scenario;

    #[test]
    fn each_scenario_has_goals_that_exist_and_three_questions() {
        for name in Scenario::NAMES {
            let lesson = of_table(&Scenario::named(name).unwrap().lesson(), name).unwrap_or_else(|why| panic!("{why}"));
            assert!((3..=6).contains(&lesson.goals.len()), "{name}");
            assert_eq!(lesson.questions.len(), 3, "{name}");
            assert!(lesson.questions.iter().all(|why| why.question.starts_with("Why ") && why.question.ends_with('?')));
        }
    }

    #[test]
    fn an_unknown_goal_is_named_and_the_kept_account_continues() {
        let mut table = Scenario::named("fresh").unwrap().lesson();
        let all = table.goals.len();
        table.goals[0].controls = vec!["called-otherwise".into()];
        let (lesson, unknown) = of_kept(&table);
        assert_eq!((lesson.goals.len(), unknown), (all - 1, vec![table.goals[0].text.as_str()]));
        assert!(of_table(&table, "mine").is_err(), "in a scenario it is a mistake");
    }

    #[test]
    fn a_wrong_goal_in_a_users_own_scenario_is_an_error() {
        let text = "title = \"t\"\naccount = \"123456789012\"\n[[goals]]\ntext = \"g\"\ncontrols = [\"root-mfs\"]\n";
        let error = of_table(&Scenario::parse("mine.toml", text).unwrap().lesson(), "mine").unwrap_err();
        assert!(error.to_string().starts_with("mine: there is no control \"root-mfs\""), "{error}");
        let text = "title = \"t\"\naccount = \"123456789012\"\nwhy = [\"root-kys\"]\n";
        let error = Scenario::parse("mine.toml", text).unwrap_err();
        assert!(error.to_string().starts_with("mine.toml, line 3: there is no question \"root-kys\""), "{error}");
    }
}
