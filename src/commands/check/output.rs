//! Writes reports to standard output and files. A file is written completely or not at all.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};

use crate::cli::{CheckArgs, DisplayArgs, Format};
use crate::commands::output_file::{OutputFile, Readers};
use crate::commands::wizard::{speaks_unicode, theme_of};
use crate::report::{Report, text};
use crate::screen::ThemeName;

/// A requested report.
#[derive(Debug)]
pub struct Output {
    format: Format,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Standard,
    File(OutputFile),
}

/// Opens all requested outputs before anything is read, so that errors come early.
///
/// # Errors
/// An output cannot be written, or standard output is requested twice.
pub fn open(args: &CheckArgs) -> anyhow::Result<Vec<Output>> {
    if args.output.is_empty() {
        let standard = Output { format: args.format.unwrap_or(Format::Text), sink: Sink::Standard };
        return Ok(if args.quiet { Vec::new() } else { vec![standard] });
    }
    let mut outputs: Vec<Output> = Vec::new();
    for wanted in &args.output {
        let (format, name) = meant(wanted, args.format);
        let sink = if name == "-" { Sink::Standard } else { file(Path::new(name))? };
        for other in &outputs {
            match (&sink, &other.sink) {
                (Sink::Standard, Sink::Standard) => bail!("only one report can go to standard output"),
                (Sink::File(one), Sink::File(other)) if one.is_plain() && one.path() == other.path() => {
                    bail!("{name} is named twice")
                }
                _ => {}
            }
        }
        outputs.push(Output { format, sink });
    }
    Ok(outputs)
}

/// Format and file of `FORMAT=FILE` or `FILE`. The file's own format wins, then `--format`, then the extension.
fn meant(wanted: &str, format: Option<Format>) -> (Format, &str) {
    let own = wanted.split_once('=').and_then(|(name, file)| Some((Format::of_name(name)?, file)));
    own.unwrap_or_else(|| (format.or_else(|| Format::of_file(wanted)).unwrap_or(Format::Text), wanted))
}

fn file(path: &Path) -> anyhow::Result<Sink> {
    let opened = OutputFile::open(path, Readers::Umask);
    opened.map(Sink::File).with_context(|| format!("can't write the report to {}", path.display()))
}

impl Output {
    fn is_for_the_screen(&self) -> bool {
        matches!((self.format, &self.sink), (Format::Text, Sink::Standard))
    }

    /// Writes `report`; text is brief unless `details`.
    ///
    /// # Errors
    /// Writing fails, e.g. because the disk is full.
    pub fn write(self, report: &Report, details: bool, options: &DisplayArgs) -> anyhow::Result<()> {
        // Standard error already says what could not be read, and why.
        if self.is_for_the_screen() && !details && report.caller().is_none() {
            return Ok(());
        }
        let style = style(matches!(self.sink, Sink::Standard), details, options);
        let text = self.format.write(report, style);
        match self.sink {
            Sink::Standard => match std::io::stdout().write_all(text.as_bytes()) {
                // The reader closed the pipe on purpose, e.g. `head`.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                result => result.context("can't write the report to standard output"),
            },
            Sink::File(file) => {
                let path = file.path().to_owned();
                file.write(text.as_bytes()).with_context(|| format!("can't write the report to {}", path.display()))
            }
        }
    }
}

fn style(to_standard: bool, details: bool, options: &DisplayArgs) -> text::Style {
    let to_terminal = to_standard && std::io::stdout().is_terminal();
    // A dumb terminal prints escape sequences literally.
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    let colour = to_terminal && !is_dumb && theme_of(options) != ThemeName::Plain;
    let size = to_terminal.then(crossterm::terminal::size).and_then(Result::ok);
    text::Style {
        colour,
        links: colour,
        unicode: !options.ascii && (speaks_unicode() || !to_terminal),
        width: size.map_or(80, |(columns, _)| usize::from(columns).clamp(40, 120)),
        rows: size.map(|(_, rows)| usize::from(rows)),
        details,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_comes_from_the_file_the_option_or_the_ending() {
        assert_eq!(meant("report.html", None), (Format::Html, "report.html"));
        assert_eq!(meant("a.ocsf.json", None), (Format::Ocsf, "a.ocsf.json"));
        assert_eq!(meant("a.JSON", None), (Format::Json, "a.JSON"));
        assert_eq!(meant("report", None), (Format::Text, "report"));
        assert_eq!(meant("report.json", Some(Format::Markdown)), (Format::Markdown, "report.json"));
        assert_eq!(meant("ocsf=report.json", Some(Format::Markdown)), (Format::Ocsf, "report.json"));
        assert_eq!(meant("day=1.csv", None), (Format::Csv, "day=1.csv"), "an unknown word is part of the name");
        assert_eq!(meant("json=-", None), (Format::Json, "-"));
    }
}
