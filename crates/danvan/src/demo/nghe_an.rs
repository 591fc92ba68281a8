//! Nghệ An's last year of scheme 04, 2025: enough records that some of its 24 targets are met, some missed by units that are named, and one has
//! no data. Nothing of it is published: every record and every rank is made up.

use db::Result;
use kernel::Day;
use people::Holder;
use records::{Record, act::New};
use units::Unit;

use super::filling::{Filling, Ground, fields, later, on, row, said, working};

const LAST: Day = Day::constant(2025, 12, 31);
/// Since then there are no districts.
const TWO_LEVELS: Day = Day::constant(2025, 7, 1);
const DEPARTMENTS: [&str; 10] = [
    "so-noi-vu",
    "so-tu-phap",
    "so-tai-chinh",
    "so-xay-dung",
    "so-nong-nghiep-moi-truong",
    "so-y-te",
    "so-giao-duc-dao-tao",
    "so-khoa-hoc-cong-nghe",
    "so-cong-thuong",
    "so-dan-toc-ton-giao",
];
const PARTNERS: [&str; 6] = ["mttq", "hnd", "pn", "dtn", "ccb", "cdvn"];

/// An agency of the scheme: its place and its kind of body.
type Agency = (Unit, &'static str);

pub(crate) async fn year_2025(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(LAST);
    let province = ground.find("nghe-an")?;
    let communes = ground.under(province, "commune")?;
    let committees: Vec<Unit> = std::iter::once(province).chain(communes.iter().copied()).collect();
    let mut agencies: Vec<Agency> = committees.iter().map(|place| (*place, "ubnd")).collect();
    agencies.extend(DEPARTMENTS.map(|department| (province, department)));
    let year = Year { filling, ground, province, communes, committees, agencies };
    year.plans().await?;
    year.procedures().await?;
    year.indexes().await?;
    year.letters().await?;
    year.models().await?;
    year.agreements().await?;
    year.dialogues().await?;
    year.trainings().await?;
    year.reviews().await
}

struct Year<'a> {
    filling: &'a Filling<'a>,
    ground: Ground<'a>,
    province: Unit,
    communes: Vec<Unit>,
    /// The people's committees of the province and of its communes.
    committees: Vec<Unit>,
    /// They and the departments.
    agencies: Vec<Agency>,
}

impl Year<'_> {
    /// A record of each agency but every so many, from the last.
    fn of_agencies(&self, but: Option<usize>, make: impl Fn(usize, Agency) -> New) -> Vec<New> {
        let all = self.agencies.iter().enumerate();
        all.filter(|(n, _)| but.is_none_or(|but| n % but != but - 1)).map(|(n, agency)| make(n, *agency)).collect()
    }

    /// Directives and the article made known, and the plans of the year; three communes have not carried theirs out.
    async fn plans(&self) -> Result<()> {
        let texts = [
            ("directive", "Quán triệt chỉ thị, nghị quyết về công tác dân vận", Day::constant(2025, 7, 21)),
            ("article", "Học tập tác phẩm “Dân vận” của Chủ tịch Hồ Chí Minh", Day::constant(2025, 10, 6)),
        ];
        let sessions = texts.into_iter().flat_map(|(kind, subject, from)| {
            self.of_agencies(None, move |n, (place, body)| {
                let attendance = 25 + n * 7 % 60;
                let input = fields([
                    ("subject", said(subject)),
                    ("kind", said(kind)),
                    ("form", said(if kind == "article" { "meeting" } else { "conference" })),
                    ("held_on", on(working(from, n % 12, LAST))),
                    ("due", (attendance + 3).to_string()),
                    ("attendance", attendance.to_string()),
                ]);
                self.ground.book(place, body, input, &[])
            })
        });
        self.filling.write("dissemination", sessions.collect()).await?;
        let plan = |kind: &'static str, subject: &'static str, carried: Option<usize>| {
            self.of_agencies(None, move |n, (place, body)| {
                let new = place != self.province;
                let from = if new { TWO_LEVELS } else { Day::constant(2025, 1, 1) };
                let issued =
                    working(if new { Day::constant(2025, 7, 7) } else { Day::constant(2025, 3, 10) }, n % 9, LAST);
                let done = working(Day::constant(2025, 12, 15), n % 8, LAST);
                let mut input = fields([
                    ("subject", said(subject)),
                    ("kind", said(kind)),
                    ("number", said("00/KH (minh họa)")),
                    ("issued_on", on(issued)),
                    ("valid_from", on(from)),
                    ("valid_to", on(LAST)),
                ]);
                if carried.is_some_and(|but| n % but == but - 1) {
                    return self.ground.book(place, body, input, &[("issue", issued)]);
                }
                input =
                    input.set("carried_on", on(done)).set("result", "Đã thực hiện các việc theo kế hoạch (minh họa).");
                self.ground.book(place, body, input, &[("issue", issued), ("carry_out", done)])
            })
        };
        let mut plans = plan("engagement", "Kế hoạch công tác dân vận chính quyền năm 2025", None);
        plans.extend(plan("democracy", "Kế hoạch thực hiện dân chủ ở cơ sở năm 2025", Some(45)));
        self.filling.write("plan", plans).await.map(|_| ())
    }

    /// Of the agencies three fall short; five have not brought their internal procedures up to date.
    async fn procedures(&self) -> Result<()> {
        let stats = self.of_agencies(None, |n, (place, body)| {
            let resolved = 400 + n * 37 % 900;
            let late = if n % 47 == 46 { resolved / 10 } else { resolved / 100 };
            let asked = 50 + n % 40;
            let from = if place == self.province { Day::constant(2025, 1, 1) } else { TWO_LEVELS };
            let input = fields([
                ("from_day", on(from)),
                ("to_day", on(LAST)),
                ("received", (resolved + 12).to_string()),
                ("resolved", resolved.to_string()),
                ("on_time", (resolved - late).to_string()),
                ("errors", (resolved / 300).to_string()),
                ("online", (resolved * 7 / 10).to_string()),
                ("asked", asked.to_string()),
                ("satisfied", (asked - 2 - n % 4).to_string()),
            ]);
            self.ground.book(place, body, input, &[])
        });
        self.filling.write("procedure_stat", stats).await?;
        let procedures = self.of_agencies(None, |n, (place, body)| {
            let published = working(Day::constant(2025, 7, 28), n % 30, LAST);
            let changed = Day::constant(2025, 10, 20);
            let mut input = fields([
                ("name", said("Thẩm định, trình ban hành văn bản (minh họa)")),
                ("published_on", on(published)),
                ("where_published", said("Trang thông tin điện tử của cơ quan")),
                ("changed_on", on(changed)),
            ]);
            if n % 28 != 27 {
                input = input.set("updated_on", on(working(changed, 3 + n % 5, LAST)));
            }
            self.ground.book(place, body, input, &[])
        });
        self.filling.write("internal_procedure", procedures).await.map(|_| ())
    }

    /// Ranks that were published in 2024 and 2025; of one index nothing has come yet.
    async fn indexes(&self) -> Result<()> {
        let published = [
            ("par", 2024, "12/63", Day::constant(2025, 4, 6)),
            ("papi", 2024, "21/61", Day::constant(2025, 4, 15)),
            ("sipas", 2023, "22/63", Day::constant(2024, 4, 17)),
            ("sipas", 2024, "20/63", Day::constant(2025, 4, 6)),
        ];
        let rank = |(index, year, rank, day): (&str, i16, &str, Day)| {
            let input = fields([
                ("index", said(index)),
                ("year", year.to_string()),
                ("place", self.ground.code(self.province)),
                ("rank", said(rank)),
                ("published_on", on(day)),
                ("publisher", said("Thứ hạng minh họa")),
            ]);
            self.ground.book(self.province, "ubnd", input, &[])
        };
        self.filling.write("external_index", published.map(rank).to_vec()).await.map(|_| ())
    }

    /// Complaints guided in time; petitions settled but for two; opinions of voters answered and asked back.
    async fn letters(&self) -> Result<()> {
        let sender = |n: usize, place: Unit| {
            [
                ("sender_name", format!("Người gửi minh họa {}", n + 1)),
                ("sender_address", format!("{} (minh họa)", self.ground.name(place))),
            ]
        };
        let letters = (0..80).map(|n: usize| {
            let place = self.communes[n * 13 % self.communes.len()];
            let received = working(Day::constant(2025, 7, 14), n * 2, LAST);
            let complaint = n % 4 == 3;
            let subject = if complaint {
                "Khiếu nại quyết định về đất đai"
            } else {
                "Kiến nghị sửa đường dân sinh"
            };
            let mut input = fields([
                ("kind", said(if complaint { "complaint" } else { "petition" })),
                ("subject", format!("{subject} (minh họa)")),
                ("received_on", on(received)),
                ("channel", said("counter")),
                ("topic", said(if complaint { "land" } else { "infrastructure" })),
                ("cause_place", self.ground.code(place)),
            ]);
            input.fields.extend(sender(n, place).map(|(field, value)| (field.to_owned(), value)));
            if complaint {
                let guided = self.ground.code(self.ground.body(self.province, "ubnd"));
                let input = input.set("round", "first").set("competent", "không").set("guided_to", guided);
                return self.ground.book(place, "ubnd", input, &[("guide", working(received, 4, LAST))]);
            }
            let input = input.set("competent", "có");
            if n == 38 || n == 60 {
                return self.ground.book(place, "ubnd", input, &[]);
            }
            let settled = working(received, 12, LAST);
            let input = input
                .set("settled_on", on(settled))
                .set("outcome", "answered")
                .set("answer", "Đã trả lời bằng văn bản (minh họa).");
            self.ground.book(place, "ubnd", input, &[("settle", settled)])
        });
        self.filling.write("submission", letters.collect()).await?;
        let opinions = (0..40).map(|n: usize| {
            let place = self.communes[n * 3 % self.communes.len()];
            let received = working(Day::constant(2025, 9, 15), n, LAST);
            let days = [0, 2, 14, 21].map(|days| working(received, days, LAST));
            let input = fields([
                ("subject", said("Cử tri đề nghị nâng cấp công trình nước sạch (minh họa)")),
                ("topic", said("infrastructure")),
                ("place", self.ground.code(place)),
                ("source", said("meeting")),
                ("received_on", on(received)),
                ("routed_to", self.ground.code(self.ground.body(place, "ubnd"))),
                ("right_body", said("có")),
                ("answer_due", on(days[3])),
                ("answered_on", on(days[2])),
                ("answer", said("Đã trả lời cử tri (minh họa).")),
                ("asked_on", on(days[3])),
                ("satisfaction", said(if n % 9 == 8 { "partly" } else { "satisfied" })),
            ]);
            let steps = [("route", days[1]), ("answer", days[2]), ("close", days[3])];
            self.ground.book(place, "ubnd", input, &steps)
        });
        self.filling.write("voter_opinion", opinions.collect()).await.map(|_| ())
    }

    /// A model of each agency; bright spots, of which some lack a piece of evidence; one round of commendation.
    async fn models(&self) -> Result<()> {
        let models = self.of_agencies(None, |n, (place, body)| {
            let registered = working(Day::constant(2025, 7, 14), n % 40, LAST);
            let mut input = fields([
                (
                    "name",
                    format!("“Dân vận khéo” hướng dẫn dịch vụ công, {} (minh họa {})", self.ground.name(place), n + 1),
                ),
                ("kind", said("model")),
                ("field", said("political_system")),
                ("holder", said("collective")),
                ("place", self.ground.code(place)),
                ("theme", said("digital")),
                ("started_on", on(registered)),
            ]);
            let level = self.ground.level(place);
            let round = row([("year", said("2025")), ("level", level), ("registered_on", on(registered))]);
            input.rows.insert("round".into(), vec![round]);
            self.ground.book(place, body, input, &[])
        });
        self.filling.write("model", models).await?;
        let spot = |kind: &'static str, but: Option<usize>, bare: Option<usize>| {
            self.of_agencies(but, move |n, (place, body)| {
                let registered = working(Day::constant(2025, 7, 14), n % 20, LAST);
                let later = |days: usize| on(working(registered, days, LAST));
                let input = fields([
                    ("name", format!("Điểm sáng của {} (minh họa {})", self.ground.name(place), n + 1)),
                    ("kind", said(kind)),
                    ("place", self.ground.code(place)),
                    ("registered_on", on(registered)),
                    ("plan_on", later(7)),
                    ("mid_review_on", later(75)),
                    ("final_review_on", later(140)),
                ]);
                if bare.is_some_and(|bare| n % bare == bare - 1) {
                    return self.ground.book(place, body, input, &[]);
                }
                let input = input
                    .set("evaluated_on", later(145))
                    .set("effect", "Thời gian giải quyết giảm so với trước (minh họa).")
                    .set("replicated_on", later(150));
                self.ground.book(place, body, input, &[])
            })
        };
        let mut spots = spot("government", Some(46), None);
        spots.extend(spot("democracy", None, Some(12)));
        self.filling.write("bright_spot", spots).await?;
        let input = fields([
            ("name", said("Biểu dương điển hình dân vận chính quyền năm 2025 (minh họa)")),
            ("level", said("province")),
            ("of", said("engagement")),
            ("held_on", on(Day::constant(2025, 10, 15))),
            ("collectives", said("12")),
            ("individuals", said("18")),
        ]);
        self.filling.write("commendation", vec![self.ground.book(self.province, "ubnd", input, &[])]).await.map(|_| ())
    }

    /// One agreement of each committee with its partners, but one lacks two of them; most were reviewed in the year.
    async fn agreements(&self) -> Result<()> {
        let all = self.committees.iter().enumerate().map(|(n, place)| {
            let signed = working(Day::constant(2025, 7, 21), n % 30, LAST);
            let mut input = fields([
                (
                    "name",
                    format!(
                        "Quy chế phối hợp giữa Ủy ban nhân dân và Mặt trận Tổ quốc, các tổ chức chính trị - xã hội {}",
                        self.ground.name(*place)
                    ),
                ),
                ("form", said("regulation")),
                ("signed_on", on(signed)),
                ("valid_from", on(signed)),
                ("valid_to", on(Day::constant(2030, 6, 30))),
            ]);
            let with = if n == 17 { &PARTNERS[..4] } else { &PARTNERS[..] };
            let party = |partner: &&str| {
                let body = self.ground.code(self.ground.body(*place, partner));
                row([("body", body), ("side", said("b")), ("partner", said(partner))])
            };
            input.rows.insert("party".into(), with.iter().map(party).collect());
            self.ground.book(*place, "ubnd", input, &[("sign", signed)])
        });
        let signed = self.filling.write("agreement", all.collect()).await?;
        let reviewed = signed.iter().zip(&self.committees).enumerate().filter(|(n, _)| n % 26 != 25);
        let reviews = reviewed.map(|(n, (agreement, place))| self.review_of(agreement, *place, n));
        self.filling.write("review", reviews.collect()).await.map(|_| ())
    }

    fn review_of(&self, agreement: &Record, place: Unit, n: usize) -> New {
        let held = working(Day::constant(2025, 12, 1), n % 20, LAST);
        let input = fields([
            ("subject", format!("Hội nghị đánh giá quy chế phối hợp năm 2025, {}", self.ground.name(place))),
            ("kind", said("interim")),
            ("of", said("agreement")),
            ("agreement", agreement.id.handle()),
            ("held_on", on(held)),
        ]);
        self.ground.book(place, "ubnd", input, &[("hold", held)])
    }

    /// Every chairman in office held one but two; those of the districts until there were none.
    async fn dialogues(&self) -> Result<()> {
        let before = self.filling.ground(Day::constant(2025, 6, 30));
        let districts = before.under(self.province, "district")?;
        let post = "chu-tich-ubnd";
        let mut holders = vec![self.ground.holder(self.province, 0, post, (Day::constant(2021, 6, 28), None))];
        let ended = (Day::constant(2021, 7, 1), Some(TWO_LEVELS));
        holders.extend(districts.iter().enumerate().map(|(n, unit)| before.holder(*unit, n, post, ended)));
        let communes = self.communes.iter().enumerate();
        holders.extend(communes.map(|(n, unit)| self.ground.holder(*unit, n, post, (TWO_LEVELS, None))));
        let holders: Vec<Holder> = holders;
        self.filling.holders(&holders).await?;
        let mut all = vec![dialogue(&self.ground, self.province, 0, Day::constant(2025, 9, 18))];
        let spring = |n: usize| working(Day::constant(2025, 3, 3), n * 4, Day::constant(2025, 6, 27));
        all.extend(districts.iter().enumerate().map(|(n, unit)| dialogue(&before, *unit, n, spring(n))));
        let autumn = |n: usize| working(Day::constant(2025, 8, 11), n % 100, LAST);
        let held = self.communes.iter().enumerate().filter(|(n, _)| n % 65 != 64);
        all.extend(held.map(|(n, unit)| dialogue(&self.ground, *unit, n, autumn(n))));
        self.filling.write("dialogue", all).await.map(|_| ())
    }

    /// Two classes of the province, and one of each group of communes.
    async fn trainings(&self) -> Result<()> {
        let class = |name: &str, level: &str, places: &[Unit], day: Day| {
            let input = fields([
                ("name", said(name)),
                ("level", said(level)),
                ("place", places.iter().map(|place| self.ground.code(*place)).collect::<Vec<_>>().join("; ")),
                ("held_on", on(day)),
                ("attendance", said("120")),
            ]);
            self.ground.book(self.province, "so-noi-vu", input, &[])
        };
        let own = [self.province];
        let mut classes: Vec<New> = [Day::constant(2025, 8, 19), Day::constant(2025, 11, 4)]
            .map(|day| class("Bồi dưỡng nghiệp vụ công tác dân vận chính quyền", "province", &own, day))
            .to_vec();
        let groups = self.communes.chunks(10).enumerate();
        classes.extend(groups.map(|(n, places)| {
            class(
                "Tập huấn công tác dân vận cấp xã theo cụm",
                "commune",
                places,
                working(Day::constant(2025, 9, 8), n * 5, LAST),
            )
        }));
        self.filling.write("training", classes).await.map(|_| ())
    }

    /// The half-year of each agency; the year's of most; inspections of most.
    async fn reviews(&self) -> Result<()> {
        let review = |of: &'static str, kind: &'static str, from: Day, but: Option<usize>| {
            self.of_agencies(but, move |n, (place, body)| {
                let held = working(from, n % 14, LAST);
                let input = fields([
                    (
                        "subject",
                        said(if of == "year" {
                            "Tổng kết công tác dân vận chính quyền năm 2025"
                        } else {
                            "Sơ kết công tác dân vận chính quyền 6 tháng"
                        }),
                    ),
                    ("kind", said(kind)),
                    ("of", said(of)),
                    ("held_on", on(held)),
                ]);
                self.ground.book(place, body, input, &[("hold", held)])
            })
        };
        let mut reviews = review("half_year", "interim", Day::constant(2025, 7, 14), None);
        reviews.extend(review("year", "final", Day::constant(2025, 12, 8), Some(20)));
        self.filling.write("review", reviews).await?;
        let groups = self.agencies.chunks(12).enumerate().filter(|(n, _)| n % 6 != 5);
        let inspections = groups.map(|(n, agencies)| {
            let held = working(Day::constant(2025, 9, 22), n * 6, LAST);
            let concluded = later(held, 10, LAST);
            let bodies = agencies.iter().map(|(place, body)| self.ground.code(self.ground.body(*place, body)));
            let input = fields([
                ("subject", format!("Kiểm tra công tác dân vận chính quyền, đoàn số {} (minh họa)", n + 1)),
                ("topic", said("engagement")),
                ("inspected", bodies.collect::<Vec<_>>().join("; ")),
                ("held_on", on(held)),
                ("concluded_on", on(concluded)),
                ("conclusion", said("Các đơn vị có kế hoạch, phân công rõ người, rõ việc (minh họa).")),
            ]);
            self.ground.book(self.province, "so-noi-vu", input, &[("hold", held), ("conclude", concluded)])
        });
        self.filling.write("inspection", inspections.collect()).await.map(|_| ())
    }
}

fn dialogue(ground: &Ground<'_>, place: Unit, n: usize, held: Day) -> New {
    let concluded = working(held, 8, LAST);
    let input = fields([
        ("subject", format!("Đối thoại với người dân, doanh nghiệp tại {}", ground.name(place))),
        ("kind", said("ad_hoc")),
        ("legal_basis", said("own_regulation")),
        ("topic", said("procedures")),
        ("audience", said(if n % 4 == 3 { "enterprises" } else { "residents" })),
        ("place", ground.code(place)),
        ("held_on", on(held)),
        ("chairs", ground.head(place, "chu-tich-ubnd")),
        ("attendance", (70 + n * 11 % 90).to_string()),
        ("conclusion_on", on(concluded)),
    ]);
    ground.book(place, "ubnd", input, &[("hold", held), ("conclude", concluded)])
}
