//! Backups: taken beside a server, recorded, restored, and never behind what was signed.

use std::fs;

use super::support::{Instance, run_in};

#[test]
fn a_backup_taken_beside_the_server_is_recorded_and_restores_to_the_same() {
    let i = Instance::demo(20);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let before = rep.get("/api/v1/records/customer?limit=50&sort=external_id").is(200).json();
    let taken = i.run(&["backup", "--out", "b.whosaw"]).is(0).json();
    let mut auditor = server.sign_in("auditor", &i.passwords[2]);
    let path = format!("/api/v1/audit/events/{}", taken["event"].as_str().unwrap());
    let event = auditor.get(&path).is(200).json();
    assert!(event.to_string().contains("backup.take"), "{event}");
    // Whoever looks after backups sees it by its name, without where it lies.
    let mut admin = server.sign_in("admin", &i.passwords[0]);
    let known = admin.get("/api/v1/admin/backups").is(200).json();
    let named = (&known["items"][0]["file"], &known["items"][0]["with_keys"]);
    assert_eq!(named, (&"b.whosaw".into(), &false.into()), "{known}");
    assert!(i.say("zh", &["backup", "--out", "b.whosaw"]).is(1).err.contains("b.whosaw"), "it overwrites nothing");
    let said = i.run(&["backup", "--out", "c.whosaw", "--as", "rep1"]).is(1).json();
    assert!(said["error"].as_str().unwrap().contains("may not do this"), "{said}");
    assert!(!i.beside("c.whosaw").exists());
    assert_eq!(i.run(&["doctor"]).is(0).json()["ok"], true);
    tried_beside_the_server(&i, &mut admin);
    server.end();

    let dir = i.beside("");
    let without = i.restore(&["--data", "r", "b.whosaw"]).0.is(1).json();
    assert!(without["error"].as_str().unwrap().contains("--keys"), "{without}");
    assert!(!i.beside("r").exists(), "half an instance was left");
    // Without its newest checkpoint the restored instance goes on from the backup.
    let (said, _base) = i.restore(&["--data", "r", "--keys", "i/keys", "b.whosaw"]);
    said.is(0);
    run_in(&dir, &["--json", "doctor", "--data", "r"]).is(0);
    let restored = super::support::Server::start(&i.beside("r"), &["--listen", "127.0.0.1:0"]);
    let mut rep = restored.sign_in("rep1", &i.passwords[0]);
    assert_eq!(rep.get("/api/v1/records/customer?limit=50&sort=external_id").is(200).json(), before);
}

/// A restore is tried, looked at as `doctor` does, and known by what it found; nothing of it is left.
fn tried_beside_the_server(i: &Instance, admin: &mut super::support::Browser) {
    if !i.base.args().is_empty() {
        // The trial wants a database of its own there, and says so before it touches anything.
        let said = i.run(&["restore", "--drill", "b.whosaw"]).is(1).json();
        assert!(said["error"].as_str().unwrap().contains("--database"), "{said}");
        return;
    }
    let tried = i.run(&["restore", "--drill", "b.whosaw"]).is(0).json();
    assert_eq!((&tried["ok"], &tried["trial"]["failed"]), (&true.into(), &serde_json::json!([])), "{tried}");
    assert!(tried["trial"]["records"].as_u64().unwrap() > 20, "{tried}");
    let known = admin.get("/api/v1/admin/backups").is(200).json();
    assert!(known["drill"]["file"] == "b.whosaw" && known["drill_by"].is_string(), "{known}");
    fs::write(i.beside("noise.whosaw"), [7; 5000]).unwrap();
    let tried = i.run(&["restore", "--drill", "noise.whosaw"]).is(3).json();
    assert_eq!(tried["trial"]["failed"], serde_json::json!(["restore"]));
    let known = admin.get("/api/v1/admin/backups").is(200).json();
    assert_eq!(known["drill"]["failed"], serde_json::json!(["restore"]));
    let left = fs::read_dir(i.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().starts_with("drill-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_backup_behind_a_checkpoint_that_was_signed_is_not_taken() {
    let i = Instance::demo(10);
    i.run(&["backup", "--out", "old.whosaw", "--with-keys"]).is(0);
    let server = i.serve();
    server.sign_in("rep1", &i.passwords[0]).get("/api/v1/records/customer").is(200);
    server.end();
    fs::copy(i.path().join("ledger/checkpoint"), i.beside("checkpoint")).unwrap();
    let said = i.restore(&["--data", "r", "--checkpoint", "checkpoint", "old.whosaw"]).0.is(1).json();
    assert!(said["error"].as_str().unwrap().contains("it is an older copy"), "{said}");
    assert!(!i.beside("r").exists());
}

#[test]
fn what_is_no_backup_is_refused_and_nothing_is_left() {
    let i = Instance::init();
    fs::write(i.beside("noise.whosaw"), [7; 5000]).unwrap();
    run_in(&i.beside(""), &["--json", "restore", "--data", "r", "noise.whosaw"]).is(1);
    assert!(!i.beside("r").exists());

    // A tar that wants to write outside.
    let file = zstd::Encoder::new(fs::File::create(i.beside("evil.whosaw")).unwrap(), 1).unwrap();
    let mut tar = tar::Builder::new(file);
    let mut header = tar::Header::new_gnu();
    header.set_size(3);
    header.as_gnu_mut().unwrap().name[..8].copy_from_slice(b"../x.txt");
    header.set_cksum();
    tar.append(&header, &b"hey"[..]).unwrap();
    tar.into_inner().unwrap().finish().unwrap();
    run_in(&i.beside(""), &["--json", "restore", "--data", "r", "evil.whosaw"]).is(1);
    assert!(!i.beside("x.txt").exists() && !i.beside("r").exists());
}
