//! Who may do what: one table of acts and roles, one rule of units. Nothing else decides.

use std::sync::Arc;

use kernel::Day;
use pack::register::Role::{self, Administrator, Approver, Clerk, Inspector, Leader};
use units::{Tree, Unit};
use web::{Access, Target, Who};

use crate::seats::TreeSource;

/// Where an act may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// In the seat's own body.
    Own,
    /// In the seat's body and those under it.
    Under,
    /// There, and where the seat's body takes part.
    Party,
    /// At the seat's place and what lies in it: numbers roll up by place.
    Place,
    /// Everywhere: what is public within the house.
    Any,
}

const ALL: &[Role] = &Role::ALL;
const WRITERS: &[Role] = &[Leader, Clerk, Approver, Inspector];

/// Acts, the roles that may, and where. The first row that fits counts; what is in no row nobody may.
const TABLE: &[(&str, &[Role], Reach)] = &[
    ("home", ALL, Reach::Any),
    ("account.*", ALL, Reach::Any),
    ("record.read", ALL, Reach::Party),
    ("record.export", ALL, Reach::Party),
    ("record.unseal", &[Leader, Clerk], Reach::Own),
    ("record.step", WRITERS, Reach::Party),
    ("record.void", &[Leader, Approver], Reach::Own),
    ("record.import", &[Clerk, Leader, Approver], Reach::Under),
    ("record.*", WRITERS, Reach::Own),
    ("figure.*", ALL, Reach::Place),
    ("target.*", ALL, Reach::Place),
    ("unit.read", ALL, Reach::Any),
    ("unit.decide", &[Administrator], Reach::Place),
    ("report.read", ALL, Reach::Place),
    ("report.create", &[Clerk, Leader], Reach::Own),
    ("report.write", &[Clerk, Leader], Reach::Own),
    ("report.answer", &[Clerk, Leader], Reach::Own),
    ("report.submit", &[Clerk, Leader], Reach::Own),
    ("report.number", &[Clerk, Leader], Reach::Own),
    ("report.return", &[Approver, Leader], Reach::Under),
    ("report.accept", &[Approver, Leader], Reach::Under),
    ("report.issue", &[Leader, Approver], Reach::Under),
    ("job.*", ALL, Reach::Under),
    ("people.*", &[Administrator], Reach::Under),
    ("post.*", &[Administrator], Reach::Under),
    ("pack.*", &[Administrator], Reach::Any),
];

fn row(act: &str) -> Option<&'static (&'static str, &'static [Role], Reach)> {
    TABLE.iter().find(|(pattern, _, _)| match pattern.strip_suffix('*') {
        Some(start) => act.starts_with(start),
        None => *pattern == act,
    })
}

/// Whether a role at a seat may do an act to a target on a day.
pub fn allows(tree: &Tree, role: Role, seat: Unit, act: &str, target: &Target, today: Day) -> bool {
    let Some((_, roles, reach)) = row(act) else { return false };
    if !roles.contains(&role) || target.sealed {
        return false;
    }
    let Some(unit) = target.unit.map(Unit) else { return true };
    let at = tree.at(today);
    let own = unit == seat;
    let holder = at.holder(unit).unit;
    // The seat at a place has what lies in it; the seat of a body has the bodies that answer to it. Who ended is worked by its holder.
    let under = || {
        own || holder == seat
            || at.superiors(holder).contains(&seat)
            || (!at.is_body(seat) && (holder.ground() == seat || at.inside(holder.ground(), seat)))
    };
    match reach {
        Reach::Any => true,
        Reach::Own => own || holder == seat,
        Reach::Under => under(),
        Reach::Party => under() || target.parties.contains(&seat.0),
        Reach::Place => {
            let ground = at.place(seat).unwrap_or_else(|| seat.ground());
            under() || holder.ground() == ground || at.inside(holder.ground(), ground)
        }
    }
}

/// The rights of the people of a house.
pub struct Rights {
    pub tree: TreeSource,
}

impl Access for Rights {
    fn may(&self, who: &Who, act: &str, target: &Target, today: Day) -> bool {
        let tree: Arc<Tree> = (self.tree)();
        Role::parse(&who.seat.role).is_some_and(|role| allows(&tree, role, Unit(who.seat.unit), act, target, today))
    }
}
