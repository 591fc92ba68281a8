//! Fields: what one value of a record or of a child row may be.

use kernel::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the definition")]
pub struct Field {
    pub id: String,
    pub label: Label,
    #[serde(rename = "type")]
    pub kind: FieldType,
    #[serde(default)]
    pub section: Option<String>,
    #[serde(default)]
    pub hint: Option<Label>,
    #[serde(default)]
    pub required: bool,
    /// CEL: required when it holds.
    #[serde(default)]
    pub required_when: Option<String>,
    /// CEL: asked only when it holds; else kept empty.
    #[serde(default)]
    pub shown_when: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Of a count, quantity, money, percent: in the measure's own words (`4,1` of km is `min = 4.1`). Of a text: letters.
    #[serde(default)]
    pub min: Option<f64>,
    #[serde(default)]
    pub max: Option<f64>,
    /// The measure of a quantity (`measures.toml`).
    #[serde(default)]
    pub measure: Option<String>,
    /// The register of a link.
    #[serde(default)]
    pub register: Option<String>,
    /// What a link is called from the other side ("Sinh ra từ").
    #[serde(default)]
    pub back: Option<Label>,
    /// Kinds of place, kinds of body, or posts that may stand here; empty: any.
    #[serde(default)]
    pub of: Vec<String>,
    /// Several values of a place, body, post, link or file.
    #[serde(default)]
    pub many: bool,
    /// Kept in the vault, never in data, search, facts or ordinary exports.
    #[serde(default)]
    pub private: bool,
    /// Private, and sealed to named handlers: not even the instance's own key file opens it (a denouncer's identity).
    #[serde(default)]
    pub sealed: bool,
    /// Filled from the code of a citizen's card that a reader types.
    #[serde(default)]
    pub card: Option<Card>,
    /// A list filters or sorts by it.
    #[serde(default)]
    pub index: bool,
    /// What stands in a new form: a constant, or `today`.
    #[serde(default)]
    pub default: Option<String>,
    #[serde(default)]
    pub drop: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    Text,
    LongText,
    Choice,
    Choices,
    Topic,
    YesNo,
    Date,
    Month,
    /// A calendar year, shown without grouping.
    Year,
    /// A whole number, with or without a qualifier, or a qualifier alone.
    Count,
    /// An amount with a unit of measure.
    Quantity,
    /// Đồng.
    Money,
    Percent,
    /// A rank, and of how many.
    Rank,
    Place,
    Body,
    Post,
    Phone,
    Address,
    Link,
    File,
    /// A figure of the pack.
    Figure,
    /// A target of a programme.
    Target,
}

/// What of a citizen's card a field takes. What no field takes is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    Number,
    Name,
    Born,
    Address,
}

impl FieldType {
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Topic => "topic",
            Self::YesNo => "yes_no",
            Self::Date => "date",
            Self::Month => "month",
            Self::Year => "year",
            Self::Count => "count",
            Self::Quantity => "quantity",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Rank => "rank",
            Self::Place => "place",
            Self::Body => "body",
            Self::Post => "post",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Link => "link",
            Self::File => "file",
            Self::Figure => "figure",
            Self::Target => "target",
        }
    }

    /// Its value is one integer, so it may stand in `attribute` and in a figure's `by`.
    pub fn indexable(self) -> bool {
        !matches!(self, Self::Text | Self::LongText | Self::Phone | Self::Address | Self::File)
    }

    /// It may be added up.
    pub fn summable(self) -> bool {
        matches!(self, Self::Count | Self::Quantity | Self::Money)
    }

    /// It may be read as the latest value.
    pub fn readable(self) -> bool {
        matches!(self, Self::Rank | Self::Percent | Self::Count | Self::Quantity | Self::Money)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "{ id = \"…\", vi = \"…\", en = \"…\" }")]
pub struct Choice {
    pub id: String,
    pub vi: String,
    #[serde(default)]
    pub en: Option<String>,
    /// A local choice counts as this standard one; `none`: it cannot be mapped, and is counted apart.
    #[serde(default, rename = "as")]
    pub counts_as: Option<String>,
    /// No longer offered, still read.
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub drop: bool,
}

impl Field {
    pub fn choice(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// It names units.
    pub fn is_unit(&self) -> bool {
        matches!(self.kind, FieldType::Place | FieldType::Body)
    }
}

impl Choice {
    pub fn label(&self) -> Label {
        Label { vi: self.vi.clone(), en: self.en.clone() }
    }
}
