//! Sums are conserved in every geography, whatever is merged, split, moved or decided late.

use std::collections::HashMap;

use jiff::civil::date;
use kernel::Day;
use proptest::prelude::*;

use super::{
    decisions::{decision, row},
    kinds, lists, vietnam,
};
use crate::{Act, Decision, Geography, Holder, New, Part, Rows, Scope, Target, Tree, Unit, record};

const FIRST: Day = date(2020, 1, 1);

/// A fact: whose, when, how much.
type Fact = (Unit, Day, i64);

fn day(number: u16) -> Day {
    FIRST.checked_add(jiff::Span::new().days(i64::from(number))).unwrap()
}

/// 2 provinces, 3 districts each, 4 communes each.
fn country() -> Rows {
    let mut rows = vec![row(1, "vn", "Việt Nam", "quoc-gia", 0)];
    for province in 0..2 {
        let key = 10 + province;
        rows.push(row(key, &format!("{}", 90 + province), &format!("Tỉnh {province}"), "tinh", 1));
        for district in 0..3 {
            let above = key;
            let key = 100 + province * 10 + district;
            rows.push(row(key, &key.to_string(), &format!("Huyện {key}"), "huyen", above));
            for commune in 0..4 {
                let below = key * 10 + commune;
                rows.push(row(below, &format!("{below:05}"), &format!("Xã {below}"), "xa", key));
            }
        }
    }
    Rows { versions: rows, successions: Vec::new() }
}

/// An act on whatever stands on its day, chosen by numbers.
fn act(tree: &Tree, on: Day, id: i64, (verb, first, second, third): (u8, u16, u16, u16)) -> Option<Act> {
    let at = tree.at(on);
    let level = |id: &str| at.under(Unit::place(1), &tree.kinds().scope(Some(id), &[], None).unwrap());
    let (districts, communes) = (level("district"), level("commune"));
    let pick = |units: &[Unit], by: u16| units.get(usize::from(by) % units.len().max(1)).copied();
    let units = if verb % 3 == 0 { &districts } else { &communes };
    let (one, other) = (pick(units, first)?, pick(units, second)?);
    let kind = if verb % 3 == 0 { "huyen" } else { "xa" };
    let new = |offset: i64, parent| New {
        unit: Unit::place(1_000_000 + id * 10 + offset),
        code: format!("m{id}-{offset}"),
        name: format!("Mới {id} {offset}"),
        kind: kind.into(),
        parent,
    };
    Some(match verb % 12 {
        0..4 => Act::Merge { units: vec![one, other], into: Target::New(new(0, at.parent(one)?)) },
        4..7 => {
            let main = third % 3;
            let part = |into, index| Part { into, main: main == index, rule: String::new() };
            let rest =
                if third.is_multiple_of(2) { Target::New(new(1, at.parent(other)?)) } else { Target::Old(other) };
            Act::Split { unit: one, into: vec![part(Target::New(new(0, at.parent(one)?)), 0), part(rest, 1)] }
        }
        7 | 8 => Act::Move {
            unit: one,
            parent: if verb.is_multiple_of(3) {
                Unit::place(10 + i64::from(third % 2))
            } else {
                pick(&districts, third)?
            },
        },
        9 | 10 => Act::Close { unit: one, heir: (third % 2 == 0 && one != other).then_some(other) },
        _ => Act::Rename { unit: one, name: format!("Tên {id}") },
    })
}

/// The same by walking up, step by step: at which units of `last` a fact counts.
fn walk(tree: &Tree, (unit, day, _): Fact, geography: Geography, last: Day) -> Vec<Unit> {
    let at = tree.at(if let Geography::At(date) = geography { date } else { day });
    let told = tree.at(last);
    let mut found: Vec<Unit> = Vec::new();
    for place in at.ancestors(at.holder(unit).unit) {
        let held = match geography {
            Geography::Then => told.holder(place),
            Geography::At(_) => Holder { unit: place, loose: false },
        };
        let higher = found.last().is_none_or(|below| told.level(held.unit) < told.level(*below));
        if higher && (!held.loose || at.parent(place).is_none()) {
            found.push(held.unit);
        }
    }
    found
}

/// Each level's units that stand on `last`, with what counts for them; what counts for none stays above.
fn check(tree: &Tree, facts: &[Fact], window: (Day, Day), geography: Geography) {
    let total: i64 = facts.iter().map(|fact| fact.2).sum();
    let told = match geography {
        Geography::Then => window.1,
        Geography::At(date) => date,
    };
    let at = tree.at(told);
    let root = tree.root().unwrap();
    let sum = |target: Unit| -> i64 {
        let ground = tree.ground(target, window, geography);
        facts.iter().filter(|(unit, day, _)| ground.holds(*unit, *day)).map(|fact| fact.2).sum()
    };
    assert_eq!(sum(root), total, "the nation holds all");
    // Every fact has one chain: each unit's sum is what the chains say, and no level has it twice.
    let mut by_chain: HashMap<Unit, i64> = HashMap::new();
    let telling = tree.telling(window, geography, told);
    for (unit, day, amount) in facts {
        let (chain, _) = telling.chain(*unit, *day);
        let places: Vec<Unit> = chain.iter().copied().filter(|unit| unit.slot() == 0).collect();
        assert_eq!(places, walk(tree, (*unit, *day, *amount), geography, told));
        assert_eq!(places.last(), Some(&root));
        assert_eq!(places.first().copied(), Some(telling.lowest(*unit, *day).unit.ground()));
        for unit in chain {
            *by_chain.entry(unit).or_default() += amount;
        }
    }
    for place in at.under(root, &Scope::default()) {
        let whole = sum(place);
        assert_eq!(whole, by_chain.get(&place).copied().unwrap_or(0), "{place:?} {geography:?}");
        if geography != Geography::Then {
            // As of a date the tree is one: parts and what stays with the whole add up to it.
            let parts: i64 = at.children(place).into_iter().map(&sum).sum();
            let own: i64 =
                facts.iter().filter(|fact| at.holder(fact.0).unit.ground() == place).map(|fact| fact.2).sum();
            assert_eq!(parts + own, whole, "children of {place:?} on {told}");
        }
    }
    for level in ["province", "district", "commune"] {
        let units = at.under(root, &tree.kinds().scope(Some(level), &[], None).unwrap());
        let below: i64 = units.into_iter().map(&sum).sum();
        let level = tree.kinds().level(level);
        let level = level.unwrap();
        let unassigned = facts.iter().filter(|(unit, day, _)| telling.place(*unit, *day, level).is_none());
        assert_eq!(below + unassigned.map(|fact| fact.2).sum::<i64>(), total);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_lost_or_counted_twice(
        steps in prop::collection::vec((0_u16..900, (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>()), any::<bool>()), 1..14),
        seeds in prop::collection::vec((any::<u16>(), 0_u16..1000, any::<bool>(), 1_i64..100), 1..40),
        dates in prop::collection::vec(0_u16..1000, 2),
    ) {
        let (base, kinds) = (country(), kinds());
        let mut decisions: Vec<Decision> = Vec::new();
        let mut facts: Vec<Fact> = Vec::new();
        let mut tree = Tree::build(&base, kinds.clone()).unwrap();
        let mut seeds = seeds.into_iter();
        for (number, (on, numbers, undo)) in steps.into_iter().enumerate() {
            // Facts are entered at what stands as far as is known then; decisions of any day follow later.
            for (by, when, body, amount) in seeds.by_ref().take(3) {
                let units = tree.at(day(when)).under(Unit::place(1), &Scope::default());
                let unit = units[usize::from(by) % units.len()];
                facts.push((if body { unit.body(1) } else { unit }, day(when), amount));
            }
            let id = i64::try_from(number).unwrap() + 1;
            let Some(act) = act(&tree, day(on), id, numbers) else { continue };
            let mut new = decision(id, day(on), vec![act]);
            if undo && number % 4 == 3 {
                new = Decision { acts: vec![], undoes: decisions.last().map(|last| last.id), ..new };
            }
            if let Ok(rows) = record(&base, &decisions, &new, &kinds) {
                decisions.push(new);
                tree = Tree::build(&rows, kinds.clone()).unwrap();
            }
        }
        let window = (FIRST, day(1000));
        check(&tree, &facts, window, Geography::Then);
        for date in dates {
            check(&tree, &facts, window, Geography::At(day(date)));
        }
    }
}

#[test]
fn sums_of_the_whole_country_are_conserved_over_its_reforms() {
    let tree = vietnam();
    let window = (date(2018, 1, 1), date(2026, 11, 22));
    let mut facts: Vec<Fact> = Vec::new();
    for row in lists().versions.iter().step_by(7) {
        let unit = Unit::place(row.place);
        let on = row.from.start().max(window.0);
        facts.push((if row.place % 2 == 0 { unit.body(1) } else { unit }, on, row.place % 97 + 1));
    }
    let total: i64 = facts.iter().map(|fact| fact.2).sum();
    for geography in [Geography::Then, Geography::At(window.1), Geography::At(date(2021, 6, 30))] {
        let told = if let Geography::At(date) = geography { date } else { window.1 };
        let at = tree.at(told);
        let provinces = at.under(tree.root().unwrap(), &tree.kinds().scope(Some("province"), &[], None).unwrap());
        let grounds: Vec<_> = provinces.iter().map(|province| tree.ground(*province, window, geography)).collect();
        let mut sums = 0;
        let mut above = 0;
        for (unit, day, amount) in &facts {
            match grounds.iter().filter(|ground| ground.holds(*unit, *day)).count() {
                0 => above += amount,
                1 => sums += amount,
                more => panic!("{unit:?} counts {more} times"),
            }
        }
        assert_eq!(sums + above, total);
        // Today's provinces hold every old unit's ground; the old ones cannot share out that of 23 new ones.
        assert_eq!(above > 97, told < date(2025, 7, 1), "{geography:?}: {above}");
    }
}
