//! A pack as small as one can be that still uses every part of the language.

use std::collections::BTreeMap;

use crate::source::Layer;

pub(super) fn layer() -> Layer {
    let files = [
        ("pack.toml", PACK),
        ("kinds.toml", KINDS),
        ("topics.toml", TOPICS),
        ("measures.toml", MEASURES),
        ("law/limits.toml", LAW),
        ("calendar/2026.toml", YEAR),
        ("registers/visit.toml", VISIT),
        ("registers/task.toml", TASK),
        ("figures/all.toml", FIGURES),
        ("programmes/plan.toml", PLAN),
    ];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    Layer { name: String::new(), files: files.collect::<BTreeMap<_, _>>() }
}

const PACK: &str = r#"
id = "small"
label = { vi = "Nhỏ" }
group = [{ id = "books", label = { vi = "Sổ" } }]
"#;

const KINDS: &str = r#"
level = [{ id = "province" }, { id = "commune" }]
kind = [{ id = "xa" }, { id = "phuong" }]
group = [{ id = "urban" }]
body = [{ id = "ubnd" }]
post = [{ id = "chair" }]
"#;

const TOPICS: &str = r#"
[[topic]]
id = "land"
label = { vi = "Đất đai" }

[[topic]]
id = "clearance"
label = { vi = "Giải phóng mặt bằng" }
parent = "land"
"#;

const MEASURES: &str = r#"
[[measure]]
id = "km"
label = { vi = "km" }
places = 3
"#;

const LAW: &str = r#"
[[rule_set]]
id = "all"
family = "petitions"
label = { vi = "mọi lúc" }
valid_from = "2020-01-01"

[[fact]]
id = "remote"
label = { vi = "vùng xa" }
default = false

[[limit]]
id = "visit.answer"
label = { vi = "Trả lời" }
event = { vi = "nhận" }
article = { vi = "Điều 1" }
row = [{ id = "far", when = "remote", days = 20 }, { id = "near", days = 10 }]
"#;

const YEAR: &str = r#"
year = 2026
status = "confirmed"
decision = { vi = "Quyết định" }
"#;

const TASK: &str = r#"
id = "task"
label = { vi = "Việc" }
noun = { vi = "việc" }
day = "made_on"
title = ["text"]
initial = "open"

[[field]]
id = "text"
label = { vi = "Nội dung" }
type = "text"
required = true

[[field]]
id = "made_on"
label = { vi = "Ngày" }
type = "date"

[[field]]
id = "visit"
label = { vi = "Từ" }
type = "link"
register = "visit"

[[field]]
id = "visit_kind"
label = { vi = "Loại" }
type = "choice"
choices = [{ id = "plain", vi = "thường" }, { id = "joint", vi = "chung" }]

[[state]]
id = "open"
label = { vi = "Mở" }

[[state]]
id = "done"
label = { vi = "Xong" }
last = true

[[step]]
id = "finish"
label = { vi = "Xong" }
from = ["open"]
to = "done"
who = ["clerk"]

[[copy]]
link = "visit"
fields = { kind = "visit_kind" }

[[figure]]
id = "made"
label = { vi = "Việc" }
count = "records"
"#;

const VISIT: &str = r#"
id = "visit"
label = { vi = "Buổi" }
noun = { vi = "buổi" }
group = "books"
day = "held_on"
planned = "planned_on"
title = ["subject"]
books = ["commune", "ubnd"]
parties = ["helper"]
initial = "planned"

[[section]]
id = "main"
label = { vi = "Chính" }

[[field]]
id = "subject"
label = { vi = "Nội dung" }
type = "text"
section = "main"
required = true

[[field]]
id = "kind"
label = { vi = "Loại" }
type = "choice"
index = true
default = "plain"
choices = [
  { id = "plain", vi = "thường" },
  { id = "joint", vi = "chung" },
  { id = "local", vi = "riêng", as = "joint" },
]

[[field]]
id = "topic"
label = { vi = "Lĩnh vực" }
type = "topic"

[[field]]
id = "planned_on"
label = { vi = "Dự kiến" }
type = "date"

[[field]]
id = "held_on"
label = { vi = "Ngày" }
type = "date"

[[field]]
id = "due_on"
label = { vi = "Hạn" }
type = "date"

[[field]]
id = "people"
label = { vi = "Số người" }
type = "count"
min = 0
max = 900

[[field]]
id = "length"
label = { vi = "Dài" }
type = "quantity"
measure = "km"

[[field]]
id = "score"
label = { vi = "Hạng" }
type = "rank"

[[field]]
id = "place"
label = { vi = "Nơi" }
type = "place"
of = ["xa"]
many = true

[[field]]
id = "helper"
label = { vi = "Phối hợp" }
type = "body"
of = ["ubnd"]

[[field]]
id = "chairs"
label = { vi = "Chủ trì" }
type = "post"
many = true

[[field]]
id = "name"
label = { vi = "Họ tên" }
type = "text"
private = true

[[field]]
id = "remote"
label = { vi = "Vùng xa" }
type = "yes_no"
shown_when = "kind == 'plain'"

[[field]]
id = "tasks"
label = { vi = "Việc" }
type = "link"
register = "task"
many = true

[[rows]]
id = "item"
label = { vi = "Ý kiến" }
noun = { vi = "ý kiến" }
min = 0
max = 99

[[rows.field]]
id = "text"
label = { vi = "Nội dung" }
type = "text"

[[rows.field]]
id = "outcome"
label = { vi = "Kết quả" }
type = "choice"
choices = [{ id = "yes", vi = "có" }, { id = "no", vi = "không" }]

[[rows.field]]
id = "on"
label = { vi = "Ngày" }
type = "date"
required_when = "row.outcome == 'yes'"

[[rows.field]]
id = "body"
label = { vi = "Cơ quan" }
type = "body"

[[state]]
id = "planned"
label = { vi = "Dự kiến" }

[[state]]
id = "held"
label = { vi = "Đã tổ chức" }

[[state]]
id = "closed"
label = { vi = "Đóng" }
last = true

[[step]]
id = "hold"
label = { vi = "Tổ chức" }
from = ["planned"]
to = "held"
who = ["clerk"]
party = "helper"
day = "held_on"
needs = ["held_on", "people > 0"]

[[step.make]]
register = "task"
rows = "item"
when = "row.outcome == 'yes'"
link = "visit"
book = "body"
set = { text = "row.text", made_on = "held_on", visit_kind = "'plain'" }

[[step]]
id = "close"
label = { vi = "Đóng" }
from = ["held"]
to = "closed"
who = ["clerk"]
marks = "item.on"

[[step.warns]]
when = "size(item) == 0"
say = { vi = "Không có ý kiến." }

[[step.effect]]
on = "tasks"
take = "finish"

[[clock]]
id = "answer"
label = { vi = "Trả lời" }
starts = "step:hold"
stops = ["close"]
limit = "visit.answer"
facts = { remote = "remote == true" }

[[clock]]
id = "own"
label = { vi = "Hạn riêng" }
starts = "field:planned_on"
stops = ["hold"]
due = "due_on"

[[figure]]
id = "held"
label = { vi = "Buổi" }
count = "records"
day = "step:hold"
since = "field:planned_on"
unit = "place"
by = ["kind", "unit.level"]
where = "kind != 'local'"

[[figure]]
id = "by_chair"
label = { vi = "Theo người chủ trì" }
count = "records"
day = "step:hold"
subject = "chairs"

[[figure]]
id = "items"
label = { vi = "Ý kiến" }
count = "rows:item"
day = "row:on"
by = ["item.outcome", "topic"]
where = "row.text != null"

[[figure]]
id = "people"
label = { vi = "Người" }
sum = "people"

[[figure]]
id = "rank"
label = { vi = "Hạng" }
reading = "score"

[[figure]]
id = "open"
label = { vi = "Đang mở" }
count = "records"
from = "step:hold"
to = "end"

[[figure]]
id = "late"
label = { vi = "Quá hạn" }
overdue = "answer"

[[check]]
id = "few"
when = "people < 1 && unit.level == 'commune'"
say = { vi = "Ít người." }
field = "people"
"#;

const FIGURES: &str = r#"
[[figure]]
id = "share"
label = { vi = "Tỷ lệ" }
share = "cohort(visit.held) / opening(visit.open)"

[[figure]]
id = "sum"
label = { vi = "Tổng" }
formula = "part(visit.held, 'kind', 'joint') + visit.people"

[[figure]]
id = "heads"
label = { vi = "Người đứng đầu" }

[figure.coverage]
over = "posts:chair"
each = "visit.by_chair >= 1"
scope = { level = ["commune"] }

[[figure]]
id = "parts"
label = { vi = "Loại có buổi" }
coverage = { over = "parts:kind", each = "visit.held >= 1" }

[[figure]]
id = "met"
label = { vi = "Chỉ tiêu đạt" }
met = "plan"
"#;

const PLAN: &str = r#"
id = "plan"
label = { vi = "Kế hoạch" }

[[target]]
id = "heads"
label = { vi = "100% đối thoại" }
figure = "heads"
op = ">="
value = 95
from = 2021
to = 2022
scope = { kind = ["xa"], where = "visit.held >= 1" }
"#;
