use super::*;
use proptest::prelude::*;

fn id(n: u8) -> UserId {
    UserId::from_bytes([n; 16])
}
fn right(n: u8) -> Right {
    let actions = [Action::View, Action::Export, Action::Edit, Action::Reveal, Action::Share];
    let object = ["customer", "contact"][usize::from(n % 2)];
    (actions[usize::from(n / 2) % actions.len()], Some(object.parse().unwrap()))
}
fn role(n: u8) -> RoleName {
    ["rep", "lead", "finance"][usize::from(n % 3)].parse().unwrap()
}
fn width(n: u8) -> Width {
    [Width::Own, Width::Reports, Width::Department, Width::Subtree, Width::All][usize::from(n % 5)]
}

#[test]
fn what_only_reached_own_is_narrowed_to_own() {
    let row =
        |id: &str, n: u8| Row { id: id.into(), role: role(0), rights: [right(n)].into(), width: Some(Width::Subtree) };
    let holder = Holder {
        user: id(1),
        roles: [role(0)].into(),
        last: Some(UnixMs(9)),
        since: UnixMs(0),
        used: [(right(0), Width::Own)].into(),
    };
    let sized = size(&Picture { rows: vec![row("a", 0), row("b", 2)], holders: vec![holder], from: UnixMs(5) });
    let wide = TooWide { row: "a".into(), role: role(0), from: Width::Subtree, to: Width::Own, users: 1 };
    assert_eq!(sized.wide, [wide]);
    assert_eq!(sized.roles[0].unused, [(right(2), vec!["b".to_owned()])]);
    assert_eq!(sized.dormant, []);
}

prop_compose! {
    fn any_row()(n in 0_u8..255, r in 0_u8..3, rights in prop::collection::btree_set(0_u8..10, 1..5), w in prop::option::of(0_u8..5)) -> Row {
        Row { id: format!("row{n}"), role: role(r), rights: rights.into_iter().map(right).collect(), width: w.map(width) }
    }
}
prop_compose! {
    fn any_holder()(n in 0_u8..255, roles in prop::collection::btree_set(0_u8..3, 0..3), last in prop::option::of(0_i64..20),
        since in 0_i64..20, used in prop::collection::btree_map(0_u8..10, 0_u8..5, 0..8)) -> Holder {
        Holder {
            user: id(n),
            roles: roles.into_iter().map(role).collect(),
            last: last.map(UnixMs),
            since: UnixMs(since),
            used: used.into_iter().map(|(r, w)| (right(r), width(w))).collect(),
        }
    }
}

proptest! {
    /// The same by asking each question of each row, holder and right by itself.
    #[test]
    fn it_is_what_brute_force_counts(
        rows in prop::collection::vec(any_row(), 0..8),
        holders in prop::collection::vec(any_holder(), 0..8),
        from in 0_i64..20,
    ) {
        let p = Picture { rows, holders, from: UnixMs(from) };
        let sized = size(&p);
        for r in 0..3 {
            let role = role(r);
            let holds = |h: &&Holder| h.roles.contains(&role);
            let given: BTreeSet<Right> = p.rows.iter().filter(|row| row.role == role).flat_map(|row| row.rights.clone()).collect();
            let told = sized.roles.iter().find(|u| u.role == role);
            if given.is_empty() || !p.holders.iter().any(|h| holds(&h)) {
                prop_assert!(told.is_none());
                continue;
            }
            let told = told.unwrap();
            for n in 0..10 {
                let right = right(n);
                let used = p.holders.iter().filter(holds).any(|h| h.used.contains_key(&right));
                let expected = given.contains(&right) && !used;
                prop_assert_eq!(told.unused.iter().any(|(u, _)| *u == right), expected);
            }
            prop_assert_eq!((told.holders, told.rights), (p.holders.iter().filter(holds).count(), given.len()));
        }
        // Nothing that was done lies outside of what is proposed, and nothing narrower would do.
        for wide in &sized.wide {
            let rows: Vec<&Row> = p.rows.iter().filter(|r| r.id == wide.row && r.role == wide.role && r.width == Some(wide.from)).collect();
            let fits = rows.iter().any(|row| {
                let uses = p.holders.iter().filter(|h| h.roles.contains(&row.role));
                let uses: Vec<Width> = uses.flat_map(|h| row.rights.iter().filter_map(|r| h.used.get(r).copied())).collect();
                !uses.is_empty() && uses.iter().all(|w| *w <= wide.to) && uses.contains(&wide.to)
            });
            prop_assert!(fits && wide.to < wide.from);
        }
        for h in &p.holders {
            let idle = h.since < p.from && h.last.is_none_or(|at| at < p.from);
            if idle {
                prop_assert!(sized.dormant.contains(&(h.user, h.last)));
            }
        }
    }
}
