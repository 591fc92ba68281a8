//! What all registers share: groups of the menu, topics, measures, qualifiers.

use kernel::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `pack.toml`: what the pack is called, and the groups of the menu in their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub id: String,
    pub label: Label,
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub id: String,
    pub label: Label,
    #[serde(default)]
    pub drop: bool,
}

/// `topics.toml`: one tree for all registers.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    #[serde(default, rename = "topic")]
    pub topics: Vec<Topic>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub label: Label,
    #[serde(default)]
    pub parent: Option<String>,
    /// Its column in the statutory tables.
    #[serde(default)]
    pub column: Option<String>,
    #[serde(default)]
    pub drop: bool,
}

impl Topics {
    pub fn find(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }
}

/// `measures.toml`: units of measure. Amounts are kept as integers of the smallest step.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    #[serde(default, rename = "measure")]
    pub measures: Vec<Measure>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub id: String,
    pub label: Label,
    /// Places after the comma that are kept.
    pub places: u32,
    #[serde(default)]
    pub drop: bool,
}

impl Measures {
    pub fn find(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }
}

/// How sure a number is, as officials write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// hơn 1.000
    Over,
    /// trên 1.000
    Above,
    /// gần 1.000
    Nearly,
    /// khoảng 1.000
    About,
    /// một số: no number, never enters a sum
    Some,
    /// hàng trăm
    Hundreds,
    /// hàng nghìn
    Thousands,
    /// hàng vạn
    TensOfThousands,
}

impl Qualifier {
    pub const ALL: [Qualifier; 8] = [
        Self::Over,
        Self::Above,
        Self::Nearly,
        Self::About,
        Self::Some,
        Self::Hundreds,
        Self::Thousands,
        Self::TensOfThousands,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Above => "above",
            Self::Nearly => "nearly",
            Self::About => "about",
            Self::Some => "some",
            Self::Hundreds => "hundreds",
            Self::Thousands => "thousands",
            Self::TensOfThousands => "tens_of_thousands",
        }
    }

    /// As Vietnamese officials write it, before the number or instead of one.
    pub fn vi(self) -> &'static str {
        match self {
            Self::Over => "hơn",
            Self::Above => "trên",
            Self::Nearly => "gần",
            Self::About => "khoảng",
            Self::Some => "một số",
            Self::Hundreds => "hàng trăm",
            Self::Thousands => "hàng nghìn",
            Self::TensOfThousands => "hàng vạn",
        }
    }

    /// It stands instead of a number.
    pub fn alone(self) -> bool {
        matches!(self, Self::Some | Self::Hundreds | Self::Thousands | Self::TensOfThousands)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let folded = kernel::text::fold(text);
        Self::ALL.into_iter().find(|one| one.name() == text || kernel::text::fold(one.vi()) == folded)
    }

    /// The code in the ledger's `basis`; 0 is exact.
    pub fn code(self) -> i64 {
        match self {
            Self::Over => 1,
            Self::Above => 2,
            Self::Nearly => 3,
            Self::About => 4,
            Self::Some => 5,
            Self::Hundreds => 6,
            Self::Thousands => 7,
            Self::TensOfThousands => 8,
        }
    }

    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
