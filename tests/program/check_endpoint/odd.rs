//! A loopback server with odd answers, one request for each connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// How the server answers.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// Never.
    Hang,
    /// A byte from time to time.
    Drip,
    /// Endlessly, as fast as possible.
    Flood,
    /// With this status and this body.
    Page(u16, &'static str),
    /// The caller as AWS answers it, and everything else with this body.
    CallerOnly(&'static str),
    /// The caller (the last part of an ARN), and everything else like AWS but with an empty result.
    Hollow(&'static str),
    /// With this error.
    Refuse(&'static str),
}

/// A server that lives as long as the test.
pub struct Odd {
    pub address: String,
}

impl Odd {
    pub fn start(mode: Mode) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that leaves is no failure.
                std::thread::spawn(move || drop(answer(stream, mode)));
            }
        });
        Self { address }
    }
}

fn answer(mut stream: TcpStream, mode: Mode) -> std::io::Result<()> {
    let body = request(&stream)?;
    let call = body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default();
    match mode {
        // Waits until the client gives up.
        Mode::Hang => drop(stream.read(&mut [0])?),
        Mode::Drip => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")?;
            stream.set_read_timeout(Some(Duration::from_millis(200)))?;
            loop {
                stream.write_all(b" ")?;
                // The client sends nothing more, so the read timeout sets the pace.
                if stream.read(&mut [0]).is_ok() {
                    return Ok(());
                }
            }
        }
        Mode::Flood => {
            // The answer has no content length.
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
            let some = "<a>".repeat(50_000);
            loop {
                stream.write_all(some.as_bytes())?;
            }
        }
        Mode::Page(status, page) => send(&mut stream, status, page)?,
        Mode::CallerOnly(_) | Mode::Hollow(_) if call == "GetCallerIdentity" => {
            let who = if let Mode::Hollow(who) = mode { who } else { "root" };
            send(
                &mut stream,
                200,
                &format!(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:{who}</Arn><UserId>123456789012</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
                ),
            )?;
        }
        Mode::CallerOnly(page) => send(&mut stream, 200, page)?,
        Mode::Hollow(_) if call.is_empty() => send(&mut stream, 200, "{}")?,
        Mode::Hollow(_) => {
            send(&mut stream, 200, &format!("<{call}Response><{call}Result></{call}Result></{call}Response>"))?
        }
        Mode::Refuse(code) => send(
            &mut stream,
            403,
            &format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
            ),
        )?,
    }
    Ok(())
}

/// Reads a whole request. Returns its body.
fn request(stream: &TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn send(stream: &mut TcpStream, status: u16, body: &str) -> std::io::Result<()> {
    let kind = if body.starts_with('{') { "application/json" } else { "text/xml" };
    // Hollow answers have a request id. A page from elsewhere has none, but that alone must not decide.
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\nx-amzn-requestid: r-1\r\nlocation: http://127.0.0.1:1/\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
