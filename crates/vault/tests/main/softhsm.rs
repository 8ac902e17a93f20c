//! The token provider against SoftHSM. The module reads its configuration from the environment, which a test cannot set
//! for itself; so the test starts itself once more, as a child with the environment of its own token.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use model::UnixMs;
use vault::Pkcs11Provider;

use crate::stories;

const MODULES: [&str; 2] = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"];
const CHILD: &str = "softhsm::in_a_process_with_its_own_token";

fn module() -> &'static Path {
    let found = MODULES.iter().map(Path::new).find(|m| m.exists());
    found.expect("SoftHSM is needed for this test: apt-get install softhsm2 (`make test` does it)")
}

#[test]
fn a_token_keeps_its_keys_and_never_shows_them() {
    let dir = tempfile::tempdir().unwrap();
    let conf = dir.path().join("softhsm2.conf");
    let tokens = dir.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    std::fs::write(&conf, format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display()))
        .unwrap();
    module();
    let made = Command::new("softhsm2-util")
        .args(["--init-token", "--free", "--label", "whosaw", "--pin", "1234", "--so-pin", "5678"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .expect("softhsm2-util runs");
    assert!(made.status.success(), "{made:?}");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--include-ignored", "--nocapture"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned() + &String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

/// Run by the test above with a token of its own; by itself it would meet whatever token the machine has.
#[test]
#[ignore = "run by a_token_keeps_its_keys_and_never_shows_them, in a child process"]
fn in_a_process_with_its_own_token() {
    let open = |pin: &str| Pkcs11Provider::open(module(), "whosaw", pin, UnixMs(1));
    assert!(Pkcs11Provider::open(module(), "another", "1234", UnixMs(1)).is_err());
    assert!(open("4321").is_err());
    let first = open("1234").unwrap();
    stories::keys_open_what_they_wrapped(Arc::new(first), &|| Arc::new(open("1234").unwrap()));
}
