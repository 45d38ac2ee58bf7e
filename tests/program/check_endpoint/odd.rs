//! A loopback server with odd answers, one request for each connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// How it answers.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// Not at all.
    Hang,
    /// A byte from time to time.
    Drip,
    /// For ever, as fast as it goes.
    Flood,
    /// That, with that status.
    Page(u16, &'static str),
    /// Who signs as AWS does, and everything else with that.
    CallerOnly(&'static str),
    /// Who signs (an ARN's last part), and everything else as AWS does but for what should be in it.
    Hollow(&'static str),
    /// With that error.
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
        // Until the client gives up.
        Mode::Hang => drop(stream.read(&mut [0])?),
        Mode::Drip => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")?;
            stream.set_read_timeout(Some(Duration::from_millis(200)))?;
            loop {
                stream.write_all(b" ")?;
                // The client says nothing more: the time limit is the pace.
                if stream.read(&mut [0]).is_ok() {
                    return Ok(());
                }
            }
        }
        Mode::Flood => {
            // It does not say how much will come.
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

/// Reads a request to its end; its body.
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
    // The request id is what hollow answers have; a page from elsewhere has none, but must not pass for that reason alone.
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\nx-amzn-requestid: r-1\r\nlocation: http://127.0.0.1:1/\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
