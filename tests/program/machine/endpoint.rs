//! A stand-in for credential services: answers STS and SSO, recognizes signers by key, and records requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub line: String,
    /// All headers, with names in lower case.
    pub headers: String,
    pub body: String,
}

impl Asked {
    /// The region of the signature.
    pub fn region(&self) -> Option<&str> {
        self.credential()?.split('/').nth(2)
    }

    /// The id of the signing key.
    pub fn key(&self) -> Option<&str> {
        self.credential()?.split('/').next()
    }

    fn credential(&self) -> Option<&str> {
        self.headers.split_once("Credential=").map(|(_, rest)| rest)
    }

    /// A parameter of an STS call.
    pub fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.body.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// The stand-in, on loopback for the duration of the test.
pub struct Endpoint {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Endpoint {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let remembered = Arc::clone(&asked);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let asked = Arc::clone(&remembered);
                std::thread::spawn(move || serve(connection, &asked));
            }
        });
        Self { url, asked }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The requests with that `Action`.
    pub fn calls(&self, action: &str) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.parameter("Action").as_deref() == Some(action)).collect()
    }
}

fn serve(mut connection: TcpStream, all: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or_default() == 0 {
            return;
        }
    }
    let (line, headers) = head.split_once("\r\n").unwrap();
    let header =
        |name: &str| headers.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix(name).map(str::to_owned));
    let length = header("content-length:").map_or(0, |length| length.trim().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let asked = Asked { line: line.to_owned(), headers: headers.to_owned(), body: String::from_utf8(body).unwrap() };
    let (status, answer) = answer(&asked);
    all.lock().unwrap().push(asked);
    let length = answer.len();
    let _ = write!(connection, "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{answer}");
}

fn answer(asked: &Asked) -> (&'static str, String) {
    if asked.line.contains("/federation/credentials?") {
        let (end, names) =
            (4_070_908_800_000_u64, r#""accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t""#);
        return ("200 OK", format!("{{\"roleCredentials\":{{{names},\"expiration\":{end}}}}}"));
    }
    if asked.line.ends_with("/security-credentials/ HTTP/1.1") || asked.line.contains("/api/token") {
        return ("200 OK\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600", "ec2".into());
    }
    if asked.line.contains("/security-credentials/") {
        let keys = r#""AccessKeyId":"ASIAEC2","SecretAccessKey":"s","Token":"t""#;
        return ("200 OK", format!("{{\"Code\":\"Success\",{keys},\"Expiration\":\"2099-01-01T00:00:00Z\"}}"));
    }
    let action = asked.parameter("Action").unwrap_or_default();
    let inside = match action.as_str() {
        "AssumeRole" | "AssumeRoleWithWebIdentity" => format!(
            "<Credentials><AccessKeyId>ASIA{}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
             <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>",
            asked.parameter("RoleArn").unwrap_or_default().rsplit('/').next().unwrap_or_default()
        ),
        "GetCallerIdentity" => format!(
            "<Arn>arn:aws:iam::123456789012:user/{}</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>",
            asked.key().unwrap_or_default()
        ),
        _ => return ("403 Forbidden", refused().to_owned()),
    };
    let xml = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>{inside}</{action}Result>\
         <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata></{action}Response>"
    );
    ("200 OK\r\ncontent-type: text/xml", xml)
}

fn refused() -> &'static str {
    "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not here</Message></Error>\
     <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ErrorResponse>"
}
