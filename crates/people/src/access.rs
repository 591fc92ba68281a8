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
    /// In the seat's very unit: what is private is not for those who look on from above or beside.
    Very,
    /// In the seat's own body.
    Own,
    /// In the seat's body and those under it.
    Under,
    /// There, and where the seat's body takes part.
    Party,
    /// In the seat's own body, and where it takes part.
    Book,
    /// At the seat's place and what lies in it: numbers roll up by place.
    Place,
    /// Everywhere: what is public within the house.
    Any,
}

const ALL: &[Role] = &Role::ALL;
const WRITERS: &[Role] = &[Leader, Clerk, Approver, Inspector];
const WRITERS_AND_ADMINISTRATOR: &[Role] = &[Leader, Clerk, Approver, Inspector, Administrator];

/// Acts, the roles that may, and where. The first pattern that fits an act counts, with all its rows; what is in no row nobody may.
const TABLE: &[(&str, &[Role], Reach)] = &[
    ("home", ALL, Reach::Any),
    ("account.*", ALL, Reach::Any),
    ("record.read", ALL, Reach::Party),
    ("record.export", ALL, Reach::Party),
    ("record.unseal", &[Leader, Clerk], Reach::Very),
    // The sealed identity of a denouncer: asked for by a handler, agreed to by another person of the same body.
    ("record.identity", &[Leader, Clerk, Inspector], Reach::Very),
    ("vault.key", WRITERS, Reach::Any),
    ("vault.name", &[Leader], Reach::Very),
    ("vault.see", &[Leader, Clerk, Inspector], Reach::Very),
    // Those above recognise and decide; keeping the book is for the body itself and those who take part.
    ("record.step", &[Leader, Approver], Reach::Party),
    ("record.step", &[Clerk, Inspector], Reach::Book),
    ("record.void", &[Leader, Approver], Reach::Own),
    ("record.import", &[Clerk, Leader, Approver], Reach::Under),
    ("record.*", WRITERS, Reach::Own),
    ("figure.keep", WRITERS_AND_ADMINISTRATOR, Reach::Own),
    ("figure.*", ALL, Reach::Place),
    ("target.*", ALL, Reach::Place),
    // What one watches is one's own; what it tells is asked for by the rights of each.
    ("watch.own", ALL, Reach::Any),
    ("duty.*", ALL, Reach::Place),
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
    // A table is asked from one's own body and those under it; each answers for itself.
    ("request.read", ALL, Reach::Own),
    ("request.ask", WRITERS, Reach::Under),
    ("request.answer", &[Clerk, Leader], Reach::Own),
    ("request.close", WRITERS, Reach::Own),
    ("job.cancel", WRITERS_AND_ADMINISTRATOR, Reach::Under),
    ("job.*", ALL, Reach::Under),
    ("people.*", &[Administrator], Reach::Under),
    ("post.*", &[Administrator], Reach::Under),
    ("pack.*", &[Administrator], Reach::Any),
    ("calendar.read", ALL, Reach::Any),
    // Asked of every unit at which someone sits: the days hold for all of them.
    ("calendar.enter", &[Administrator], Reach::Place),
];

fn reach(act: &str, role: Role) -> Option<Reach> {
    let fits = |pattern: &str| match pattern.strip_suffix('*') {
        Some(start) => act.starts_with(start),
        None => pattern == act,
    };
    let (first, ..) = TABLE.iter().find(|(pattern, ..)| fits(pattern))?;
    let mut rows = TABLE.iter().filter(|(pattern, ..)| pattern == first);
    rows.find(|(_, roles, _)| roles.contains(&role)).map(|(.., reach)| *reach)
}

/// Whether a role at a seat may do an act to a target on a day.
pub fn allows(tree: &Tree, role: Role, seat: Unit, act: &str, target: &Target, today: Day) -> bool {
    let Some(reach) = reach(act, role).filter(|_| !target.sealed) else { return false };
    let Some(unit) = target.unit.map(Unit) else { return true };
    let at = tree.at(today);
    let holder = at.holder(unit).unit;
    // Who sits at a place sits in all its bodies; who sits in a body, in that one.
    let own = unit == seat || holder == seat || (seat.slot() == 0 && !at.is_body(seat) && holder.ground() == seat);
    // The seat at a place has what lies in it; the seat of a body has the bodies that answer to it. Who ended is worked by its holder.
    let under = || {
        own || at.superiors(holder).contains(&seat)
            || (!at.is_body(seat) && (holder.ground() == seat || at.inside(holder.ground(), seat)))
    };
    match reach {
        Reach::Any => true,
        Reach::Very => unit == seat || holder == seat,
        Reach::Own => own,
        Reach::Under => under(),
        Reach::Book => own || target.parties.contains(&seat.0),
        Reach::Party => under() || target.parties.contains(&seat.0),
        Reach::Place => {
            let ground = at.place(seat).unwrap_or_else(|| seat.ground());
            under() || holder.ground() == ground || at.inside(holder.ground(), ground)
        }
    }
}

/// Whose records a seat reads: what [`allows`] says one by one, as units for a query. What its body takes part in comes besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Keys of the places, and of bodies with a row, in ascending order: those that ended and are held by one of these included.
    pub places: Vec<i64>,
    /// Without: every unit at those places.
    pub units: Option<Vec<i64>>,
    pub seat: i64,
}

impl Reading {
    pub fn holds(&self, unit: Unit) -> bool {
        let known = self.places.binary_search(&unit.key()).is_ok();
        known && self.units.as_ref().is_none_or(|units| units.binary_search(&unit.0).is_ok())
    }
}

/// The typed scope of lists and figures. It walks all that lies in the seat's place: keep it for as long as the tree and the day stay.
pub fn reading(tree: &Tree, seat: Unit, today: Day) -> Reading {
    let at = tree.at(today);
    let whole = at.place(seat).unwrap_or_else(|| seat.ground());
    let held_here = |unit: &Unit| {
        let ground = at.holder(*unit).unit.ground();
        ground == whole || at.inside(ground, whole)
    };
    let mut places: Vec<Unit> = tree.units().filter(held_here).collect();
    places.sort_unstable();
    let reads = |unit: &Unit| allows(tree, Role::Auditor, seat, "record.read", &Target::unit(unit.0), today);
    let units = at.is_body(seat).then(|| {
        let slots: Vec<u8> = (1..64).filter(|slot| tree.kinds().in_slot(*slot).is_some()).collect();
        let all = places.iter().flat_map(|place| {
            std::iter::once(*place).chain(slots.iter().map(|slot| place.body(*slot)).filter(|_| place.slot() == 0))
        });
        let mut units: Vec<i64> = all.filter(reads).map(|unit| unit.0).collect();
        units.sort_unstable();
        units.dedup();
        units
    });
    Reading { places: places.into_iter().map(Unit::key).collect(), units, seat: seat.0 }
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
