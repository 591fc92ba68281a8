//! A register: the definition of one kind of record. Fields, child rows, states, steps, clocks, figures, checks.

mod field;

use kernel::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::field::{Card, Choice, Field, FieldType};
use crate::{
    call::{Gathers, Renews},
    figure::Figure,
    vote::Votes,
};

/// Behaviours in code that a register may switch on: unkept commitments head the next agenda; plans of others on the same matter are named;
/// the values given to the units below are summed against what was given from above; sheets are scored by their criteria; letters are
/// classified by the table, sent to whom they belong, and known again when they come twice; a vote is reckoned by the threshold of its day;
/// what piles up elsewhere is to be answered together; what names posts is renewed when people leave.
pub const BEHAVIOURS: &[&str] = &[
    "next_agenda",
    "overlap",
    "cascade",
    "scoring",
    "classify",
    "route",
    "repeats",
    "directions",
    "votes",
    "gathers",
    "renews",
];

fn yes() -> bool {
    true
}

/// One file under `registers/`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The word that code, files and addresses use: `dialogue`.
    pub id: String,
    pub label: Label,
    /// What one is counted as: `cuộc`, `mô hình`, `đơn`.
    pub noun: Label,
    /// Where it stands in the menu.
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    pub order: i64,
    /// A drawing of the icon set.
    #[serde(default)]
    pub icon: Option<String>,
    #[serde(default)]
    pub help: Option<Label>,
    /// The field that places a record in time; until it is filled, `planned`, else the day it was recorded.
    pub day: String,
    /// The field of the planned day.
    #[serde(default)]
    pub planned: Option<String>,
    /// The field or fields that name a record in lists, joined by " · ".
    pub title: Vec<String>,
    /// Kinds of unit whose book this is (`commune`, `ubnd` …); empty: any.
    #[serde(default)]
    pub books: Vec<String>,
    /// The unit fields whose units are parties besides the book's own body.
    #[serde(default)]
    pub parties: Vec<String>,
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
    #[serde(default)]
    pub rows: Vec<Rows>,
    /// The first state, in which a record is made. Without states a record simply stands.
    #[serde(default)]
    pub initial: Option<String>,
    #[serde(default, rename = "state")]
    pub states: Vec<State>,
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    #[serde(default, rename = "clock")]
    pub clocks: Vec<Clock>,
    #[serde(default, rename = "figure")]
    pub figures: Vec<Figure>,
    #[serde(default, rename = "check")]
    pub checks: Vec<Check>,
    /// A record of this register is evidence for a figure that it names itself (a confirmed zero, a reported total).
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// Named fields of a linked record kept here and refreshed when it is saved.
    #[serde(default, rename = "copy")]
    pub copies: Vec<Copy>,
    /// A record of this register gives a unit its bar for a target and a year.
    #[serde(default)]
    pub assigns: Option<Assigns>,
    /// Its records come round: a whole period's are set down at once by a rule.
    #[serde(default)]
    pub recurs: Option<Recurs>,
    /// It is decided by a vote, whose numbers are held against the law of its day.
    #[serde(default)]
    pub votes: Option<Votes>,
    /// It answers what piles up elsewhere.
    #[serde(default)]
    pub gathers: Option<Gathers>,
    /// It is renewed when people leave the posts that it names.
    #[serde(default)]
    pub renews: Option<Renews>,
    /// Behaviours in code, switched on by name.
    #[serde(default)]
    pub behaviours: Vec<String>,
    /// Files may be attached.
    #[serde(default = "yes")]
    pub attachments: bool,
    #[serde(default)]
    pub drop: bool,
}

/// The fields by which a record says what a unit is given of a target for a year.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigns {
    pub target: String,
    pub year: String,
    pub value: String,
    /// The unit that it is given to: one of these.
    pub to: Vec<String>,
}

/// A period's records set down at once, by a rule such as “every Thursday” or “on the 10th and the 25th”; each takes its day as `planned`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recurs {
    /// The post whose days they are: no day is set down twice for one, and the duties of that post are held against them.
    pub by: String,
    /// The text field that keeps the rule in words.
    #[serde(default)]
    pub rule: Option<String>,
    /// The clock, counted back from the planned day, that may be over already: told before anything is saved.
    #[serde(default)]
    pub notice: Option<String>,
    /// Fields that all of them share, asked for once.
    #[serde(default)]
    pub asks: Vec<String>,
}

/// A group of fields on the form.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: String,
    pub label: Label,
    /// Filled in as the record goes on: folded in the form of a new one.
    #[serde(default)]
    pub later: bool,
    #[serde(default)]
    pub drop: bool,
}

/// Child rows: what has no life of its own.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    pub id: String,
    pub label: Label,
    pub noun: Label,
    #[serde(default)]
    pub hint: Option<Label>,
    /// Filled in as the record goes on: folded in the form of a new one.
    #[serde(default)]
    pub later: bool,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    #[serde(default)]
    pub min: Option<usize>,
    #[serde(default)]
    pub max: Option<usize>,
    #[serde(default)]
    pub drop: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Under way: plain.
    #[default]
    Plain,
    /// Waits for someone.
    Waiting,
    /// Finished as it should be.
    Done,
    /// Came back, or was dropped.
    Ended,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub id: String,
    pub label: Label,
    #[serde(default)]
    pub tone: Tone,
    /// Nothing more is expected.
    #[serde(default)]
    pub last: bool,
    #[serde(default)]
    pub drop: bool,
}

/// The roles a person holds within a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Leader,
    Clerk,
    Approver,
    Inspector,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 6] =
        [Role::Administrator, Role::Leader, Role::Clerk, Role::Approver, Role::Inspector, Role::Auditor];

    pub fn name(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Leader => "leader",
            Role::Clerk => "clerk",
            Role::Approver => "approver",
            Role::Inspector => "inspector",
            Role::Auditor => "auditor",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// The lifecycle: nothing changes state outside a listed step.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    /// The verb on the button: "Tổ chức", "Kết thúc".
    pub label: Label,
    pub from: Vec<String>,
    /// Without one the record stays in the state it is in.
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub who: Vec<Role>,
    /// The unit field of the party that takes it; without one, the body of the book.
    #[serde(default)]
    pub party: Option<String>,
    /// The date field that says when it took place; shown on the step's form, kept on the record.
    #[serde(default)]
    pub day: Option<String>,
    /// The date field of child rows (`round.awarded_on`) that takes the step's day: of the last row where it is empty.
    #[serde(default)]
    pub marks: Option<String>,
    /// Ids of fields or child rows that must be filled, or CEL conditions that must hold.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Ids of fields or child rows that the step's form shows besides, and that may stay empty.
    #[serde(default)]
    pub asks: Vec<String>,
    /// What its form overwrites is kept as a child row.
    #[serde(default)]
    pub keeps: Option<Keep>,
    /// What is said when a condition holds: a warning, or why the step cannot be taken.
    #[serde(default)]
    pub warns: Vec<Warn>,
    #[serde(default)]
    pub paper: Option<String>,
    /// Steps taken on linked records in the same transaction.
    #[serde(default, rename = "effect")]
    pub effects: Vec<Effect>,
    /// Records made from child rows in the same transaction.
    #[serde(default, rename = "make")]
    pub makes: Vec<Make>,
    #[serde(default)]
    pub drop: bool,
}

/// A new row of `rows` keeps fields of the record as they stood (`was`) and as the step's form gives them (`now`): the row's field → ours.
/// What stood and is needed anew must change. Then `clears` are emptied. Taken back, the row goes and what stood is there again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    pub rows: String,
    pub was: indexmap::IndexMap<String, String>,
    #[serde(default)]
    pub now: indexmap::IndexMap<String, String>,
    #[serde(default)]
    pub clears: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Warn {
    /// CEL.
    pub when: String,
    pub say: Label,
    /// It refuses the step.
    #[serde(default)]
    pub stop: bool,
}

/// The step `take` of the records that the link field `on` names (`rows.field` for links in child rows), or of those still open whose link
/// names this one (`from:submission.case`).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    pub on: String,
    pub take: String,
}

/// A record of `register`, or one for each row of `rows`, where `when` holds: `set` fills its fields from the row's (`row.text`), from this
/// record's, or from a quoted constant (`''` keeps a default away); `link` is its field that points back here. Private fields are carried
/// into private fields only.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Make {
    pub register: String,
    #[serde(default)]
    pub rows: Option<String>,
    #[serde(default)]
    pub when: Option<String>,
    pub link: String,
    /// The body field of the row, or of this record, that names in whose book it stands; without one, this record's own.
    #[serde(default)]
    pub book: Option<String>,
    pub set: indexmap::IndexMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub id: String,
    pub label: Label,
    /// `step:hold`, `created` or `field:received_on`; of several fields (`field:signed_on,received_on`) the first that is filled.
    pub starts: String,
    /// Any of these steps stops it.
    #[serde(default)]
    pub stops: Vec<String>,
    /// A date field whose day meets it: a time-bar is kept or missed by the day on which the letter came.
    #[serde(default)]
    pub met: Option<String>,
    /// Passed, it shines red wherever the record is shown, beside the nearest deadline.
    #[serde(default)]
    pub alarm: bool,
    /// These steps halt it; it runs on from one of `resumes`.
    #[serde(default)]
    pub suspends: Vec<String>,
    #[serde(default)]
    pub resumes: Vec<String>,
    /// Each of these steps taken is one extension of its limit.
    #[serde(default)]
    pub extends: Vec<String>,
    /// After these steps it is reckoned anew, over the facts as they then are.
    #[serde(default)]
    pub again: Vec<String>,
    /// After these steps it is to be met anew, whatever stopped it before.
    #[serde(default)]
    pub restarts: Vec<String>,
    /// Child rows whose days its limit leaves out.
    #[serde(default)]
    pub excludes: Option<Excludes>,
    /// A row of `law/*.toml`, chosen by date and facts; or `due` names the field that holds the due day.
    #[serde(default)]
    pub limit: Option<String>,
    #[serde(default)]
    pub due: Option<String>,
    /// CEL: it runs only when this holds at its start.
    #[serde(default)]
    pub when: Option<String>,
    /// Facts for the limit: name → CEL.
    #[serde(default)]
    pub facts: indexmap::IndexMap<String, String>,
    #[serde(default)]
    pub drop: bool,
}

/// Time in which the law says that a limit did not run: the first and the last day of each row, and the field that says why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Excludes {
    pub rows: String,
    pub from: String,
    pub to: String,
    pub why: String,
}

/// A rule over the whole record: when `when` holds, `say` is said.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub id: String,
    pub when: String,
    pub say: Label,
    /// The field it is shown at.
    #[serde(default)]
    pub field: Option<String>,
    /// It only warns.
    #[serde(default)]
    pub warn: bool,
    #[serde(default)]
    pub drop: bool,
}

/// Evidence for a figure named by the record itself.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The field of type `figure`.
    pub figure: String,
    /// The count field of the amount; without one the record confirms a zero.
    #[serde(default)]
    pub amount: Option<String>,
    /// The date fields of its window.
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// The link field.
    pub link: String,
    /// Its field → ours.
    pub fields: indexmap::IndexMap<String, String>,
}

impl Step {
    /// The state that it leads to from `state`.
    pub fn leads<'a>(&'a self, state: &'a str) -> &'a str {
        self.to.as_deref().unwrap_or(state)
    }
}

impl Register {
    /// The first indexed field of a type: by it entries are looked up, whatever it is called.
    pub fn indexed(&self, kind: FieldType) -> Option<&str> {
        self.fields.iter().find(|field| field.kind == kind && field.index).map(|field| field.id.as_str())
    }

    /// It keeps identities under seal: its texts are in no search, its numbers open onto no record.
    pub fn is_sealed(&self) -> bool {
        self.fields.iter().any(|field| field.sealed)
    }

    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    pub fn rows(&self, id: &str) -> Option<&Rows> {
        self.rows.iter().find(|rows| rows.id == id)
    }

    /// A field of the record (`topic`) or of its rows (`opinion.topic`).
    pub fn any_field(&self, path: &str) -> Option<&Field> {
        match path.split_once('.') {
            Some((rows, field)) => self.rows(rows)?.field(field),
            None => self.field(path),
        }
    }

    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == id)
    }

    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }
}

impl Clock {
    /// The date fields that it may start with.
    pub fn start_fields(&self) -> impl Iterator<Item = &str> {
        self.starts.strip_prefix("field:").into_iter().flat_map(|fields| fields.split(','))
    }

    /// The steps that move its due day.
    pub fn movers(&self) -> impl Iterator<Item = &String> {
        self.suspends.iter().chain(&self.resumes).chain(&self.extends).chain(&self.again)
    }
}

impl Rows {
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}
