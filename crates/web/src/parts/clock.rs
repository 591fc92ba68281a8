//! Deadlines: the badge that says how long is left, and the panel that proves the day.

use calendar::Mark;
use kernel::{Day, Lang, show_day};
use maud::{Markup, html};

use crate::{icon, t};

/// How a deadline stands. Days left are always working days, whatever the law counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Working days left, today not counted; 0 is due today, below that overdue.
    Left(i64),
    /// Stopped since that day.
    Paused(Day),
    /// Done, with working days to spare (below zero: late by as many).
    Done(i64),
}

/// `full`: "còn 5 ngày làm việc"; in lists "còn 5 ngày".
pub fn due(lang: Lang, due: Due, full: bool) -> Markup {
    let (class, drawing, text) = match due {
        Due::Left(left) if left < 0 => {
            ("due over", "octagon-x", left_text(lang, -left, full, "web.over", "web.over_long"))
        }
        Due::Left(0) => ("due bad", "triangle-alert", t!(lang, "web.due_today")),
        Due::Left(left) => {
            let (class, drawing) = match left {
                1 => ("due bad", "triangle-alert"),
                2..=5 => ("due warn", "hourglass"),
                _ => ("due ok", "clock"),
            };
            (class, drawing, left_text(lang, left, full, "web.left", "web.left_long"))
        }
        Due::Paused(since) => ("due", "pause", t!(lang, "web.paused", day = show_day(since))),
        Due::Done(spare) if spare > 0 => ("due", "check", t!(lang, "web.done_early", count = spare)),
        Due::Done(0) => ("due", "check", t!(lang, "web.done_in_time")),
        Due::Done(spare) => ("due", "check", t!(lang, "web.done_late", count = -spare)),
    };
    html! { span class=(class) { (icon(drawing)) (text) } }
}

fn left_text(lang: Lang, days: i64, full: bool, short_key: &str, long_key: &str) -> String {
    crate::words(lang, if full { long_key } else { short_key }, &[("count", days.into())])
}

/// A deadline with everything that proves it.
pub struct ClockPanel<'a> {
    /// Unique on the page; the badge elsewhere leads to it.
    pub id: &'a str,
    pub title: &'a str,
    pub due: &'a calendar::Due,
    pub badge: Due,
    pub today: Day,
}

/// The longest stretch that is drawn as a calendar; of longer ones, its end.
const WEEKS: usize = 6;

pub fn clock_panel(lang: Lang, panel: &ClockPanel<'_>) -> Markup {
    let due_day = panel.due.due;
    let heading = format!("{}-h", panel.id);
    html! {
        section.panel id=(panel.id) aria-labelledby=(heading) {
            h2 id=(heading) { (panel.title) }
            div.pad.tight {
                p.day { time datetime=(due_day) { (show_day(due_day)) } }
                p.row {
                    (due(lang, panel.badge, true))
                    span.soft.s { (t!(lang, "web.ends_on", day = Weekday(due_day).name(lang))) }
                }
                @if !panel.due.certain { p.note.warn { (t!(lang, "web.due_uncertain")) } }
                details open {
                    summary { b { (t!(lang, "web.why_this_day")) } }
                    div.tight {
                        p.s { (panel.due.sentence(lang)) }
                        (weeks(lang, panel))
                        ul.s.tight.why {
                            @for line in panel.due.lines(lang) {
                                li { @if !line.days.is_empty() { b { (line.days) } ": " } (line.text) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A day of the calendar: its number, and what it is to the deadline.
pub type Counted = (Day, Mark);

fn weeks(lang: Lang, panel: &ClockPanel<'_>) -> Markup {
    let marks = panel.due.marks();
    let (Some((first, _)), Some((last, _))) = (marks.first_key_value(), marks.last_key_value()) else {
        return html! {};
    };
    let days: Vec<Counted> =
        whole_weeks(*first, *last).map(|day| (day, marks.get(&day).cloned().unwrap_or_default())).collect();
    let weeks: Vec<&[Counted]> = days.chunks(7).collect();
    let shown = &weeks[weeks.len().saturating_sub(WEEKS)..];
    html! {
        table.cal {
            caption.vh { (t!(lang, "web.counting_calendar", from = show_day(*first), to = show_day(*last))) }
            thead { tr { @for (day, _) in shown.first().copied().unwrap_or_default() { th scope="col" { (Weekday(*day).short(lang)) } } } }
            tbody { @for week in shown { tr { @for (day, mark) in *week { (cell(lang, panel, *day, mark)) } } } }
        }
    }
}

/// From the Monday of the first to the Sunday of the last.
fn whole_weeks(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let start = first.saturating_sub(jiff::Span::new().days(first.weekday().to_monday_zero_offset()));
    let end = last.saturating_add(jiff::Span::new().days(6 - last.weekday().to_monday_zero_offset()));
    start.series(jiff::Span::new().days(1)).take_while(move |day| *day <= end)
}

fn cell(lang: Lang, panel: &ClockPanel<'_>, day: Day, mark: &Mark) -> Markup {
    let (last, today) = (mark.due, day == panel.today);
    let class = match () {
        () if last => "last",
        () if mark.skipped.is_some() => "off",
        () if mark.number.is_some() => "in",
        () => "",
    };
    html! {
        td class=[Some(class).filter(|class| !class.is_empty() || today).map(|class| if today { format!("{class} today") } else { class.to_owned() })]
            title=[mark.skipped.as_ref().map(|why| why.text(lang))] {
            @if today { span.vh { (t!(lang, "web.today")) " " } }
            @if last { span.vh { (t!(lang, "web.deadline")) " " } }
            (day.day())
            @if mark.event { small { (t!(lang, "web.event_day")) } }
            @else if let Some(number) = mark.number { b { (number) } }
            @else if mark.skipped.is_some() { small { (t!(lang, "web.day_off")) } }
        }
    }
}

/// A day of the week by name.
#[derive(Clone, Copy, Debug)]
pub struct Weekday(pub Day);

impl Weekday {
    fn place(self) -> usize {
        usize::try_from(self.0.weekday().to_monday_zero_offset()).unwrap_or_default()
    }

    pub fn name(self, lang: Lang) -> &'static str {
        let names = match lang {
            Lang::Vi => ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"],
            Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        };
        names[self.place()]
    }

    pub fn short(self, lang: Lang) -> &'static str {
        let names = match lang {
            Lang::Vi => ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
            Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        };
        names[self.place()]
    }
}
