//! The form to accept a risk, and its validation. `commands` writes the file.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Duration};

use super::{Field, FieldId, Form, Problem};
use crate::account::Suppression;
use crate::checks::Control;

/// Suggested duration of an acceptance, in days.
const DAYS: i64 = 90;
/// Longest reason, in characters.
const MAX_REASON_LEN: usize = 200;
/// Longest owner, in characters.
const MAX_OWNER_LEN: usize = 80;
const ISO: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// The form for `control`. `owner` is the owner of the last accepted risk.
#[must_use]
pub fn form(control: &Control, owner: &str, today: Date) -> Form {
    let reason = "Why is this accepted for now? Name a ticket if you have one.";
    let answers = "Who is responsible: a name or an e-mail address.";
    let until = "The last day of the acceptance, at most a year from now. Then the control counts again.";
    let fields = vec![
        Field::text(FieldId::Reason, "Reason", reason, "").at_most(MAX_REASON_LEN),
        Field::text(FieldId::Owner, "Owner", answers, owner).at_most(MAX_OWNER_LEN),
        Field::text(FieldId::Until, "Until", until, (today + Duration::days(DAYS)).to_string()),
    ];
    Form::new(fields, "Review").titled(format!("Accept this risk: {}", control.title))
}

/// Problems of the form on the day `today`.
#[must_use]
pub fn problems(form: &Form, today: Date) -> Vec<Problem> {
    let texts =
        [(FieldId::Reason, "Say why.", MAX_REASON_LEN), (FieldId::Owner, "Say who is responsible.", MAX_OWNER_LEN)];
    let mut problems: Vec<Problem> = texts
        .into_iter()
        .filter_map(|(field, missing, max)| {
            let characters = form.text(field).chars().count();
            let words = match characters {
                0 => missing.to_owned(),
                _ if characters > max => format!("At most {max} characters; these are {characters}."),
                _ => return None,
            };
            Some(Problem { field, words, at_once: characters > max })
        })
        .collect();
    if let Err(words) = until(form, today) {
        problems.push(Problem { field: FieldId::Until, words, at_once: false });
    }
    problems
}

/// The risk in the form. `None`: the form has problems.
#[must_use]
pub fn risk(control: &Control, form: &Form, today: Date) -> Option<Suppression> {
    let until = until(form, today).ok().filter(|_| problems(form, today).is_empty())?;
    let text = |field| form.text(field).to_owned();
    Some(Suppression { id: control.id.to_owned(), reason: text(FieldId::Reason), owner: text(FieldId::Owner), until })
}

fn until(form: &Form, today: Date) -> Result<Date, String> {
    let date = Date::parse(form.text(FieldId::Until), ISO)
        .map_err(|_| format!("Type a date such as {}: year, month, day.", today + Duration::days(DAYS)))?;
    let in_a_year = today.replace_year(today.year() + 1).unwrap_or(today + Duration::days(365));
    match date {
        _ if date <= today => Err(format!("Choose a day in the future: today is {today}.")),
        _ if date > in_a_year => Err(format!("At most a year from now: {in_a_year}.")),
        _ => Ok(date),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::checks;

    const TODAY: Date = date!(2026 - 11 - 21);

    fn filled(until: &str) -> Form {
        let mut form = form(checks::control("root-mfa").unwrap(), "", TODAY);
        form.put_text(FieldId::Reason, " the token is ordered ");
        form.put_text(FieldId::Owner, "dana");
        form.put_text(FieldId::Until, until);
        form
    }

    #[test]
    fn accepting_a_risk_needs_reason_and_owner_and_suggests_ninety_days() {
        let form = form(checks::control("root-mfa").unwrap(), "", TODAY);
        let fields: Vec<FieldId> = problems(&form, TODAY).iter().map(|problem| problem.field).collect();
        assert_eq!(fields, [FieldId::Reason, FieldId::Owner]);
        assert_eq!(form.text(FieldId::Until), "2027-02-19");
        let mut long = filled("2027-02-19");
        long.put_text(FieldId::Reason, "x".repeat(MAX_REASON_LEN + 1));
        assert!(problems(&long, TODAY)[0].words.contains("At most 200"), "{:?}", problems(&long, TODAY));
    }

    #[test]
    fn an_accepted_risk_ends_in_the_future_and_within_a_year() {
        for (until, wrong) in [
            ("2026-11-22", None),
            ("2027-11-21", None),
            ("2026-11-21", Some("in the future")),
            ("2025-01-01", Some("in the future")),
            ("2027-11-22", Some("At most a year")),
            ("2027-02-30", Some("a date such as 2027-02-19")),
            ("21.11.2027", Some("a date such as")),
            ("", Some("a date such as")),
        ] {
            let said = problems(&filled(until), TODAY);
            match wrong {
                None => assert_eq!(said, [], "{until}"),
                Some(words) => assert!(said.len() == 1 && said[0].words.contains(words), "{until}: {said:?}"),
            }
            assert_eq!(risk(checks::control("root-mfa").unwrap(), &filled(until), TODAY).is_some(), wrong.is_none());
        }
        let leap = date!(2028 - 02 - 29);
        assert!(problems(&filled("2029-02-28"), leap).is_empty(), "a year from a leap day ends on the day before");
    }

    #[test]
    fn surrounding_blanks_are_trimmed_from_an_accepted_risk() {
        let risk = risk(checks::control("root-mfa").unwrap(), &filled("2027-02-19"), TODAY).unwrap();
        assert_eq!((risk.id.as_str(), risk.reason.as_str()), ("root-mfa", "the token is ordered"));
    }
}
