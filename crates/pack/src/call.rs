//! What a register calls for beyond deadlines: open voices on one matter that want an answer together, a decision whose people have left.

use kernel::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where so many open records of other registers pile up on one topic at one place, a record of this one is proposed, which answers them
/// together. Topic and place are the first indexed fields of those kinds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gathers {
    pub from: Vec<String>,
    pub least: usize,
    /// How many days back they count, and how long one that was held stands for them.
    pub days: u16,
    /// Values of the record proposed, besides topic and place.
    #[serde(default)]
    pub set: indexmap::IndexMap<String, String>,
    /// Why, as people read it.
    pub reason: Label,
}

/// A record that names posts must be renewed when who held one of them has left since.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renews {
    /// Post fields, of the record or of child rows (`member.post`).
    pub posts: Vec<String>,
    /// The days of decision: the latest that is filled counts.
    pub since: Vec<String>,
    /// The step that says that people changed.
    pub step: String,
}
