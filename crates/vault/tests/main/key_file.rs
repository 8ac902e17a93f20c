use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use model::UnixMs;
use vault::{KeyFile, VaultError};

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
