//! `whosaw-verify log DIR`.

use super::command::Bench;
use super::published::{Published, key, publish, story};

fn log() -> Published {
    publish(&story(600), &key(1))
}

/// Exit code for a changed log checked with the right key.
fn code(log: &Published) -> i32 {
    Bench::new(log).run_with_key(&["log", "log"]).code
}

#[test]
fn an_honest_log_passes_with_the_right_key() {
    let answer = Bench::new(&log()).run_with_key(&["log", "log"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("600 entries checked") && answer.text.contains("verdict: ok"));
    assert!(!answer.text.contains("self-consistency"));
    assert_eq!(code(&publish(&[], &key(1))), 0);
}

#[test]
fn a_key_taken_from_beside_the_log_is_called_what_it_is() {
    let bench = Bench::new(&log());
    let answer = bench.run(&["log", "log"]);
    assert_eq!(answer.code, 0);
    assert!(answer.text.contains("proves only self-consistency"), "{}", answer.text);

    bench.put("trusted.key", format!("{}\n", key(1).verifier()).as_bytes());
    assert!(!bench.run(&["log", "log", "--key", "trusted.key"]).text.contains("self-consistency"));

    let mut without = log();
    without.0.remove("log.vkey");
    assert_eq!(Bench::new(&without).run(&["log", "log"]).code, 13);
    without.0.insert("log.vkey".into(), vec![b'x'; 10_000]);
    assert_eq!(Bench::new(&without).run(&["log", "log"]).code, 13);
}

#[test]
fn a_flipped_bit_in_any_file_is_found() {
    for path in log().0.keys() {
        let expected = match path.as_str() {
            "checkpoint" => 13,
            // The key given on the command line is the one that counts.
            "log.vkey" => 0,
            _ => 10,
        };
        let length = log().0[path].len();
        for at in [0, length / 2, length - 1] {
            let mut changed = log();
            changed.0.get_mut(path).unwrap()[at] ^= 4;
            assert_eq!(code(&changed), expected, "{path} byte {at}");
        }
    }
}

#[test]
fn a_deleted_emptied_or_cut_file_is_found() {
    for path in log().0.keys().filter(|path| *path != "log.vkey") {
        let mut deleted = log();
        deleted.0.remove(path);
        assert_eq!(code(&deleted), 12, "{path} deleted");
        for keep in [0, 1, 2] {
            let mut cut = log();
            let bytes = cut.0.get_mut(path).unwrap();
            bytes.truncate(bytes.len() * keep / 3);
            assert_eq!(code(&cut), if path == "checkpoint" { 13 } else { 10 }, "{path} cut to {keep}/3");
        }
        let mut longer = log();
        longer.0.get_mut(path).unwrap().push(b'\n');
        assert_eq!(code(&longer), if path == "checkpoint" { 13 } else { 10 }, "{path} lengthened");
    }
}

#[test]
fn two_files_swapped_are_found() {
    let paths: Vec<String> = log().0.into_keys().filter(|path| path != "log.vkey").collect();
    for (n, one) in paths.iter().enumerate() {
        for other in &paths[n + 1..] {
            let mut swapped = log();
            let (a, b) = (swapped.0[one].clone(), swapped.0[other].clone());
            swapped.0.insert(one.clone(), b);
            swapped.0.insert(other.clone(), a);
            let code = code(&swapped);
            // A bundle is too long to be read as a checkpoint; anything else in its place is no signed note.
            assert!(if one == "checkpoint" { [10, 13].contains(&code) } else { code == 10 }, "{one} {other}: {code}");
        }
    }
}

#[test]
fn an_older_checkpoint_put_back_is_a_rollback_to_whoever_kept_the_newer() {
    let newest = log().note();
    let mut set_back = publish(&story(599), &key(1));
    let bench = Bench::new(&set_back);
    bench.put("kept", newest.as_bytes());
    assert_eq!(bench.run_with_key(&["log", "log", "--since", "kept"]).code, 11);

    // The same with the newer log's tiles left in place.
    set_back.0.extend(log().0.into_iter().filter(|(path, _)| path != "checkpoint"));
    let bench = Bench::new(&set_back);
    bench.put("kept", newest.as_bytes());
    assert_eq!(bench.run_with_key(&["log", "log", "--since", "kept"]).code, 11);
}

#[test]
fn a_rewritten_log_is_a_fork_and_an_honest_one_goes_on() {
    let mut leaves = story(600);
    let earlier = publish(&leaves[..300], &key(1)).note();
    leaves[200].action = 9;
    let rewritten = publish(&leaves[..201], &key(1));
    let bench = Bench::new(&log());
    bench.put("earlier", earlier.as_bytes());
    bench.put("other", rewritten.note().as_bytes());
    let honest = bench.run_with_key(&["log", "log", "--since", "earlier", "--since", "earlier"]);
    assert_eq!(honest.code, 0, "{}", honest.text);
    assert!(honest.text.contains("2 older checkpoints agree"));
    let fork = bench.run_with_key(&["log", "log", "--since", "earlier", "--since", "other"]);
    assert_eq!(fork.code, 11);
    assert!(fork.text.contains("fork: checkpoint older 2"), "{}", fork.text);
}

#[test]
fn a_log_signed_again_with_another_key_is_nobodys() {
    assert_eq!(code(&publish(&story(600), &key(2))), 13);
    let bench = Bench::new(&log());
    bench.put("forged", publish(&story(300), &key(2)).note().as_bytes());
    assert_eq!(bench.run_with_key(&["log", "log", "--since", "forged"]).code, 13);
}

#[test]
fn mistakes_in_the_command_are_usage() {
    let bench = Bench::new(&log());
    for args in [
        vec![],
        vec!["nonsense"],
        vec!["log"],
        vec!["log", "no-such-folder"],
        vec!["log", "log", "--key", "no-such-file"],
        vec!["log", "log", "--key", "a+b+c"],
        vec!["log", "log", "--key", "log"],
        vec!["log", "log", "--since", "no-such-file"],
        vec!["log", "log", "--nonsense"],
        vec!["proof", "no-such-file", "--entry", "log/checkpoint"],
        vec!["evidence", "no-such-file"],
        vec!["evidence", "log/checkpoint", "--log", "no-such-folder"],
    ] {
        let answer = bench.run(&args);
        assert_eq!(answer.code, 20, "{args:?}: {}", answer.text);
        assert!(!answer.text.is_empty());
    }
    assert_eq!(bench.run(&["--help"]).code, 0);
    assert_eq!(bench.run(&["--version"]).code, 0);
}

#[test]
fn files_of_nonsense_are_answered_not_feared() {
    for path in log().0.keys() {
        for nonsense in [vec![0xff; 100], vec![0; 200_000], "\u{1b}[2J\n\n— x ".as_bytes().to_vec()] {
            let mut changed = log();
            changed.0.insert(path.clone(), nonsense);
            let answer = Bench::new(&changed).run(&["log", "log"]);
            assert!([10, 12, 13].contains(&answer.code), "{path}: {} {}", answer.code, answer.text);
            assert!(!answer.text.contains('\u{1b}'));
        }
    }
}
