//! From a visit at the desk to its conclusion notice; from a decision to the day on which the sender received it.

use std::collections::{BTreeMap, HashMap};

use db::testing::both;
use kernel::{Day, parse_day};
use units::Unit;

use crate::{
    By, House, Record,
    act::{self, New},
    fill::{Input, RowInput},
    paper::{self, Given},
    testing::{clerk, house},
    value::Directory as _,
};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn commune(house: &House, on: Day) -> Unit {
    let snapshot = house.now();
    let place = snapshot.tree.find("11383", on).unwrap();
    let kinds = snapshot.tree.kinds();
    place.body(kinds.bodies[kinds.body_kind("ubnd").unwrap()].slot.unwrap())
}

fn row(fields: &[(&str, &str)]) -> RowInput {
    let fields = fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    RowInput { n: None, fields }
}

fn words(house: &House, record: &Record, id: &str, given: &Given) -> String {
    let snapshot = house.now();
    let (paper, register) = (snapshot.pack.paper(id).unwrap(), snapshot.register(&record.register).unwrap());
    papers::markdown(&paper::fill(&snapshot, paper, register, record, given))
}

async fn visit(house: &House, by: &By, unit: Unit) -> Record {
    let code = house.now().code(unit.0, by.today);
    let mut input = Input::default()
        .set("received_on", "06/07/2026")
        .set("reception", "head")
        .set("subject", "Kiến nghị sửa đường liên thôn")
        .set("kind", "petition")
        .set("persons", "6")
        .set("citizen_name", "Nguyễn Văn Mẫu")
        .set("citizen_number", "001090012345")
        .set("citizen_address", "thôn Đông");
    let item = row(&[("text", "Sửa 200 m đường"), ("body", &code), ("due_on", "30/09/2026")]);
    input.rows.insert("item".into(), vec![item]);
    input.rows.insert("document".into(), vec![row(&[("name", "Đơn kiến nghị"), ("pages", "2")])]);
    act::create(house, by, "visit", New { unit: unit.0, input, ..New::default() }).await.unwrap().record
}

#[tokio::test]
async fn a_reception_ends_in_a_notice_that_names_the_visitor_only_to_those_who_may_read() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let today = day("10/07/2026");
        let (unit, by) = (commune(&house, today), clerk(commune(&house, today).0, today));
        let made = visit(&house, &by, unit).await;
        let answer = made.document.clocks.iter().find(|running| running.clock == "answer").unwrap();
        assert_eq!(answer.due, day("20/07/2026"), "ten working days");
        let input =
            Input::default().set("conclusion_on", "08/07/2026").set("conclusion", "Đồng ý sửa đường trong quý III.");
        let done = act::take(&house, &by, made.id, 1, "conclude", day("08/07/2026"), input).await.unwrap().record;
        let mut tx = house.read().await.unwrap();
        let privates: BTreeMap<String, String> = house.vault.all(&mut tx, done.id.0).await.unwrap();
        drop(tx);
        let sealed = words(&house, &done, "reception_conclusion", &Given::default());
        assert!(sealed.contains("Sửa 200 m đường") && sealed.contains("30/09/2026"), "{sealed}");
        assert!(!sealed.contains("Nguyễn Văn Mẫu") && sealed.contains("……"), "{sealed}");
        let opened = words(&house, &done, "reception_conclusion", &Given { privates, ..Given::default() });
        assert!(opened.contains("Nguyễn Văn Mẫu") && opened.contains("thôn Đông"), "{opened}");
        assert!(!opened.contains("001090012345"), "the notice does not ask for the number");
        let receipt = words(&house, &done, "reception_receipt", &Given::default());
        assert!(receipt.contains("Đơn kiến nghị"), "{receipt}");
        // What was decided stands in the book of the body in charge.
        let mut tx = house.read().await.unwrap();
        let linked = crate::store::links_to(&mut tx, done.id).await.unwrap();
        let ids: Vec<i64> = linked.iter().map(|(id, _)| id.0).collect();
        let promises = crate::store::find_many(&mut tx, &house.names, &ids).await.unwrap();
        assert_eq!(promises.len(), 1);
        assert_eq!((promises[0].register.as_str(), promises[0].unit), ("commitment", unit.0));
        assert_eq!(promises[0].due, Some(day("30/09/2026")));
    }
}

#[tokio::test]
async fn the_senders_own_window_starts_when_they_received_the_decision() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let today = day("23/01/2026");
        let unit = commune(&house, today);
        let by = clerk(unit.0, today);
        let input = Input::default()
            .set("subject", "Khiếu nại quyết định thu hồi đất")
            .set("accepted_on", "02/01/2026")
            .set("round", "first")
            .set("topic", "land");
        let new = New { unit: unit.0, input, ..New::default() };
        let case = act::create(&house, &by, "complaint", new).await.unwrap().record;
        let input = Input::default().set("result", "rejected");
        let case =
            act::take(&house, &by, case.id, case.version, "decide", day("16/01/2026"), input).await.unwrap().record;
        let paper = "complaint_first_decision";
        let signed = row(&[("paper", paper), ("number", "15/QĐ-UBND"), ("signed_on", "16/01/2026")]);
        let to = |to: &str, received: &str| {
            row(&[("paper", paper), ("to", to), ("how", "post"), ("sent_on", "19/01/2026"), ("received_on", received)])
        };
        let mut input = Input::default();
        input.rows.insert("paper".into(), vec![signed]);
        input.rows.insert("delivery".into(), vec![to("respondent", "19/01/2026"), to("sender", "20/01/2026")]);
        let case = act::edit(&house, &by, case.id, case.version, input).await.unwrap().record;
        assert_eq!(case.document.fields["decision_number"], "15/QĐ-UBND");
        assert_eq!(case.document.day("decision_received_on"), Some(day("20/01/2026")));
        let window = case.document.clocks.iter().find(|running| running.clock == "second_window").unwrap();
        assert_eq!(
            (window.started, window.due),
            (day("20/01/2026"), day("23/02/2026")),
            "crosses Tết and ends on the next working day"
        );
        let decision = words(&house, &case, paper, &Given { slots: HashMap::new(), ..Given::default() });
        assert!(decision.contains("15/QĐ-UBND") && decision.contains("ngày 16 tháng 01 năm 2026"), "{decision}");
    }
}

#[tokio::test]
async fn a_paper_is_headed_and_signed_as_the_body_that_keeps_the_book_does() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let today = day("10/07/2026");
        let snapshot = house.now();
        let (place, kinds) = (commune(&house, today).ground(), snapshot.tree.kinds());
        for (kind, head, authority, post, symbol) in [
            ("ubnd", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Some("TM. Ủy ban nhân dân"), "Chủ tịch", "TB-UBND"),
            ("dang-uy", "ĐẢNG CỘNG SẢN VIỆT NAM", Some("T/M Ban Thường vụ"), "Bí thư", "TB/ĐU"),
            ("ban-xay-dung-dang", "ĐẢNG CỘNG SẢN VIỆT NAM", None, "Trưởng ban", "TB/BXDĐ"),
            ("mttq", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Some("TM. Ban Thường trực"), "Chủ tịch", "TB-MTTQ"),
        ] {
            let unit = place.body(kinds.bodies[kinds.body_kind(kind).unwrap()].slot.unwrap());
            let made = visit(&house, &clerk(unit.0, today), unit).await;
            let (paper, register) =
                (snapshot.pack.paper("reception_refusal").unwrap(), snapshot.register("visit").unwrap());
            let filled = paper::fill(&snapshot, paper, register, &made, &Given::default());
            assert_eq!(filled.sign.authority.first().map(String::as_str), authority, "{kind}");
            assert_eq!((filled.sign.post.as_str(), filled.head.symbol.as_str()), (post, symbol), "{kind}");
            let text = papers::markdown(&filled);
            assert!(text.contains(head), "{kind}: {text}");
        }
    }
}

#[tokio::test]
async fn a_step_names_the_paper_that_can_come_of_it_and_no_other() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let today = day("23/01/2026");
        let unit = commune(&house, today);
        let by = clerk(unit.0, today);
        let may_come = async |kind: &str| {
            let input = Input::default()
                .set("kind", kind)
                .set("subject", "Rác thải tồn đọng ở tổ dân phố")
                .set("received_on", "20/01/2026")
                .set("topic", "environment");
            let input = if kind == "complaint" { input.set("round", "first") } else { input };
            let new = New { unit: unit.0, input, ..New::default() };
            let letter = act::create(&house, &by, "submission", new).await.unwrap().record;
            let snapshot = house.now();
            let register = snapshot.register(&letter.register).unwrap();
            ["acceptance_notice", "feedback_answer", "transfer_slip"]
                .map(|id| paper::may_come(&snapshot, snapshot.pack.paper(id).unwrap(), register, &letter, None))
        };
        assert_eq!(may_come("complaint").await, [true, false, true], "to whom it goes is told by the step");
        assert_eq!(may_come("feedback").await, [false, true, true], "feedback has no notice of a complaint");
    }
}

/// Every paper of the pack, of a record on which nothing is written yet, in the book of the state, the Party and the Front: dots where
/// something is missing, and nothing of the text that it is written in.
#[test]
fn every_paper_can_be_made_of_an_empty_record() {
    let snapshot = crate::testing::snapshot();
    let on = day("23/01/2026");
    let place = snapshot.tree.find("11383", on).unwrap();
    let kinds = snapshot.tree.kinds();
    let slot = |body: &str| kinds.bodies[kinds.body_kind(body).unwrap()].slot.unwrap();
    let mut made = 0;
    for paper in snapshot.pack.papers.values() {
        for register in paper.head.register.iter().map(|id| snapshot.pack.register(id).unwrap()) {
            let known = register.states.iter().map(|state| Some(state.id.clone()));
            let states: Vec<Option<String>> = known.chain(register.states.is_empty().then_some(None)).collect();
            for (state, body) in states.iter().flat_map(|state| ["ubnd", "dang-uy", "mttq"].map(|body| (state, body))) {
                let record = Record {
                    id: kernel::Id(1),
                    register: register.id.clone(),
                    unit: place.body(slot(body)).0,
                    year: 2026,
                    number: 1,
                    day: on,
                    recorded: on,
                    state: state.clone(),
                    title: String::new(),
                    due: None,
                    version: 1,
                    origin: None,
                    source_key: None,
                    definition: String::new(),
                    void: false,
                    document: pack::document::Document::default(),
                };
                let filled = paper::fill(&snapshot, paper, register, &record, &Given::default());
                let text = papers::markdown(&filled);
                let id = &paper.head.id;
                assert!(!text.contains(['{', '}']) && !text.contains("null"), "{id} of {}: {text}", register.id);
                assert!(text.contains('…'), "{id} has room for a pen: {text}");
                assert!(papers::docx(&filled).is_ok_and(|file| file.len() > 2_000), "{id}");
                made += 1;
            }
        }
    }
    assert!(made > 500, "{made}");
}
