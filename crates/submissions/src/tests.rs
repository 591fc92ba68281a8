mod clocks;
mod stories;
mod table;

use std::sync::Arc;

use db::testing::Scratch;
use kernel::{Day, parse_day};
use pack::facts::Ground as _;
use records::{
    By, House, Record,
    act::{self, New},
    fill::Input,
    testing::clerk,
    value::Directory as _,
};
use units::Unit;

use crate::{Classify, Repeats, Route};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

async fn house(scratch: &Scratch) -> House {
    let behaviours: Vec<Arc<dyn records::behaviour::Behaviour>> =
        vec![Arc::new(Classify), Arc::new(Route), Arc::new(Repeats)];
    records::testing::house(scratch).await.unwrap().behaving(behaviours)
}

/// A body of a kind at the first place of a level in Hải Phòng, on a day.
fn body(snapshot: &records::Snapshot, level: &str, kind: &str, number: usize, on: Day) -> Unit {
    let tree = &snapshot.tree;
    let slot = tree.kinds().bodies[tree.kinds().body_kind(kind).unwrap()].slot.unwrap();
    let at = tree.at(on);
    let mut places = vec![tree.find("hai-phong", on).unwrap()];
    while snapshot.level(places[0].0, on).as_deref() != Some(level) {
        places = places.iter().flat_map(|place| at.children(*place)).collect();
    }
    places[number].body(slot)
}

fn committee(house: &House, number: usize, on: Day) -> Unit {
    body(&house.now(), "commune", "ubnd", number, on)
}

fn input(fields: &[(&str, &str)]) -> Input {
    fields.iter().fold(Input::default(), |input, (field, text)| input.set(field, *text))
}

fn code(house: &House, unit: Unit, on: Day) -> String {
    house.now().code(unit.0, on)
}

async fn made(house: &House, by: &By, register: &str, fields: &[(&str, &str)], steps: &[(&str, &str)]) -> Record {
    let steps = steps.iter().map(|(step, on)| ((*step).to_owned(), day(on))).collect();
    let new = New { unit: by.seat, input: input(fields), steps, ..New::default() };
    act::create(house, by, register, new).await.unwrap_or_else(|stop| panic!("{register}: {stop}")).record
}

async fn stepped(house: &House, by: &By, record: &Record, step: &str, on: &str, fields: &[(&str, &str)]) -> Record {
    let now = act::read(house, record.id).await.unwrap().0;
    let done = act::take(house, by, record.id, now.version, step, day(on), input(fields)).await;
    done.unwrap_or_else(|stop| panic!("{step}: {stop}")).record
}

fn due(record: &Record, clock: &str) -> Option<Day> {
    record.document.clocks.iter().find(|running| running.clock == clock).map(|running| running.due)
}

fn late_in_2026(house: &House, number: usize) -> By {
    clerk(committee(house, number, day("1/12/2026")).0, day("1/12/2026"))
}
