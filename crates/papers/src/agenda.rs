//! Days to keep, as a calendar file that every telephone reads (RFC 5545).

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::Timestamp;
use kernel::Day;

/// One day to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appointment {
    /// Stays the same when the calendar is read again, so that nothing stands twice.
    pub uid: String,
    pub day: Day,
    pub title: String,
    pub text: String,
    pub href: Option<String>,
}

/// The calendar's text. `stamp` is the moment at which it is told.
pub fn ics(name: &str, stamp: Timestamp, days: &[Appointment]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for one in days {
        let next = one.day.tomorrow().unwrap_or(one.day);
        let mut event = Event::new();
        event.uid(&one.uid).summary(&one.title).description(&one.text);
        for (key, day) in [("DTSTART", one.day), ("DTEND", next)] {
            let mut property = Property::new(key, day.strftime("%Y%m%d").to_string());
            event.append_property(property.add_parameter("VALUE", "DATE").done());
        }
        event.append_property(Property::new("DTSTAMP", stamp.strftime("%Y%m%dT%H%M%SZ").to_string()));
        if let Some(href) = &one.href {
            event.url(href);
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}
