//! Splits a row into fields. AWS does not seem to quote commas in user names. The ARN repeats the name and so shows
//! where the name ends.

use csv::StringRecord;

/// The fields of `record` under `heads`; `None`: the field borders are unclear.
pub(super) fn aligned(heads: &StringRecord, record: &StringRecord) -> Option<Vec<String>> {
    let fields: Vec<String> = record.iter().map(str::to_owned).collect();
    let stands = |place: usize, name: &str| heads.get(place).is_some_and(|head| head.trim() == name);
    if !(stands(0, "user") && stands(1, "arn")) {
        return (fields.len() == heads.len()).then_some(fields);
    }
    if fields.len() == heads.len() && (fields[1].is_empty() || agree(&fields[0], &fields[1])) {
        return Some(fields);
    }
    realigned(heads.len(), &fields)
}

/// The name ends where the ARN begins; the ARN takes the surplus fields.
fn realigned(wanted: usize, fields: &[String]) -> Option<Vec<String>> {
    let begin = fields.iter().position(|field| field.starts_with("arn:"))?;
    let rest = wanted.checked_sub(2)?;
    let end = fields.len().checked_sub(rest).filter(|end| *end > begin)?;
    let (user, arn) = (fields[..begin].join(","), fields[begin..end].join(","));
    agree(&user, &arn).then(|| [user, arn].into_iter().chain(fields[end..].iter().cloned()).collect())
}

/// Whether `arn` can belong to `user`.
fn agree(user: &str, arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    match resource {
        "root" => user == super::ReportRow::ROOT,
        _ => resource.starts_with("user/") && resource.strip_suffix(user).is_some_and(|path| path.ends_with('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let record = |text: &str| StringRecord::from(text.split(',').collect::<Vec<_>>());
        aligned(&record("user,arn,mfa_active,last"), &record(text))
    }

    #[test]
    fn a_comma_in_a_name_shifts_no_column() {
        let arn = "arn:aws:iam::123456789012:user";
        assert_eq!(read(&format!("bob,{arn}/bob,true,x")).unwrap()[2], "true");
        let fields = read(&format!("we,i,{arn}/we,i,false,x")).unwrap();
        assert_eq!(fields, ["we,i", &format!("{arn}/we,i"), "false", "x"]);
        let with_path = read(&format!("a,b,c,{arn}/p,q/a,b,c,false,x")).unwrap();
        assert_eq!((with_path[0].as_str(), with_path[2].as_str()), ("a,b,c", "false"));
        assert_eq!(read("<root_account>,arn:aws:iam::1:root,true,x").unwrap()[0], "<root_account>");
    }

    #[test]
    fn a_row_that_disagrees_with_its_arn_is_skipped() {
        let arn = "arn:aws:iam::123456789012:user";
        for odd in [
            format!("we,{arn}/i,true,x"),
            format!("we,i,{arn}/i,false,x"),
            format!("bob,{arn}/bob,true"),
            format!("bob,{arn}/bob,true,x,more"),
            "bob,true,x".into(),
            "root,arn:aws:iam::1:root,true,x".into(),
            "we".into(),
        ] {
            assert_eq!(read(&odd), None, "{odd}");
        }
    }
}
