//! Where reports go: standard output and files. A file is whole or it is not there.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use tempfile::NamedTempFile;

use crate::cli::{CheckArgs, Format, LookArgs};
use crate::commands::wizard::{speaks_unicode, theme_of};
use crate::report::{Report, csv, html, json, junit, markdown, ocsf, sarif, text};
use crate::screen::ThemeName;

/// One report that is to be written.
#[derive(Debug)]
pub struct Output {
    format: Format,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Standard,
    /// A new file beside the one that it takes the place of at the end.
    File(NamedTempFile, PathBuf),
    /// Something that can't be replaced: a device, a pipe.
    Special(File, PathBuf),
}

/// Opens everything that the command line asks for, so that what can't be written is known before anything is read.
///
/// # Errors
/// The first output that can't be written, or standard output asked for twice.
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
                (Sink::File(_, one), Sink::File(_, other)) if one == other => bail!("{name} is named twice"),
                _ => {}
            }
        }
        outputs.push(Output { format, sink });
    }
    Ok(outputs)
}

/// Format and file of `FORMAT=FILE` or `FILE`. What is said for the file comes first, then `--format`, then the ending.
fn meant(wanted: &str, format: Option<Format>) -> (Format, &str) {
    let own = wanted.split_once('=').and_then(|(name, file)| Some((Format::of_name(name)?, file)));
    own.unwrap_or_else(|| (format.or_else(|| Format::of_file(wanted)).unwrap_or(Format::Text), wanted))
}

fn file(path: &Path) -> anyhow::Result<Sink> {
    let cannot = || format!("can't write the report to {}", path.display());
    // Through a link, what it leads to is replaced, and the link stays.
    let target = path.canonicalize().unwrap_or_else(|_| whole(path));
    match std::fs::metadata(&target) {
        Ok(found) if found.is_dir() => Err(anyhow!("it is a folder")).with_context(cannot),
        Ok(found) if !found.is_file() => {
            Ok(Sink::Special(File::options().write(true).open(&target).with_context(cannot)?, target))
        }
        Ok(found) => {
            // Who may not write the file shall not replace it either.
            File::options().write(true).open(&target).with_context(cannot)?;
            let new = beside(&target).with_context(cannot)?;
            new.as_file().set_permissions(found.permissions()).with_context(cannot)?;
            Ok(Sink::File(new, target))
        }
        Err(_) => Ok(Sink::File(beside(&target).with_context(cannot)?, target)),
    }
}

/// The folder that `path` is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `path`, which is not there yet, as it will be called in full.
fn whole(path: &Path) -> PathBuf {
    let whole = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    whole().unwrap_or_else(|| path.to_owned())
}

/// A new, empty file in the folder of `target`.
fn beside(target: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".lockroot-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the umask takes away from it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(target))
}

impl Output {
    /// Writes `report`.
    ///
    /// # Errors
    /// The file can't be written after all, for instance because the disk is full.
    pub fn write(self, report: &Report, look: &LookArgs) -> anyhow::Result<()> {
        let text = written(report, self.format, matches!(self.sink, Sink::Standard), look);
        match self.sink {
            Sink::Standard => match std::io::stdout().write_all(text.as_bytes()) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                result => result.context("can't write the report to standard output"),
            },
            Sink::File(mut new, path) => {
                let done = new.write_all(text.as_bytes()).and_then(|()| new.as_file().sync_all());
                let done = done.and_then(|()| new.persist(&path).map(drop).map_err(|error| error.error));
                done.with_context(|| format!("can't write the report to {}", path.display()))
            }
            Sink::Special(mut file, path) => match file.write_all(text.as_bytes()) {
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                result => result.with_context(|| format!("can't write the report to {}", path.display())),
            },
        }
    }
}

fn written(report: &Report, format: Format, to_standard: bool, look: &LookArgs) -> String {
    match format {
        Format::Text => text::write(report, style(to_standard && std::io::stdout().is_terminal(), look)),
        Format::Json => json::write(report),
        Format::Markdown => markdown::write(report),
        Format::Html => html::write(report),
        Format::Csv => csv::write(report),
        Format::Ocsf => ocsf::write(report),
        Format::Junit => junit::write(report),
        Format::Sarif => sarif::write(report),
    }
}

fn style(to_terminal: bool, look: &LookArgs) -> text::Style {
    // A dumb terminal prints escape sequences as they are.
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    let colour = to_terminal && !is_dumb && theme_of(look) != ThemeName::Plain;
    let columns = if to_terminal { crossterm::terminal::size().map_or(80, |(columns, _)| columns) } else { 100 };
    text::Style {
        colour,
        links: colour,
        unicode: !look.ascii && (speaks_unicode() || !to_terminal),
        width: usize::from(columns).clamp(40, 120),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_said_for_the_file_or_for_all_or_by_the_ending() {
        assert_eq!(meant("report.html", None), (Format::Html, "report.html"));
        assert_eq!(meant("a.ocsf.json", None), (Format::Ocsf, "a.ocsf.json"));
        assert_eq!(meant("a.JSON", None), (Format::Json, "a.JSON"));
        assert_eq!(meant("report", None), (Format::Text, "report"));
        assert_eq!(meant("report.json", Some(Format::Sarif)), (Format::Sarif, "report.json"));
        assert_eq!(meant("ocsf=report.json", Some(Format::Sarif)), (Format::Ocsf, "report.json"));
        assert_eq!(meant("day=1.csv", None), (Format::Csv, "day=1.csv"), "an unknown word is part of the name");
        assert_eq!(meant("json=-", None), (Format::Json, "-"));
    }
}
