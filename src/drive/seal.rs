//! Secrets in a file: encrypted in the age format before the first byte is written, in a new file, for its owner only.

use std::io::Write;

use age::secrecy::SecretString;

use super::save;
use crate::secret::Secret;
use crate::wizard::Lock;

/// Writes `text`, encrypted for `lock`, to a new file called `name` or, if that is taken, one with a number in it. The name.
///
/// # Errors
/// In words, why it could not be encrypted or written.
pub fn new_file(name: &str, text: &Secret, lock: &Lock) -> Result<String, String> {
    save::new_file(name, &sealed(text, lock)?)
}

fn sealed(text: &Secret, lock: &Lock) -> Result<Vec<u8>, String> {
    let encryptor = match lock {
        Lock::Passphrase(passphrase) => {
            age::Encryptor::with_user_passphrase(SecretString::from(passphrase.expose().to_owned()))
        }
        Lock::Recipient(recipient) => {
            let recipient: age::x25519::Recipient =
                recipient.parse().map_err(|said| format!("the recipient: {said}"))?;
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
                .map_err(|error| error.to_string())?
        }
    };
    let mut bytes = Vec::new();
    let write = |bytes: &mut Vec<u8>| {
        let mut writer = encryptor.wrap_output(bytes)?;
        writer.write_all(text.expose().as_bytes())?;
        writer.finish().map(|_| ())
    };
    write(&mut bytes).map_err(|error: std::io::Error| error.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const TEXT: &str = "Password: hunter2hunter2\n";

    fn open(path: &str, identity: &dyn age::Identity) -> Result<String, age::DecryptError> {
        let bytes = std::fs::read(path).unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"hunter2"), "nothing of it is in plain");
        let mut text = String::new();
        age::Decryptor::new(&bytes[..])?.decrypt(std::iter::once(identity))?.read_to_string(&mut text).unwrap();
        Ok(text)
    }

    /// Whether `wanted`, each byte of it turned over, is anywhere in what this process may write to.
    #[cfg(target_os = "linux")]
    fn is_in_memory(turned: &[u8]) -> bool {
        use std::os::unix::fs::FileExt;
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let memory = std::fs::File::open("/proc/self/mem").unwrap();
        let mut page = vec![0; 1 << 20];
        let writable =
            maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw")));
        for line in writable {
            let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
            let [mut at, to] = [from, to].map(|address| u64::from_str_radix(address, 16).unwrap());
            while at < to {
                let most = usize::try_from((to - at).min(page.len() as u64)).unwrap();
                let Ok(count @ 1..) = memory.read_at(&mut page[..most], at) else { break };
                let is_it = |window: &[u8]| window.iter().zip(turned).all(|(byte, turned)| *byte == !turned);
                if page[..count].windows(turned.len()).any(is_it) {
                    return true;
                }
                // Once more over the seam, unless that was the end.
                at += (count.saturating_sub(turned.len()).max(1)) as u64;
                if count < page.len() {
                    break;
                }
            }
        }
        false
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_of_it_is_left_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("a.age").display().to_string();
        let password = Secret::generate(40);
        let turned: Vec<u8> = password.expose().bytes().map(|byte| !byte).collect();
        assert!(is_in_memory(&turned), "the search finds it while it is there");
        new_file(&name, &password, &Lock::Recipient(age::x25519::Identity::generate().to_public().to_string()))
            .unwrap();
        drop(password);
        assert!(!is_in_memory(&turned), "neither in what we had nor in what the library had of it");
    }

    #[test]
    fn whoever_has_the_lock_opens_it_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("a.age").display().to_string();
        let text = Secret::new(TEXT);
        let with = |words: &str| age::scrypt::Identity::new(SecretString::from(words.to_owned()));
        let first = new_file(&name, &text, &Lock::Passphrase(Secret::new("four random words here"))).unwrap();
        assert_eq!(open(&first, &with("four random words here")).unwrap(), TEXT);
        assert!(open(&first, &with("four random words")).is_err());
        let key = age::x25519::Identity::generate();
        let second = new_file(&name, &text, &Lock::Recipient(key.to_public().to_string())).unwrap();
        assert_ne!(first, second, "the first is still there");
        assert_eq!(open(&second, &key).unwrap(), TEXT);
        assert!(open(&second, &age::x25519::Identity::generate()).is_err());
        #[cfg(unix)]
        for path in [&first, &second] {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
        let said = new_file(&name, &text, &Lock::Recipient("age1nonsense".into())).unwrap_err();
        assert!(said.contains("recipient") && !said.contains("hunter2"), "{said}");
    }
}
