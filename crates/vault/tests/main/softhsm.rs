//! The token provider against SoftHSM. The module reads its configuration from the environment, which a test cannot set
//! for itself; so each test starts itself once more, as a child with the environment of a token of its own.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass};
use cryptoki::session::{Session, UserType};
use cryptoki::types::{AuthPin, Ulong};
use model::UnixMs;
use vault::{KeyProvider, Pkcs11Provider, VaultError};

use crate::stories;

const MODULES: [&str; 2] = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];
const NEEDED: &str = "SoftHSM is needed for this test: apt-get install softhsm2 (`make test` does it)";

fn module() -> &'static Path {
    MODULES.iter().map(Path::new).find(|m| m.exists()).expect(NEEDED)
}

/// Runs an ignored test of this module in a process whose only token is a new one.
fn with_a_token_of_its_own(story: &str) {
    module();
    let dir = tempfile::tempdir().unwrap();
    let conf = dir.path().join("softhsm2.conf");
    let tokens = dir.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    std::fs::write(&conf, format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display()))
        .unwrap();
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", "whosaw", "--pin", "1234", "--so-pin", "5678"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .expect(NEEDED);
    assert!(made.status.success(), "{made:?}");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("softhsm::{story}"), "--include-ignored", "--nocapture"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned() + &String::from_utf8_lossy(&child.stderr);
    // A renamed story would run nothing and succeed.
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

fn open(pin: &str) -> Result<Pkcs11Provider, VaultError> {
    Pkcs11Provider::open(module(), "whosaw", pin, UnixMs(1))
}

/// The token as its administrator holds it.
fn by_hand() -> (Pkcs11, Session) {
    let library = Pkcs11::new(module()).unwrap();
    let _ = library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
    let slot = library.get_slots_with_initialized_token().unwrap().remove(0);
    let session = library.open_rw_session(slot).unwrap();
    let _ = session.login(UserType::User, Some(&AuthPin::new("1234".into())));
    (library, session)
}

#[test]
fn a_token_keeps_its_keys() {
    with_a_token_of_its_own("child_keys_open_what_they_wrapped");
}

#[test]
#[ignore = "run by a_token_keeps_its_keys, in a child process"]
fn child_keys_open_what_they_wrapped() {
    assert!(Pkcs11Provider::open(module(), "another", "1234", UnixMs(1)).is_err());
    let error = open("4321").unwrap_err().to_string();
    assert!(!error.contains("4321"), "{error}");
    let first = open("1234").unwrap();
    assert_eq!(format!("{first:?}"), "Pkcs11Provider(whosaw)");
    stories::keys_open_what_they_wrapped(Arc::new(first), &|| Arc::new(open("1234").unwrap()));
}

#[test]
fn a_token_never_shows_its_keys() {
    with_a_token_of_its_own("child_keys_cannot_be_read");
}

#[test]
#[ignore = "run by a_token_never_shows_its_keys, in a child process"]
fn child_keys_cannot_be_read() {
    let provider = open("1234").unwrap();
    provider.rotate([0; 32], UnixMs(2)).unwrap();
    let (_library, session) = by_hand();
    let keys = session.find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY)]).unwrap();
    assert_eq!(keys.len(), 3, "the root and two versions");
    for key in keys {
        let read = session.get_attributes(key, &[AttributeType::Value]);
        assert!(read.is_err() || read.unwrap().is_empty());
    }
}

#[test]
fn two_processes_share_a_token() {
    with_a_token_of_its_own("child_another_provider_rotates");
}

#[test]
#[ignore = "run by two_processes_share_a_token, in a child process"]
fn child_another_provider_rotates() {
    let server = open("1234").unwrap();
    let command = Pkcs11Provider::open_existing(module(), "whosaw", "1234").unwrap();
    assert_eq!(command.rotate([0; 32], UnixMs(2)).unwrap(), 2);
    let wrapped = command.wrap(&[7; 32], [1; 12], b"aad").unwrap();
    assert_eq!(*server.unwrap(&wrapped, b"aad").unwrap(), [7; 32], "the server finds the new version");
    // The server's turn: its version comes after, not beside, the command's.
    assert_eq!(server.rotate([0; 32], UnixMs(3)).unwrap(), 3);
    let times: Vec<_> = server.describe().versions.iter().map(|v| (v.version, v.created_at.0)).collect();
    assert_eq!(times, [(1, 1), (2, 2), (3, 3)]);
}

#[test]
fn a_lost_session_is_opened_anew_and_is_not_taken_for_damage() {
    with_a_token_of_its_own("child_the_session_is_lost");
}

#[test]
#[ignore = "run by a_lost_session_is_opened_anew_and_is_not_taken_for_damage, in a child process"]
fn child_the_session_is_lost() {
    let provider = open("1234").unwrap();
    let wrapped = provider.wrap(&[7; 32], [1; 12], b"aad").unwrap();
    let derived = provider.derive(b"x").unwrap();
    let lose = || {
        // What the restart of a token's service looks like from here: no session is known any more.
        let (library, session) = by_hand();
        drop(session);
        library.finalize().unwrap();
    };
    lose();
    assert_eq!(*provider.unwrap(&wrapped, b"aad").unwrap(), [7; 32]);
    lose();
    assert_eq!(provider.derive(b"x").unwrap(), derived);
    lose();
    provider.wrap(&[7; 32], [1; 12], b"aad").unwrap();
    assert_eq!(provider.unwrap(&wrapped, b"other").unwrap_err(), VaultError::Damaged);
    // The token itself is gone: that is the provider's failure, not the data's.
    let (_library, session) = by_hand();
    for key in session.find_objects(&[]).unwrap() {
        session.destroy_object(key).unwrap();
    }
    drop(session);
    lose();
    assert!(matches!(provider.unwrap(&wrapped, b"aad").unwrap_err(), VaultError::Provider(_)));
}

#[test]
fn a_token_that_is_not_wholly_ours_is_refused() {
    with_a_token_of_its_own("child_half_a_token");
}

#[test]
#[ignore = "run by a_token_that_is_not_wholly_ours_is_refused, in a child process"]
fn child_half_a_token() {
    let existing = || Pkcs11Provider::open_existing(module(), "whosaw", "1234").map(drop);
    assert!(existing().is_err(), "an empty token is not the one with our keys");
    drop(open("1234").unwrap());
    existing().unwrap();

    // A key with our label that can be read out.
    let (_library, session) = by_hand();
    let weak = [
        Attribute::Label(b"whosaw-kek".to_vec()),
        Attribute::Id([9u32.to_be_bytes().as_slice(), &1i64.to_be_bytes()].concat()),
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(false),
        Attribute::Extractable(true),
        Attribute::KeyType(KeyType::AES),
        Attribute::ValueLen(Ulong::new(32)),
    ];
    let weak = session.generate_key(&Mechanism::AesKeyGen, &weak).unwrap();
    assert!(existing().unwrap_err().to_string().contains("can be read out"));
    session.destroy_object(weak).unwrap();
    existing().unwrap();

    // The root is gone: a new one would cut the instance off from its indexes and system keys.
    let root = session.find_objects(&[Attribute::Label(b"whosaw-root".to_vec())]).unwrap();
    session.destroy_object(root[0]).unwrap();
    assert!(open("1234").unwrap_err().to_string().contains("whosaw-root"));
}
