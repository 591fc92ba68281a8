//! All sheets of a set of criteria in one year.

use std::collections::HashMap;

use db::Result;
use kernel::Lang;
use pack::document::RowDoc;
use records::{
    House, Record, Snapshot,
    behaviour::{Panel, Scene},
    store,
};
use serde_json::Value as Json;
use units::Unit;
use web::{html, t};

use super::{
    Mark, Scale,
    sheet::{amount, marks, scale, scored_unit, text, year_of, yes},
};

/// One sheet of a round.
pub(crate) struct Scored {
    pub(crate) sheet: Record,
    pub(crate) unit: Unit,
    pub(crate) own: HashMap<String, Mark>,
    pub(crate) reviewed: HashMap<String, Mark>,
}

impl Scored {
    pub(crate) fn amount(&self, field: &str) -> Option<i64> {
        amount(&self.sheet.document.fields, field)
    }

    pub(crate) fn is_ineligible(&self) -> bool {
        yes(&self.sheet.document.fields, "ineligible")
    }

    pub(crate) fn why_ineligible(&self) -> &str {
        text(&self.sheet.document.fields, "ineligible_reason").unwrap_or_default()
    }

    /// What places it in its cluster: the reviewed total, if it is to be graded.
    pub(crate) fn standing(&self) -> Option<i64> {
        self.amount("final_total").filter(|_| !self.is_ineligible())
    }
}

/// All sheets of one set and year, with the clusters that the set names.
pub(crate) struct Round {
    pub(crate) set: Record,
    pub(crate) scale: Scale,
    pub(crate) years: Vec<i16>,
    pub(crate) year: i16,
    pub(crate) clusters: Vec<(String, Vec<Unit>)>,
    pub(crate) scored: Vec<Scored>,
}

impl Round {
    /// The sheets of the year, the last one if none is asked for.
    pub(crate) async fn open(house: &House, set: Record, year: Option<i16>) -> Result<Self> {
        let mut tx = house.read().await?;
        let ids = store::linked_by(&mut tx, set.id, "criteria").await?;
        let sheets = store::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        let sheets: Vec<(i16, Record)> = sheets
            .into_iter()
            .filter(|sheet| !sheet.void)
            .filter_map(|sheet| year_of(&sheet).map(|year| (year, sheet)))
            .collect();
        let mut years: Vec<i16> = sheets.iter().map(|(year, _)| *year).collect();
        years.sort_unstable();
        years.dedup();
        let year = year.or_else(|| years.last().copied()).unwrap_or_else(|| set.day.year());
        let scored = sheets.into_iter().filter(|(of, _)| *of == year).map(|(_, sheet)| Scored {
            unit: scored_unit(&sheet),
            own: marks(&sheet.document, "self"),
            reviewed: marks(&sheet.document, "reviewed"),
            sheet,
        });
        let cluster = |row: &RowDoc| {
            let units = ["places", "bodies"].into_iter().filter_map(|name| row.fields.get(name)?.as_array());
            let units = units.flatten().filter_map(Json::as_i64).map(Unit).collect();
            Some((text(&row.fields, "name")?.to_owned(), units))
        };
        Ok(Self {
            scale: scale(&set),
            clusters: set.document.rows("cluster").iter().filter_map(cluster).collect(),
            scored: scored.collect(),
            years,
            year,
            set,
        })
    }

    pub(crate) fn unit_name(snapshot: &Snapshot, scored: &Scored) -> String {
        let named = text(&scored.sheet.document.fields, "unit_name").map(str::to_owned);
        named.unwrap_or_else(|| snapshot.tree.at(scored.sheet.day).name(scored.unit))
    }
}

/// Which years were scored by a set, each with its page.
pub(super) async fn rounds(scene: Scene<'_>, lang: Lang, set: &Record) -> Result<Vec<Panel>> {
    let round = Round::open(scene.house, set.clone(), None).await?;
    if round.years.is_empty() && round.clusters.is_empty() {
        return Ok(Vec::new());
    }
    let years = if round.years.is_empty() { vec![round.year] } else { round.years };
    let body = html! {
        ul.pad.plain { @for year in years.iter().rev() {
            li { a href=(crate::pages::round_href(set.id, *year)) { (t!(lang, "figure.score_round", year = year.to_string())) } }
        } }
    };
    Ok(vec![Panel { id: "h-rounds".to_owned(), title: t!(lang, "figure.score_rounds"), body, aside: true }])
}
