//! One head's duties on a sheet of A4, to carry: one line for each, what is missing in words, the rules at the foot.

use kernel::{Day, Lang, show_day};
use papers::{Block, Column, Format, Inline, Paper, Row, Sign, Table};
use records::Snapshot;
use web::{Answer, Desk, Trouble, download, t};

use super::duties::{Whole, holders, whole};
use crate::{Owed, TurnState, turns};

pub(crate) async fn sheet(desk: Desk) -> Answer {
    let house = super::house(&desk);
    let snapshot = house.reading();
    let one = whole(&desk, &house, &snapshot).await?;
    let format = match desk.query().get("as") {
        "docx" => Format::Docx,
        _ => Format::Pdf,
    };
    let paper = paper(&desk, &snapshot, &one);
    let bytes = paper.write(format).map_err(Trouble::internal)?;
    download(&paper.file_name(format), format.media_type(), bytes)
}

/// The duties that go by one name: a report of each quarter and of the year stand on one line.
struct Line<'o> {
    label: &'o str,
    owed: Vec<&'o Owed<'o>>,
}

fn lines<'o>(owed: &'o [Owed<'_>]) -> Vec<Line<'o>> {
    let mut lines: Vec<Line<'o>> = Vec::new();
    for one in owed.iter().filter(|one| one.whole() > 0 || !one.delegated.is_empty()) {
        match lines.iter_mut().find(|line| line.label == one.duty.label.vi) {
            Some(line) => line.owed.push(one),
            None => lines.push(Line { label: &one.duty.label.vi, owed: vec![one] }),
        }
    }
    lines
}

impl Line<'_> {
    fn count(&self, state: TurnState) -> usize {
        self.owed.iter().map(|one| one.count(state)).sum()
    }

    fn rule(&self) -> String {
        let each = self.owed.iter().map(|one| {
            let every = t!(Lang::Vi, "figures.duty_paper_every", every = one.duty.every.name());
            if one.duty.times == 1 {
                every
            } else {
                t!(Lang::Vi, "figures.duty_rule", times = one.duty.times, every = one.duty.every.name())
            }
        });
        each.collect::<Vec<_>>().join(", ")
    }

    fn missed(&self) -> String {
        let each = self.owed.iter().map(|one| {
            let missed = one.turns.iter().filter(|turn| turn.state == TurnState::Missed);
            turns::told(Lang::Vi, &missed.map(|turn| turn.window).collect::<Vec<_>>())
        });
        each.filter(|told| !told.is_empty()).collect::<Vec<_>>().join("; ")
    }

    fn next(&self) -> Option<Day> {
        let turns = self.owed.iter().flat_map(|one| &one.turns);
        turns.filter(|turn| turn.state == TurnState::Due).map(|turn| turn.due).min()
    }
}

/// The rules that the lines rest on, each once, and the marks of each line.
fn bases(lines: &[Line<'_>]) -> (Vec<String>, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    let mut marks = Vec::with_capacity(lines.len());
    for line in lines {
        let mut own: Vec<usize> = Vec::new();
        for duty in line.owed.iter().map(|one| &one.duty) {
            let doubt =
                if duty.uncertain { format!(" ({})", t!(Lang::Vi, "figures.duty_uncertain")) } else { String::new() };
            let basis = format!("{}{doubt}", duty.basis);
            let place = all.iter().position(|known| *known == basis).unwrap_or_else(|| {
                all.push(basis);
                all.len() - 1
            });
            if !own.contains(&(place + 1)) {
                own.push(place + 1);
            }
        }
        marks.push(own.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    }
    (all, marks)
}

fn paper(desk: &Desk, snapshot: &Snapshot, one: &Whole<'_>) -> Paper {
    let lang = Lang::Vi;
    let at = snapshot.tree.at(one.asked.ask.window.to);
    let (layout, head) = records::paper::letterhead(&at, one.chair.unit);
    Paper {
        layout,
        head: papers::Head {
            day: Some(desk.today),
            kind: t!(lang, "figures.duty_paper"),
            about: t!(lang, "figures.duty_paper_about", period = one.asked.period.label().vi),
            ..head
        },
        body: body(&format!("{}: {}", one.post, holders(lang, &one.chair)), &one.owed),
        sign: Sign::default(),
        note: desk.app.demo.as_ref().map(|demo| demo.label.vi.clone()),
        ..Paper::default()
    }
}

/// What stands on the sheet below its head.
pub(crate) fn body(who: &str, owed: &[Owed<'_>]) -> Vec<Block> {
    let lang = Lang::Vi;
    let text = |text: String| vec![Inline::text(text)];
    let lines = lines(owed);
    let (bases, marks) = bases(&lines);
    let row = |(line, mark): (&Line<'_>, &String)| {
        let delegated: usize = line.owed.iter().map(|one| one.delegated.len()).sum();
        let whole: usize = line.owed.iter().map(|one| one.whole()).sum();
        Row::new(vec![
            text(format!("{} [{mark}]", line.label)),
            text(line.rule()),
            text(format!("{}/{whole}", line.count(TurnState::Done))),
            text(line.missed()),
            text(line.next().map(show_day).unwrap_or_default()),
            text(if delegated == 0 { String::new() } else { delegated.to_string() }),
        ])
    };
    let grid = Table {
        columns: vec![
            Column::new(t!(lang, "figures.duty_paper_what"), 34),
            Column::new(t!(lang, "figures.duty_paper_rule"), 15),
            Column::number(t!(lang, "figures.duty_paper_done"), 9),
            Column::new(t!(lang, "figures.duty_paper_missed"), 20),
            Column::new(t!(lang, "figures.duty_paper_due"), 15),
            Column::number(t!(lang, "figures.duty_paper_delegated"), 9),
        ],
        rows: lines.iter().zip(&marks).map(row).collect(),
        ..Table::default()
    };
    let named = bases.iter().enumerate().map(|(place, basis)| format!("[{}] {basis}", place + 1));
    let basis = format!("{}: {}.", t!(lang, "figures.duty_paper_basis"), named.collect::<Vec<_>>().join("; "));
    vec![Block::paragraph(who), Block::Table(grid), Block::Paragraph { text: vec![Inline::italic(basis)] }]
}
