use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use model::UnixMs;
use vault::{KeyFile, KeyProvider, VaultError};

use crate::stories;

#[test]
fn a_key_file_keeps_its_keys() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    let made = KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    stories::keys_open_what_they_wrapped(Arc::new(made), &|| Arc::new(KeyFile::open(&path).unwrap()));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn keys_are_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    assert!(KeyFile::create(&path, [3; 32], [4; 32], UnixMs(1)).is_err());
}

#[test]
fn a_file_that_others_can_read_or_that_is_not_whole_is_refused_and_never_quoted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    KeyFile::create(&path, [0xab; 32], [0xcd; 32], UnixMs(1)).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let refused = |what: &str| match KeyFile::open(&path) {
        Err(VaultError::KeyFile(message)) => {
            assert!(message.contains(what), "{message}");
            assert!(!message.contains("abab") && !message.contains("cdcd"), "{message}");
        }
        other => panic!("{other:?}"),
    };
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    refused("chmod 600");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    for cut in [0, 1, text.len() / 2, text.len() - 2] {
        std::fs::write(&path, &text[..cut]).unwrap();
        refused("damaged");
    }
    std::fs::write(&path, text.replace("abab", "abac")).unwrap();
    refused("checksum");
    std::fs::write(&path, text.replace("\"root\"", "\"more\": 1, \"root\"")).unwrap();
    refused("damaged");
    std::fs::write(&path, &text).unwrap();
    KeyFile::open(&path).unwrap();
    let link = dir.path().join("link.key");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(matches!(KeyFile::open(&link), Err(VaultError::KeyFile(m)) if m.contains("plain file")));
}

#[test]
fn a_newer_programs_file_is_named_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    let text = std::fs::read_to_string(&path).unwrap().replace("whosaw-keys/v1", "whosaw-keys/v2");
    std::fs::write(&path, text).unwrap();
    let error = KeyFile::open(&path).unwrap_err().to_string();
    assert!(error.contains("`whosaw-keys/v2`") && error.contains("`whosaw-keys/v1`"), "{error}");
}

#[test]
fn processes_that_rotate_at_once_lose_no_version() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    // Each thread opens the file for itself, as the server and the command line do.
    let versions: Vec<u32> = std::thread::scope(|s| {
        let path = &path;
        let open = KeyFile::open(path).unwrap();
        let at_once: Vec<_> = (0..8u8)
            .map(|n| (n, KeyFile::open(path).unwrap()))
            .map(|(n, keys)| s.spawn(move || keys.rotate([n; 32], UnixMs(2)).unwrap()))
            .collect();
        let mut versions: Vec<u32> = at_once.into_iter().map(|t| t.join().unwrap()).collect();
        versions.push(open.rotate([9; 32], UnixMs(3)).unwrap());
        versions
    });
    let mut sorted = versions.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (2..=10).collect::<Vec<_>>());
    assert_eq!(KeyFile::open(&path).unwrap().describe().versions.len(), 10);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_running_server_opens_what_the_command_line_wrapped_under_a_newer_version() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    let server = KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    let command = KeyFile::open(&path).unwrap();
    command.rotate([3; 32], UnixMs(2)).unwrap();
    let wrapped = command.wrap(&[7; 32], [1; 12], b"aad").unwrap();
    assert_eq!((wrapped.kek_version, server.current()), (2, 1));
    assert_eq!(*server.unwrap(&wrapped, b"aad").unwrap(), [7; 32]);
    assert_eq!(server.current(), 2);
}

#[test]
fn a_rotation_that_could_not_be_written_is_not_used() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    let keys = KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    let before = std::fs::read(&path).unwrap();
    // A folder has the name of the file to be written beside.
    let beside = dir.path().join(format!("whosaw.key.{}.new", std::process::id()));
    std::fs::create_dir(&beside).unwrap();
    assert!(matches!(keys.rotate([3; 32], UnixMs(2)), Err(VaultError::KeyFile(_))));
    assert_eq!((keys.current(), std::fs::read(&path).unwrap()), (1, before));
    std::fs::remove_dir(&beside).unwrap();
    // What a process left that died while writing does not stand in the way.
    std::fs::write(&beside, b"half").unwrap();
    assert_eq!(keys.rotate([3; 32], UnixMs(2)).unwrap(), 2);
    KeyFile::open(&path).unwrap();
}

#[test]
fn an_old_version_may_be_missing_but_none_may_stand_twice() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.key");
    let keys = KeyFile::create(&path, [1; 32], [2; 32], UnixMs(1)).unwrap();
    let wrapped = keys.wrap(&[7; 32], [1; 12], b"aad").unwrap();
    keys.rotate([3; 32], UnixMs(2)).unwrap();
    let write = |versions: &[u32]| {
        let mut content: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (root, key) = ("01".repeat(32), "03".repeat(32));
        let text: String = versions.iter().map(|v| format!("|{v}|2|{key}")).collect();
        let sum =
            aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, format!("whosaw-keys/v1{root}{text}").as_bytes());
        content["keys"] =
            versions.iter().map(|v| serde_json::json!({ "version": v, "created_at": 2, "key": key })).collect();
        content["checksum"] = hex::encode(sum).into();
        std::fs::write(&path, content.to_string()).unwrap();
    };
    write(&[2]);
    let keys = KeyFile::open(&path).unwrap();
    assert_eq!(keys.unwrap(&wrapped, b"aad").unwrap_err(), VaultError::NoSuchKey(1));
    assert_eq!(keys.rotate([4; 32], UnixMs(3)).unwrap(), 3);
    write(&[2, 2]);
    assert!(KeyFile::open(&path).is_err());
    write(&[3, 2]);
    assert!(KeyFile::open(&path).is_err());
}
