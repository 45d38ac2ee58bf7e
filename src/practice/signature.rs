//! Verifies Signature Version 4. Source: IAM User Guide, "Create a signed AWS API request". It is written from the
//! document without the SDK's signer, so that each tests the other.

use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use sha2::{Digest, Sha256};

use crate::account::Timestamp;
use crate::secret::Secret;

/// A parsed `Authorization` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    pub access_key_id: String,
    /// E.g. `20261121`
    pub date: String,
    pub region: String,
    pub service: String,
    signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    /// Parses the header of `request`; `None` if it is missing or of another algorithm.
    pub fn of<B>(request: &Request<B>) -> Option<Self> {
        let header = request.headers().get(http::header::AUTHORIZATION)?.to_str().ok()?;
        let fields = header.strip_prefix("AWS4-HMAC-SHA256")?;
        let field = |name: &str| {
            let named = |field: &str| field.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
            fields.split(',').find_map(named)
        };
        let credential = field("Credential")?;
        let scope: Vec<&str> = credential.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope[..] else { return None };
        Some(Self {
            access_key_id: access_key_id.to_owned(),
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            signed_headers: field("SignedHeaders")?.split(';').map(str::to_owned).collect(),
            signature: field("Signature")?,
        })
    }

    /// Whether `secret` created this signature of `request`.
    pub fn verifies(&self, request: &Request<Vec<u8>>, secret: &Secret) -> bool {
        let signs = |name: &str| self.signed_headers.iter().any(|signed| signed == name);
        let Some(moment) = header(request, "x-amz-date") else { return false };
        // A session token must be signed too.
        let token_is_signed = !request.headers().contains_key("x-amz-security-token") || signs("x-amz-security-token");
        if !signs("host") || !signs("x-amz-date") || !token_is_signed || !moment.starts_with(&self.date) {
            return false;
        }
        let scope = format!("{}/{}/{}/aws4_request", self.date, self.region, self.service);
        let hash = hex(&Sha256::digest(self.canonical(request).as_bytes()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hash}");
        let first = zeroize::Zeroizing::new(format!("AWS4{}", secret.expose()));
        let date = hmac(first.as_bytes(), &self.date);
        let key = hmac(&hmac(&hmac(&date, &self.region), &self.service), "aws4_request");
        same(&hex(&hmac(&key, &to_sign)), &self.signature)
    }

    /// When the request was signed, by its own `x-amz-date`.
    pub fn moment(&self, request: &Request<Vec<u8>>) -> Option<Timestamp> {
        let format = time::macros::format_description!("[year][month][day]T[hour][minute][second]Z");
        let moment = time::PrimitiveDateTime::parse(&header(request, "x-amz-date")?, &format).ok()?;
        Some(moment.assume_utc())
    }

    fn canonical(&self, request: &Request<Vec<u8>>) -> String {
        let headers: String = self
            .signed_headers
            .iter()
            .map(|name| format!("{name}:{}\n", header(request, name).unwrap_or_default()))
            .collect();
        format!(
            "{}\n{}\n{}\n{headers}\n{}\n{}",
            request.method(),
            canonical_path(request.uri().path()),
            canonical_query(request.uri().query().unwrap_or_default()),
            self.signed_headers.join(";"),
            hex(&Sha256::digest(request.body()))
        )
    }
}

/// A header's value with folded blanks. The host may be in the URI only.
fn header(request: &Request<Vec<u8>>, name: &str) -> Option<String> {
    let values: Vec<String> = request
        .headers()
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    if values.is_empty() && name == "host" {
        return request.uri().authority().map(ToString::to_string);
    }
    (!values.is_empty()).then(|| values.join(","))
}

/// Everything except RFC 3986's unreserved characters.
const RESERVED: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}

/// Each segment is encoded again: only S3 signs unencoded paths.
fn canonical_path(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

fn canonical_query(query: &str) -> String {
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(&decoded(name)), encoded(&decoded(value))))
        .collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    // HMAC accepts keys of any length, so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares in constant time.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of AWS's General Reference, "Signature Version 4 signing process" (ListUsers by GET).
    fn example() -> Request<Vec<u8>> {
        Request::builder()
            .method("GET")
            .uri("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("x-amz-date", "20150830T123600Z")
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
                 SignedHeaders=content-type;host;x-amz-date, \
                 Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            )
            .body(Vec::new())
            .unwrap()
    }

    fn secret() -> Secret {
        Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    }

    #[test]
    fn awss_signature_example_verifies() {
        let request = example();
        let authorization = Authorization::of(&request).unwrap();
        assert_eq!((authorization.service.as_str(), authorization.region.as_str()), ("iam", "us-east-1"));
        assert!(authorization.verifies(&request, &secret()));
    }

    #[test]
    fn another_secret_body_or_header_does_not_verify() {
        let request = example();
        let authorization = Authorization::of(&request).unwrap();
        assert!(!authorization.verifies(&request, &Secret::new("wrong")));
        let mut other = example();
        other.body_mut().push(b'x');
        assert!(!authorization.verifies(&other, &secret()));
        let mut unsigned = example();
        unsigned.headers_mut().insert("x-amz-security-token", "t".parse().unwrap());
        assert!(!authorization.verifies(&unsigned, &secret()), "a token outside the signature");
    }

    #[test]
    fn a_malformed_authorization_header_is_no_signature() {
        for header in
            ["", "Basic abc", "AWS4-HMAC-SHA256 Credential=a/b/c", "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request"]
        {
            let request = Request::builder().header("authorization", header).body(()).unwrap();
            assert_eq!(Authorization::of(&request), None, "{header}");
        }
    }
}
