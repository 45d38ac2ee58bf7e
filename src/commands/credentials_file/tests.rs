use std::fs;

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

fn profile(name: &str) -> NewProfile {
    let secret = crate::secret::Secret::new(SECRET);
    NewProfile { name: name.into(), key_id: "AKIAEXAMPLE".into(), secret }
}

fn section(name: &str) -> String {
    format!("[{name}]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = {SECRET}\n")
}

struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// The names in the folder, to prove that no temporary file is left over.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o7777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn a_new_file_is_readable_by_its_owner_only() {
    let scene = Scene::new();
    let path = scene.path("credentials");
    let said = CredentialsFile::at(&path).add(&profile("ada")).unwrap();
    assert_eq!(said, format!("Profile ada is in {}.", path.display()));
    assert_eq!(fs::read_to_string(&path).unwrap(), section("ada"));
    #[cfg(unix)]
    assert_eq!(mode(&path), 0o600);
    assert_eq!(scene.names(), ["credentials"]);
}

#[test]
fn every_existing_byte_is_kept() {
    let scene = Scene::new();
    let before = b"# mine\r\n[default]\r\naws_access_key_id=AKIAOLD\r\n\xff\xfe\r\n; last remark";
    let path = scene.write("credentials", before);
    CredentialsFile::at(&path).add(&profile("ada")).unwrap();
    let after = fs::read(&path).unwrap();
    assert_eq!(&after[..before.len()], before);
    let added = format!("\r\n\r\n{}", section("ada").replace('\n', "\r\n"));
    assert_eq!(String::from_utf8_lossy(&after[before.len()..]), added);
    CredentialsFile::at(&path).add(&profile("bea")).unwrap();
    assert!(fs::read(&path).unwrap().starts_with(&after), "the second comes behind the first");
}

#[test]
fn no_profile_is_ever_overwritten() {
    let scene = Scene::new();
    let path = scene.write("credentials", "[Ada]\naws_access_key_id = AKIAOLD\n");
    let config = scene.write("config", "[profile bea]\nregion = eu-west-1\n");
    let file = CredentialsFile { config: Some(config), ..CredentialsFile::at(&path) };
    assert!(file.add(&profile("ada")).unwrap_err().contains("[Ada] is there already"));
    assert!(file.add(&profile("bea")).unwrap_err().contains("[profile bea] is there already"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "[Ada]\naws_access_key_id = AKIAOLD\n");
    file.add(&profile("cy")).unwrap();
    assert!(file.add(&profile("cy")).is_err(), "not even one of lockroot's own");
    assert_eq!(scene.names(), ["config", "credentials"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_kept_and_its_target_is_written() {
    let scene = Scene::new();
    let linked = |name: &str| CredentialsFile { links: Links::Follow, ..CredentialsFile::at(scene.path(name)) };
    fs::create_dir(scene.path("real")).unwrap();
    let real = scene.write("real/keys", "[x]\na = b\n");
    std::os::unix::fs::symlink("real/keys", scene.path("middle")).unwrap();
    std::os::unix::fs::symlink("middle", scene.path("credentials")).unwrap();
    linked("credentials").add(&profile("ada")).unwrap();
    assert!(fs::symlink_metadata(scene.path("credentials")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), format!("[x]\na = b\n\n{}", section("ada")));
    std::os::unix::fs::symlink("real/later", scene.path("dangling")).unwrap();
    linked("dangling").add(&profile("ada")).unwrap();
    assert_eq!(fs::read_to_string(scene.path("real/later")).unwrap(), section("ada"));
    std::os::unix::fs::symlink("round", scene.path("round")).unwrap();
    assert!(linked("round").add(&profile("ada")).unwrap_err().contains("round and round"));
}

#[cfg(unix)]
#[test]
fn a_planted_link_is_not_followed_in_practice() {
    let scene = Scene::new();
    let real = scene.write("real", "[x]\n");
    for target in ["real", "nothing", "practice"] {
        std::os::unix::fs::symlink(target, scene.path("practice")).unwrap();
        let said = CredentialsFile::at(scene.path("practice")).add(&profile("ada")).unwrap_err();
        assert!(said.contains("is a link, and is not followed"), "{said}");
        fs::remove_file(scene.path("practice")).unwrap();
    }
    assert_eq!((fs::read_to_string(&real).unwrap().as_str(), scene.names()), ("[x]\n", vec!["real".to_owned()]));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_restricted_to_its_owner_with_a_notice() {
    let scene = Scene::new();
    let path = scene.write("credentials", "[x]\n");
    set_mode(&path, 0o644);
    let said = CredentialsFile::at(&path).add(&profile("ada")).unwrap();
    assert!(said.contains("Others could read it (644)"), "{said}");
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn an_unwritable_file_is_reported_and_left_unchanged() {
    let scene = Scene::new();
    let missing = scene.path("no/credentials");
    let said = CredentialsFile::at(&missing).add(&profile("ada")).unwrap_err();
    assert!(said.contains("there is no folder") && said.contains("mkdir -m 700"), "{said}");
    fs::create_dir(scene.path("folder")).unwrap();
    let said = CredentialsFile::at(scene.path("folder")).add(&profile("ada")).unwrap_err();
    assert!(said.contains("is no file"), "{said}");
    #[cfg(unix)]
    {
        let foreign = Path::new("/proc/1/environ");
        let is_root = rustix::process::geteuid().is_root();
        if foreign.exists() && !is_root {
            assert!(CredentialsFile::at(foreign).add(&profile("ada")).is_err());
        }
        let locked = scene.write("locked", "[x]\n");
        set_mode(&locked, 0o400);
        let said = CredentialsFile::at(&locked).add(&profile("ada"));
        // Root may write everything.
        assert!(is_root || said.as_ref().is_err_and(|said| said.contains("can't be written")), "{said:?}");
        // Another user's file, where the test can create one.
        if is_root {
            let theirs = scene.write("theirs", "[x]\n");
            std::os::unix::fs::chown(&theirs, Some(12345), None).unwrap();
            let said = CredentialsFile::at(&theirs).add(&profile("ada")).unwrap_err();
            assert!(said.contains("belongs to another user (12345)"), "{said}");
            assert_eq!(fs::read_to_string(&theirs).unwrap(), "[x]\n");
        }
    }
}

#[test]
fn no_error_contains_the_secret() {
    let scene = Scene::new();
    let taken = scene.write("credentials", section("ada"));
    let said = CredentialsFile::at(&taken).add(&profile("ada")).unwrap_err();
    assert!(!said.contains(SECRET) && !format!("{:?}", profile("ada")).contains(SECRET));
}

/// Whether the bytes whose inverse is `turned` are anywhere in this process's writable memory.
#[cfg(target_os = "linux")]
fn is_in_memory(turned: &[u8]) -> bool {
    use std::os::unix::fs::FileExt;
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let memory = fs::File::open("/proc/self/mem").unwrap();
    let mut page = vec![0; 1 << 20];
    let writable = maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw")));
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
            // Overlap the pages, unless this was the last one.
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
fn the_key_is_erased_from_memory() {
    let scene = Scene::new();
    scene.write("credentials", "[personal]\n");
    let secret = crate::secret::Secret::generate(40);
    let turned: Vec<u8> = secret.expose().bytes().map(|byte| !byte).collect();
    let profile = NewProfile { name: "work".into(), key_id: "AKIAEXAMPLE".into(), secret };
    assert!(is_in_memory(&turned), "the search finds it while it is there");
    CredentialsFile::at(scene.path("credentials")).add(&profile).unwrap();
    drop(profile);
    assert!(!is_in_memory(&turned), "neither in what we had nor in what was made of it for the file");
}
