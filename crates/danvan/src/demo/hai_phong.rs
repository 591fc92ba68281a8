//! Illustrative records of Hải Phòng's year 2021: the totals are published, every single record is made up.

use kernel::{Day, Id, number, show_day};
use people::Holder;
use records::{
    Record, Snapshot,
    act::New,
    fill::{Input, RowInput},
    value::Directory,
};
use units::Unit;

/// Published for 2021.
const MODELS: usize = 1_489;
const DIALOGUES: usize = 1_052;
const RECIPIENTS: usize = 38;
const COMPLEX_CASES: usize = 8;
const SETTLED: usize = 5;
/// Communes chosen for the model new-rural pilot.
const PILOT_COMMUNES: usize = 14;

const TOPICS: [&str; 8] = [
    "land",
    "environment",
    "social_policy",
    "construction",
    "infrastructure",
    "procedures",
    "new_rural",
    "urban_renewal",
];

pub(crate) struct Year<'a> {
    snapshot: &'a Snapshot,
    city: Unit,
    /// The city, its districts and their communes.
    places: Vec<Unit>,
    communes: Vec<Unit>,
    government: u8,
    party: u8,
}

impl<'a> Year<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot) -> db::Result<Self> {
        let tree = &snapshot.tree;
        let kinds = tree.kinds();
        let at = tree.at(day(12, 31));
        let city = tree.find("hai-phong", day(12, 31))?;
        let level = |id| kinds.scope(Some(id), &[], None);
        let districts = at.under(city, &level("district")?);
        let communes = at.under(city, &level("commune")?);
        let places = std::iter::once(city).chain(districts).chain(communes.iter().copied()).collect();
        let slot = |id| kinds.body_kind(id).and_then(|kind| kinds.bodies[kind].slot).unwrap_or(0);
        Ok(Self { snapshot, city, places, communes, government: slot("ubnd"), party: slot("dang-uy") })
    }

    fn code(&self, unit: Unit) -> String {
        self.snapshot.code(unit.0, day(12, 31))
    }

    fn name(&self, unit: Unit) -> String {
        self.snapshot.name(unit.0, day(12, 31))
    }

    /// Two heads at every place, in office all year.
    pub(crate) fn holders(&self) -> Vec<Holder> {
        let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
        let mut holders = Vec::new();
        for (place, unit) in self.places.iter().enumerate() {
            for (slot, post) in [(self.party, "bi-thu"), (self.government, "chu-tich-ubnd")] {
                let letter = char::from(b'A' + u8::try_from((place + usize::from(slot)) % 26).unwrap_or(0));
                let name =
                    format!("{} Văn {letter} (minh họa)", family[(place * 3 + usize::from(slot)) % family.len()]);
                holders.push(Holder {
                    unit: unit.body(slot),
                    post: post.to_owned(),
                    name,
                    from: Day::constant(2020, 7, 1),
                    to: Some(Day::constant(2025, 7, 1)),
                });
            }
        }
        holders
    }

    fn head(&self, place: Unit, post: &str) -> String {
        let slot = if post == "bi-thu" { self.party } else { self.government };
        format!("#{}:{post}", place.body(slot).0)
    }

    pub(crate) fn dialogues(&self) -> Vec<New> {
        let mut all = Vec::with_capacity(DIALOGUES);
        // First every head once, then more where there is more to talk about, until the published total.
        let mut turn = 0;
        while all.len() < DIALOGUES {
            for (place, unit) in self.places.iter().enumerate() {
                let posts: &[&str] = match turn {
                    0 => &["bi-thu"],
                    1 => &["chu-tich-ubnd"],
                    _ if place % 3 == 0 => &["chu-tich-ubnd", "bi-thu"],
                    _ => &["chu-tich-ubnd"],
                };
                if all.len() < DIALOGUES && (turn < 2 || (place * 7 + turn) % 5 != 0) {
                    all.push(self.dialogue(all.len(), *unit, posts));
                }
            }
            turn += 1;
        }
        all
    }

    fn dialogue(&self, n: usize, place: Unit, posts: &[&str]) -> New {
        let held = spread(n * 31 + 7);
        let (kind, basis) =
            [("periodic", "own_regulation"), ("thematic", "own_regulation"), ("ad_hoc", "other")][n % 3];
        let topic = TOPICS[n * 5 % TOPICS.len()];
        let about = [
            "quản lý đất đai và trật tự xây dựng",
            "vệ sinh môi trường khu dân cư",
            "chi trả chế độ, chính sách",
            "cấp phép và an toàn xây dựng",
            "giao thông, thoát nước, chiếu sáng",
            "giải quyết thủ tục hành chính",
            "xây dựng nông thôn mới kiểu mẫu",
            "chỉnh trang đô thị",
        ][n * 5 % TOPICS.len()];
        let attendance = 40 + n * 13 % 160;
        let slot = if posts[0] == "bi-thu" { self.party } else { self.government };
        let book = place.body(slot);
        let input = Input::default()
            .set("subject", format!("Đối thoại về {about} tại {}", self.name(place)))
            .set("kind", kind)
            .set("legal_basis", basis)
            .set("topic", topic)
            .set("audience", "residents")
            .set("place", self.code(place))
            .set("planned_on", show_day(held))
            .set("held_on", show_day(held))
            .set("chairs", posts.iter().map(|post| self.head(place, post)).collect::<Vec<_>>().join("; "))
            .set("attendance", attendance.to_string())
            .set("speakers", (attendance / 12).to_string());
        let mut new = New { unit: book.0, input, steps: vec![("hold".into(), held)], ..New::default() };
        // One in eight was concluded only after the year.
        if n % 8 == 7 {
            let notice = Day::constant(2022, 2, 18);
            new.input.fields.insert("conclusion_on".into(), show_day(notice));
            new.steps.push(("conclude".into(), notice));
        } else {
            new.input.rows.insert("opinion".into(), self.opinions(n, place, topic, held));
            let notice = later(held, 7);
            new.input.fields.insert("conclusion_on".into(), show_day(notice));
            new.steps.push(("conclude".into(), notice));
        }
        new
    }

    fn opinions(&self, n: usize, place: Unit, topic: &str, held: Day) -> Vec<RowInput> {
        let texts = [
            "Đề nghị sớm sửa đoạn mương thoát nước gây ngập khi mưa lớn",
            "Đề nghị công khai tiến độ cấp giấy chứng nhận quyền sử dụng đất",
            "Đề nghị lắp thêm đèn chiếu sáng ở ngõ",
            "Đề nghị xem lại giờ thu gom rác",
        ];
        let row = |k: usize| {
            let mut row = RowInput::default();
            row.fields.insert("text".into(), texts[(n / 2 + k) % texts.len()].into());
            row.fields.insert("topic".into(), topic.into());
            row.fields.insert("source".into(), if k == 0 { "collected" } else { "raised" }.into());
            if (n / 2 + k).is_multiple_of(4) {
                row.fields.insert("outcome".into(), "accepted".into());
                row.fields.insert("body".into(), self.code(place.body(self.government)));
                row.fields.insert("due_on".into(), show_day(later(held, 60)));
            } else {
                row.fields.insert("outcome".into(), "answered".into());
            }
            row
        };
        (0..=n % 3).map(row).collect()
    }

    pub(crate) fn models(&self) -> Vec<New> {
        let at = self.snapshot.tree.at(day(12, 31));
        let kind = |unit: &Unit| at.place_kind(*unit).map(|kind| kind.id.clone()).unwrap_or_default();
        let mut all = Vec::with_capacity(MODELS);
        let mut pilots = 0;
        for (n, commune) in self.communes.iter().filter(|unit| kind(unit) != "thi-tran").enumerate() {
            let theme = if kind(commune) == "xa" && pilots < PILOT_COMMUNES {
                pilots += 1;
                "new_rural_model"
            } else if n % 2 == 0 {
                "rivers"
            } else {
                "parks"
            };
            all.push(self.model(all.len(), *commune, theme));
        }
        let others = ["environment", "digital", "epidemic", "land_clearance", "urban_renewal"];
        while all.len() < MODELS {
            let n = all.len();
            let place = self.places[n * 11 % self.places.len()];
            all.push(self.model(n, place, others[n % others.len()]));
        }
        all
    }

    fn model(&self, n: usize, place: Unit, theme: &str) -> New {
        let about = match theme {
            "new_rural_model" => "xây dựng xã nông thôn mới kiểu mẫu",
            "rivers" => "giữ sạch dòng sông, kênh mương",
            "parks" => "vận động xây dựng vườn hoa, công viên",
            "environment" => "phân loại rác tại nguồn",
            "digital" => "hướng dẫn dịch vụ công trực tuyến",
            "epidemic" => "tổ phòng, chống dịch cộng đồng",
            "land_clearance" => "vận động bàn giao mặt bằng",
            _ => "chỉnh trang ngõ phố",
        };
        let registered = later(Day::constant(2021, 1, 11), i64::try_from(n % 75).unwrap_or(0));
        let appraised = later(registered, 150);
        let recognised = later(registered, 210);
        let level = self
            .snapshot
            .tree
            .at(day(12, 31))
            .level(place)
            .map(|level| self.snapshot.tree.kinds().level_def(level).id.clone());
        let level = level.unwrap_or_else(|| "commune".into());
        let mut round = RowInput::default();
        for (field, value) in
            [("year", "2021".to_owned()), ("level", level.clone()), ("registered_on", show_day(registered))]
        {
            round.fields.insert(field.into(), value);
        }
        if n.is_multiple_of(3) || n < RECIPIENTS {
            round.fields.insert("appraised_on".into(), show_day(appraised));
            round.fields.insert("recognised_on".into(), show_day(recognised));
            round.fields.insert("recognised_level".into(), level);
        }
        if n < RECIPIENTS {
            round.fields.insert("proposed_on".into(), show_day(later(recognised, 20)));
        }
        let mut input = Input::default()
            .set("name", format!("“Dân vận khéo” {about}, {} (minh họa {})", self.name(place), n + 1))
            .set("kind", if n % 6 == 5 { "exemplar" } else { "model" })
            .set("field", ["economy", "culture", "security", "political_system"][n % 4])
            .set("holder", if n % 5 == 4 { "individual" } else { "collective" })
            .set("place", self.code(place))
            .set("theme", theme)
            .set("started_on", show_day(registered))
            .set("outputs", "Kết quả do đơn vị tự đánh giá (minh họa).");
        input.rows.insert("round".into(), vec![round]);
        New { unit: place.body(self.party).0, input, ..New::default() }
    }

    /// One decision of the city, with a recipient for each of the first models.
    pub(crate) fn awards(&self, models: &[Record]) -> Vec<New> {
        let rows = models
            .iter()
            .take(RECIPIENTS)
            .enumerate()
            .map(|(n, model)| {
                let kind = if n % 5 == 4 { "individual" } else { "collective" };
                let name = if kind == "individual" { "Cá nhân" } else { "Tập thể" };
                let mut row = RowInput::default();
                row.fields.insert(
                    "name".into(),
                    format!("{name} minh họa {}", number::two_digits(i64::try_from(n + 1).unwrap_or(0))),
                );
                row.fields.insert("kind".into(), kind.into());
                row.fields.insert("model".into(), Id(model.id.0).handle());
                row
            })
            .collect();
        let issued = Day::constant(2021, 12, 20);
        let mut input = Input::default()
            .set("subject", "Tặng bằng khen có thành tích trong phong trào “Dân vận khéo” năm 2021 (minh họa)")
            .set("number", "00/QĐ-UBND (minh họa)")
            .set("issued_on", show_day(issued))
            .set("level", "province")
            .set("form", "certificate_of_merit")
            .set("year", "2021");
        input.rows.insert("recipient".into(), rows);
        vec![New {
            unit: self.city.body(self.government).0,
            input,
            steps: vec![("issue".into(), issued)],
            ..New::default()
        }]
    }

    pub(crate) fn critical_cases(&self) -> Vec<New> {
        let causes = ["land", "environment", "policy", "land", "boundary", "labour", "land", "other"];
        (0..COMPLEX_CASES)
            .map(|n| {
                let opened = Day::constant(2019, i8::try_from(1 + n).unwrap_or(1), 15);
                let mut input = Input::default()
                    .set("issue", format!("Vụ việc phức tạp, kéo dài minh họa {}", n + 1))
                    .set("kind", "complex_case")
                    .set("cause", causes[n])
                    .set("place", self.code(self.places[1 + n]))
                    .set("opened_on", show_day(opened));
                let mut steps = Vec::new();
                // Five within the year, the others in the years that followed.
                let month = i8::try_from(3 + n % SETTLED * 2).unwrap_or(3);
                let settled = Day::constant(if n < SETTLED { 2021 } else { 2023 }, month, 18);
                input = input
                    .set("settled_on", show_day(settled))
                    .set("settlement", "Các bên đồng thuận với phương án (minh họa).");
                steps.push(("settle".to_owned(), settled));
                New { unit: self.city.body(self.government).0, input, steps, ..New::default() }
            })
            .collect()
    }

    pub(crate) fn publications(&self) -> Vec<New> {
        let party = self.city.body(self.party).0;
        [
            ("Tờ gấp, bản tin tuyên truyền bầu cử", "leaflet", "elections", "sheets", "4000", day(4, 20)),
            (
                "Tờ gấp về quy chế dân chủ tại nơi làm việc",
                "leaflet",
                "workplace_democracy",
                "sheets",
                "10000",
                day(6, 10),
            ),
            ("Sổ tay đối thoại tại nơi làm việc", "handbook", "labour", "volumes", "950", day(7, 5)),
            ("Sách hỏi - đáp về dân chủ ở cơ sở", "book", "grassroots_democracy", "volumes", "2000", day(9, 14)),
            ("Sách về chính sách tín ngưỡng, tôn giáo", "book", "belief", "volumes", "300", day(10, 8)),
        ]
        .into_iter()
        .map(|(name, kind, topic, measure, run, on)| {
            let input = Input::default()
                .set("name", format!("{name} (minh họa)"))
                .set("kind", kind)
                .set("topic", topic)
                .set("published_on", show_day(on))
                .set(measure, run);
            New { unit: party, input, ..New::default() }
        })
        .collect()
    }

    pub(crate) fn outreach(&self) -> Vec<New> {
        let input = Input::default()
            .set("name", "Hội nghị tuyên truyền Bộ luật Lao động cho công nhân lao động (minh họa)")
            .set("form", "conference")
            .set("topic", "labour")
            .set("held_on", show_day(day(5, 12)))
            .set("place", self.code(self.city))
            .set("audience_kind", "workers")
            .set("audience", "hơn 1.000");
        vec![New { unit: self.city.body(self.party).0, input, ..New::default() }]
    }

    /// The communes that the city chose for the pilot of the year: those whose model bears its theme.
    pub(crate) fn recognitions(&self) -> Vec<New> {
        let at = self.snapshot.tree.at(day(12, 31));
        let rural = self.communes.iter().filter(|unit| at.place_kind(**unit).is_some_and(|kind| kind.id == "xa"));
        let chosen = |commune: &Unit| {
            let input = Input::default()
                .set("programme", "new_rural_model")
                .set("place", self.code(*commune))
                .set("chosen_on", show_day(day(2, 25)))
                .set("decision", "Quyết định minh họa");
            New { unit: self.city.body(self.government).0, input, ..New::default() }
        };
        rural.take(PILOT_COMMUNES).map(chosen).collect()
    }

    /// When a commitment was kept: most within the year, the others in the spring that followed.
    pub(crate) fn kept(commitment: &Record, n: usize) -> Option<(Day, Input)> {
        let due = commitment.document.day("due_on")?;
        let within = due < day(12, 20) && n % 7 != 6;
        let on = if within { moved(due, if n % 9 == 8 { 6 } else { -5 }) } else { Day::constant(2022, 4, 15) };
        Some((on, Input::default().set("result", "Đã thực hiện, có biên bản nghiệm thu (minh họa).")))
    }

    /// Every place confirms that no hot spot arose: nothing said would not be nothing there.
    pub(crate) fn confirmations(&self) -> Vec<New> {
        let confirm = |place: &Unit| {
            let input = Input::default()
                .set("figure", "critical_case.hot_spots")
                .set("from_day", show_day(day(1, 1)))
                .set("to_day", show_day(day(12, 31)))
                .set("confirmed_by", self.head(*place, "chu-tich-ubnd"));
            New { unit: place.body(self.government).0, input, ..New::default() }
        };
        self.places.iter().map(confirm).collect()
    }

    /// Letters of the year's last months: all of them answered by the spring.
    pub(crate) fn submissions(&self) -> Vec<New> {
        let texts = [
            ("petition", "Kiến nghị sửa chữa đường ngõ xuống cấp", "infrastructure"),
            ("feedback", "Phản ánh tiếng ồn của cơ sở sản xuất", "environment"),
            ("petition", "Kiến nghị bổ sung chế độ hỗ trợ", "social_policy"),
            ("feedback", "Phản ánh việc đổ vật liệu lấn chiếm lòng đường", "land"),
        ];
        (0..60)
            .map(|n: usize| {
                let (kind, subject, topic) = texts[n % texts.len()];
                let place = self.communes[n * 17 % self.communes.len()];
                let received = moved(Day::constant(2021, 11, 1), i64::try_from(n).unwrap_or(0));
                let settled = moved(received, if n < 45 { 12 } else { 80 });
                let input = Input::default()
                    .set("kind", kind)
                    .set("subject", format!("{subject} (minh họa)"))
                    .set("received_on", show_day(received))
                    .set("channel", ["counter", "reception", "post", "online"][n % 4])
                    .set("topic", topic)
                    .set("cause_place", self.code(place))
                    .set("competent", "có")
                    .set("settled_on", show_day(settled))
                    .set("outcome", "answered")
                    .set("answer", "Đã trả lời bằng văn bản (minh họa).")
                    .set("sender_name", format!("Người gửi minh họa {}", n + 1))
                    .set("sender_address", format!("{} (minh họa)", self.name(place)));
                New {
                    unit: place.body(self.government).0,
                    input,
                    steps: vec![("settle".to_owned(), settled)],
                    ..New::default()
                }
            })
            .collect()
    }
}

fn day(month: i8, day: i8) -> Day {
    Day::constant(2021, month, day)
}

/// Days after, stopping at the year's last: what the published totals count.
fn later(day: Day, days: i64) -> Day {
    moved(day, days).min(Day::constant(2021, 12, 31))
}

fn moved(day: Day, days: i64) -> Day {
    kernel::number_day(kernel::day_number(day) + days)
}

/// A working day of 2021, spread evenly.
fn spread(n: usize) -> Day {
    let from = kernel::day_number(Day::constant(2021, 1, 4));
    let on = kernel::number_day(from + i64::try_from(n * 37 % 360).unwrap_or(0));
    let weekday = on.weekday().to_monday_zero_offset();
    later(on, if weekday > 4 { i64::from(7 - weekday) } else { 0 })
}
