//! The table: a measure, and the floor beside it, for each database.

use std::fmt;

pub(crate) struct Table {
    size: usize,
    databases: Vec<&'static str>,
    rows: Vec<Row>,
}

struct Row {
    what: String,
    unit: &'static str,
    /// Of each database: the house, and the bare database.
    cells: Vec<(f64, Option<f64>)>,
}

impl Table {
    pub(crate) fn new(size: usize) -> Self {
        Self { size, databases: Vec::new(), rows: Vec::new() }
    }

    /// What follows is of this database.
    pub(crate) fn database(&mut self, kind: &'static str) {
        self.databases.push(kind);
    }

    pub(crate) fn add(&mut self, what: &str, unit: &'static str, house: f64, floor: Option<f64>) {
        eprintln!("  {what}: {house:.2} {unit}{}", floor.map_or(String::new(), |floor| format!(" (floor {floor:.2})")));
        match self.rows.iter_mut().find(|row| row.what == what) {
            Some(row) => row.cells.push((house, floor)),
            None => self.rows.push(Row { what: what.to_owned(), unit, cells: vec![(house, floor)] }),
        }
    }
}

fn shown(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {} records\n", kernel::number::grouped(i64::try_from(self.size).unwrap_or(i64::MAX)))?;
        write!(f, "| measure |")?;
        for kind in &self.databases {
            write!(f, " {kind} | floor | of the floor |")?;
        }
        writeln!(f, "\n|---|{}", "---:|---:|---:|".repeat(self.databases.len()))?;
        for row in &self.rows {
            write!(f, "| {}, {} |", row.what, row.unit)?;
            for (house, floor) in &row.cells {
                match floor {
                    Some(floor) => write!(f, " {} | {} | {}× |", shown(*house), shown(*floor), shown(house / floor))?,
                    None => write!(f, " {} | | |", shown(*house))?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
