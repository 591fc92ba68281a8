use pack::register::Role::{self, Administrator, Approver, Auditor, Clerk, Inspector, Leader};
use units::Unit;
use web::Target;

use super::{TODAY, commune, tree, unit};
use crate::{allows, reading};

const BOOKS: [Role; 4] = [Leader, Clerk, Approver, Inspector];

/// Each act for everyone who may do it at some place, and the places: own body, another body of the same province, a body under it,
/// one of another province, one whose book another keeps but in which the seat takes part.
const MATRIX: [(&str, &[Role], &str); 32] = [
    ("home", &Role::ALL, "own beside under foreign party"),
    ("account.password", &Role::ALL, "own beside under foreign party"),
    ("record.read", &Role::ALL, "own under party"),
    ("record.export", &Role::ALL, "own under party"),
    ("record.write", &BOOKS, "own"),
    ("record.create", &BOOKS, "own"),
    ("record.step", &[Leader, Approver], "own under party"),
    ("record.step", &[Clerk, Inspector], "own party"),
    ("record.void", &[Leader, Approver], "own"),
    ("record.unseal", &[Leader, Clerk], "own"),
    ("record.import", &[Leader, Clerk, Approver], "own under"),
    ("figure.read", &Role::ALL, "own beside under party"),
    ("target.read", &Role::ALL, "own beside under party"),
    ("report.read", &Role::ALL, "own beside under party"),
    ("report.write", &[Leader, Clerk], "own"),
    ("report.submit", &[Leader, Clerk], "own"),
    ("report.accept", &[Leader, Approver], "own under"),
    ("report.return", &[Leader, Approver], "own under"),
    ("report.issue", &[Leader, Approver], "own under"),
    ("unit.read", &Role::ALL, "own beside under foreign party"),
    ("unit.decide", &[Administrator], "own beside under party"),
    ("people.list", &[Administrator], "own under"),
    ("people.add", &[Administrator], "own under"),
    ("people.seat", &[Administrator], "own under"),
    ("people.invite", &[Administrator], "own under"),
    ("people.disable", &[Administrator], "own under"),
    ("post.enter", &[Administrator], "own under"),
    ("pack.lay", &[Administrator], "own beside under foreign party"),
    ("job.see", &Role::ALL, "own under"),
    ("job.cancel", &[Leader, Clerk, Approver, Inspector, Administrator], "own under"),
    ("nothing.known", &[], ""),
    ("recordx", &[], ""),
];

#[test]
fn who_may_do_what_where() {
    let (tree, seat) = (tree(), unit("31/ubnd"));
    let places: [(&str, Target); 6] = [
        ("own", Target::unit(seat.0)),
        ("beside", Target::unit(unit("31/dang-uy").0)),
        ("under", Target::unit(commune("ubnd").0)),
        ("foreign", Target::unit(unit("01/ubnd").0)),
        ("party", Target::unit(unit("31/dang-uy").0).parties([seat.0])),
        ("sealed", Target::unit(seat.0).sealed(true)),
    ];
    let acts: std::collections::BTreeSet<&str> = MATRIX.iter().map(|(act, ..)| *act).collect();
    for act in acts {
        for role in Role::ALL {
            let row = MATRIX.iter().find(|(known, roles, _)| *known == act && roles.contains(&role));
            for (place, target) in &places {
                let expected = row.is_some_and(|(.., places)| places.split(' ').any(|known| known == *place));
                let allowed = allows(&tree, role, seat, act, target, TODAY);
                assert_eq!(allowed, expected, "{role:?} {act} {place}");
            }
        }
    }
}

#[test]
fn nobody_reaches_up_and_an_auditor_changes_nothing() {
    let tree = tree();
    let (low, high) = (commune("ubnd"), unit("31/ubnd"));
    for act in ["record.read", "record.write", "record.step", "people.invite", "report.accept", "figure.read"] {
        for role in Role::ALL {
            assert!(!allows(&tree, role, low, act, &Target::unit(high.0), TODAY), "{role:?} {act}");
        }
    }
    for act in [
        "record.write",
        "record.step",
        "record.void",
        "record.import",
        "record.unseal",
        "report.write",
        "report.submit",
        "report.accept",
        "report.issue",
        "unit.decide",
        "people.add",
        "post.end",
        "pack.lay",
        "job.cancel",
    ] {
        assert!(!allows(&tree, Auditor, high, act, &Target::unit(high.0), TODAY), "{act}");
        assert!(act.starts_with("record.") || !allows(&tree, Clerk, high, "people.add", &Target::unit(high.0), TODAY));
    }
}

#[test]
fn a_seat_at_a_place_reaches_all_that_lies_in_it() {
    let (tree, seat) = (tree(), unit("31"));
    let reads = |unit: Unit| allows(&tree, Inspector, seat, "record.read", &Target::unit(unit.0), TODAY);
    assert!(reads(unit("31/ubnd")) && reads(unit("31/dang-uy")) && reads(commune("")) && reads(commune("dang-uy")));
    assert!(!reads(unit("01")) && !reads(unit("01/ubnd")));
    // It sits in all bodies of the place: keeps their books, not those of communes, and opens nothing private of theirs.
    let leads = |act: &str, unit: Unit| allows(&tree, Leader, seat, act, &Target::unit(unit.0), TODAY);
    assert!(leads("record.write", unit("31/ubnd")) && leads("record.write", seat) && leads("record.unseal", seat));
    assert!(!leads("record.write", commune("ubnd")) && !leads("record.unseal", unit("31/ubnd")));
    // What ended is worked by its holder: a commune of Hải Dương before 1/7/2025 lies in Hải Phòng now.
    let old = tree.find("30", jiff::civil::date(2025, 6, 1)).unwrap();
    assert!(!tree.at(TODAY).exists(old) && reads(old));
}

#[test]
fn a_list_holds_exactly_what_may_be_read() {
    let tree = tree();
    let at = tree.at(TODAY);
    let near: Vec<Unit> = tree.units().filter(|place| at.inside(at.holder(*place).unit, unit("31"))).collect();
    let far = [unit("01"), unit("01/ubnd"), unit("vn"), tree.find("vn/ubnd", TODAY).unwrap()];
    for seat in [unit("31"), unit("31/ubnd"), unit("31/dang-uy"), commune(""), commune("ubnd"), commune("mttq")] {
        let scope = reading(&tree, seat, TODAY);
        assert_eq!(scope.seat, seat.0);
        let slots = (1..64).filter(|slot| tree.kinds().in_slot(*slot).is_some());
        let slots: Vec<u8> = std::iter::once(0).chain(slots).collect();
        let all = near.iter().flat_map(|place| slots.iter().map(|slot| place.body(*slot))).chain(far);
        let mut read = 0;
        for unit in all {
            let allowed = allows(&tree, Clerk, seat, "record.read", &Target::unit(unit.0), TODAY);
            assert_eq!(scope.holds(unit), allowed, "{} for {}", at.code(unit), at.code(seat));
            read += usize::from(allowed);
        }
        assert!(read > 0 && scope.holds(seat));
    }
}
