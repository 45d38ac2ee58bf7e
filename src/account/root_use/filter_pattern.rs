//! Matches CloudWatch Logs filter patterns: JSON patterns and term patterns. Source: CloudWatch Logs User Guide,
//! "Filter pattern syntax".

use serde_json::Value;

use super::glob::like;

/// Maximum nesting depth of parentheses. AWS limits a pattern to 1024 characters; the limit protects the stack.
const MAX_DEPTH: usize = 100;

/// Whether `pattern` matches `record`. `None`: a pattern for space-delimited lines, or not understood.
pub(super) fn matches(pattern: &str, record: &Value) -> Option<bool> {
    let pattern = pattern.trim();
    // An empty pattern matches every line.
    if pattern.is_empty() {
        return Some(true);
    }
    let Some(inner) = pattern.strip_prefix('{') else { return terms(pattern, &record.to_string()) };
    let inner = inner.strip_suffix('}')?;
    let tokens = tokens(inner)?;
    let mut reader = Reader { tokens: &tokens, place: 0, depth: 0, record };
    let result = reader.either()?;
    if reader.place == tokens.len() { result.0 } else { None }
}

/// Plain terms must all be in the line; of terms with `?`, one must be; terms with `-` must not be.
fn terms(pattern: &str, line: &str) -> Option<bool> {
    if pattern.contains(['[', '%']) || !pattern.matches('"').count().is_multiple_of(2) {
        return None;
    }
    // Every second piece is quoted and may contain blanks.
    let mut words: Vec<String> = vec![String::new()];
    for (place, piece) in pattern.split('"').enumerate() {
        let mut blanks = piece.split_whitespace().peekable();
        if place % 2 == 1 {
            words.last_mut()?.push_str(piece);
        } else {
            if piece.starts_with(char::is_whitespace) {
                words.push(String::new());
            }
            while let Some(word) = blanks.next() {
                words.last_mut()?.push_str(word);
                if blanks.peek().is_some() || piece.ends_with(char::is_whitespace) {
                    words.push(String::new());
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    let optional: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix('?')).collect();
    if !optional.is_empty() {
        return (optional.len() == words.len()).then(|| optional.iter().any(|word| line.contains(word)));
    }
    Some(words.iter().all(|word| match word.strip_prefix('-') {
        Some(excluded) => !line.contains(excluded),
        None => line.contains(word.as_str()),
    }))
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    /// An operator: `=`, `!=`, `<`, …
    Compare(String),
    /// E.g. `$.userIdentity.type`
    Selector(String),
    /// A quoted string.
    Text(String),
    /// A word, number or regular expression.
    Word(String),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let two = rest.get(..2).unwrap_or_default();
        let (token, length) = match (first, two) {
            ('(', _) => (Token::Open, 1),
            (')', _) => (Token::Close, 1),
            (_, "&&") => (Token::And, 2),
            (_, "||") => (Token::Or, 2),
            (_, "!=" | "<=" | ">=") => (Token::Compare(two.to_owned()), 2),
            ('=' | '<' | '>', _) => (Token::Compare(first.to_string()), 1),
            ('"', _) => {
                let end = rest[1..].find('"')?;
                (Token::Text(rest[1..=end].to_owned()), end + 2)
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || "()=!<>&|\"".contains(c);
                let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
                let token = if word.starts_with('$') { Token::Selector } else { Token::Word };
                (token(word.to_owned()), word.len())
            }
        };
        if length == 0 {
            return None;
        }
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// True, false or unknown. The parsers' outer `Option` means invalid syntax.
struct Truth(Option<bool>);

struct Reader<'a> {
    tokens: &'a [Token],
    place: usize,
    /// Current depth of open parentheses.
    depth: usize,
    record: &'a Value,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.place)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.place += 1;
        token
    }

    /// `a || b`
    fn either(&mut self) -> Option<Truth> {
        let mut truth = self.both()?.0;
        while self.peek() == Some(&Token::Or) {
            self.place += 1;
            truth = match (truth, self.both()?.0) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
        }
        Some(Truth(truth))
    }

    /// `a && b`, which has higher precedence.
    fn both(&mut self) -> Option<Truth> {
        let mut truth = self.single()?.0;
        while self.peek() == Some(&Token::And) {
            self.place += 1;
            truth = match (truth, self.single()?.0) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        Some(Truth(truth))
    }

    fn single(&mut self) -> Option<Truth> {
        match self.next()? {
            Token::Open if self.depth == MAX_DEPTH => None,
            Token::Open => {
                self.depth += 1;
                let inner = self.either()?;
                self.depth -= 1;
                (self.next()? == Token::Close).then_some(inner)
            }
            Token::Selector(path) => self.comparison(&path),
            _ => None,
        }
    }

    fn comparison(&mut self, path: &str) -> Option<Truth> {
        let value = select(self.record, path)?;
        let word = |token: Token| match token {
            Token::Word(word) => word.to_ascii_uppercase(),
            _ => String::new(),
        };
        let truth = match self.next()? {
            Token::Compare(operator) => match self.next()? {
                Token::Text(text) | Token::Word(text) => compare(&operator, &text, value),
                _ => return None,
            },
            Token::Word(first) => match (first.to_ascii_uppercase().as_str(), word(self.next().unwrap_or(Token::Open)))
            {
                ("NOT", second) if second == "EXISTS" => Some(value.is_none()),
                ("IS", second) if second == "NULL" => Some(value.is_some_and(Value::is_null)),
                ("IS", second) if second == "TRUE" => Some(value == Some(&Value::Bool(true))),
                ("IS", second) if second == "FALSE" => Some(value == Some(&Value::Bool(false))),
                _ => return None,
            },
            _ => return None,
        };
        Some(Truth(truth))
    }
}

/// The value at `$.a.b`. `Some(None)`: no such field. `None`: unsupported path syntax.
fn select<'a>(record: &'a Value, path: &str) -> Option<Option<&'a Value>> {
    let path = path.strip_prefix("$.")?;
    if path.contains(['[', '*']) {
        return None;
    }
    Some(path.split('.').try_fold(record, |value, name| value.get(name)))
}

/// A missing field never equals a value. AWS does not document whether it differs from one.
fn compare(operator: &str, wanted: &str, value: Option<&Value>) -> Option<bool> {
    if wanted.starts_with('%') {
        return None;
    }
    let text = match value {
        None => return if operator == "=" { Some(false) } else { None },
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) => return if operator == "=" { Some(false) } else { None },
        Some(other) => other.to_string(),
    };
    match operator {
        "=" => Some(like(wanted, &text)),
        "!=" => Some(!like(wanted, &text)),
        _ => None,
    }
}
