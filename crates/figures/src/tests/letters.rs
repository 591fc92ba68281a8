//! Letters as numbers: a commune's year out of ordinary records, and open letters that live through a merger.

use calendar::Window;
use kernel::Id;
use records::{By, Record};
use units::Geography;

use super::*;

async fn made(
    house: &House,
    book: Unit,
    today: &str,
    register: &str,
    fields: &[(&str, &str)],
    steps: &[(&str, &str)],
) -> Record {
    let input = fields.iter().fold(Input::default(), |input, (field, text)| input.set(field, *text));
    let steps = steps.iter().map(|(step, on)| ((*step).to_owned(), day(on))).collect();
    let new = New { unit: book.0, input, steps, ..New::default() };
    act::create(house, &clerk(book.0, day(today)), register, new).await.unwrap_or_else(|stop| panic!("{stop}")).record
}

fn committee(house: &House, place: Unit) -> Unit {
    let snapshot = house.now();
    let kinds = snapshot.tree.kinds();
    place.body(kinds.bodies[kinds.body_kind("ubnd").unwrap()].slot.unwrap())
}

async fn shown(
    house: &Arc<House>,
    unit: Unit,
    window: Window,
    geography: Geography,
    name: &str,
) -> (Option<i64>, String) {
    let snapshot = house.now();
    let ask = Ask { geography, ..Ask::of(unit, window) };
    let mut tx = house.read().await.unwrap();
    let value = crate::read(&mut tx, house, &snapshot, &Two(Vec::new(), house.clone()), ask, name).await;
    let value = value.unwrap();
    (value.value, value.shown)
}

#[tokio::test]
async fn nine_of_nine_letters_of_a_commune_one_of_them_transferred() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let commune = unit(&house, "binh-chanh.thang-binh", "31/12/2020");
        let district = committee(&house, unit(&house, "thang-binh", "31/12/2020"));
        let (book, place) = (committee(&house, commune), "binh-chanh.thang-binh");
        for n in 1..=8 {
            let (received, settled) = (format!("{n}/{}/2020", n + 2), format!("{}/{}/2020", n + 9, n + 2));
            let fields = [
                ("kind", if n % 2 == 0 { "petition" } else { "feedback" }),
                ("subject", "Kiến nghị sửa đường thôn"),
                ("topic", "infrastructure"),
                ("received_on", received.as_str()),
                ("cause_place", place),
                ("competent", "có"),
                ("outcome", "answered"),
            ];
            made(&house, book, "31/12/2020", "submission", &fields, &[("settle", &settled)]).await;
        }
        let environment = [
            ("kind", "feedback"),
            ("subject", "Phản ánh ô nhiễm của cơ sở tại Bình Phú"),
            ("topic", "environment"),
            ("received_on", "2/11/2020"),
            ("cause_place", "binh-phu.thang-binh"),
            ("affected_place", place),
            ("competent", "không"),
            ("transferred_to", "thang-binh/ubnd"),
        ];
        made(&house, book, "31/12/2020", "submission", &environment, &[("transfer", "5/11/2020")]).await;
        let year = Period::year(2020).window();
        let of = async |name: &str| shown(&house, commune, year, Geography::Then, name).await;
        assert_eq!(of("letters_handled_share").await, (Some(9), "09/09 đơn".to_owned()));
        assert_eq!(of("submission.transferred").await, (Some(1), "01 đơn".to_owned()));
        assert_eq!(of("submission.settled").await.0, Some(8));
        assert_eq!(of("submission.by_affected").await.0, Some(1));
        assert_eq!(of("submission.open").await.0, Some(0));
        // The district has not yet received it: it is in nobody's count twice.
        let whole = shown(&house, district.ground(), year, Geography::Then, "submission.received").await;
        assert_eq!(whole.0, Some(9));
    }
}

#[tokio::test]
async fn open_letters_of_a_merged_commune_go_on_with_their_clocks_under_its_holder() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let tree = house.now().tree.clone();
        let (before, after) = (day("30/6/2025"), day("1/7/2025"));
        let city = unit(&house, "hai-phong", "30/6/2025");
        let at = tree.at(before);
        let communes = at.children(city).into_iter().flat_map(|place| at.children(place));
        // One whose ground another commune holds since the first of July.
        let gone = communes.filter(|place| !tree.at(after).exists(*place));
        let (old, new) = gone
            .map(|place| (place, tree.holder(place, after).unit))
            .find(|(_, new)| {
                tree.at(after).exists(*new)
                    && tree.at(after).level(*new) == at.level(at.children(at.children(city)[0])[0])
            })
            .unwrap();
        let (old_body, new_body) = (committee(&house, old), committee(&house, new));
        let petition = [
            ("kind", "petition"),
            ("subject", "Kiến nghị nạo vét mương"),
            ("topic", "infrastructure"),
            ("received_on", "20/6/2025"),
            ("competent", "có"),
        ];
        let letter = made(&house, old_body, "25/6/2025", "submission", &petition, &[]).await;
        let complaint = [
            ("round", "first"),
            ("about", "decision"),
            ("subject", "Khiếu nại quyết định thu hồi đất"),
            ("topic", "land"),
            ("accepted_on", "20/6/2025"),
        ];
        let case = made(&house, old_body, "25/6/2025", "complaint", &complaint, &[]).await;
        let dues =
            |record: &Record| record.document.clocks.iter().map(|one| (one.clock.clone(), one.due)).collect::<Vec<_>>();
        let (letter_dues, case_dues) = (dues(&letter), dues(&case));
        assert_eq!(case_dues[0], ("first".to_owned(), day("21/7/2025")), "20/7/2025 is a Sunday");

        let by: By = clerk(new_body.0, day("10/7/2025"));
        let may = |seat: Unit| {
            let target = web::Target::unit(old_body.0).register("submission");
            people::allows(&tree, Role::Clerk, seat, "record.step", &target, by.today)
        };
        assert!(may(new_body), "who holds its ground works its open letters");
        let july = Window::new(after, day("31/7/2025")).unwrap();
        let read =
            async |unit: Unit, geography: Geography, name: &str| shown(&house, unit, july, geography, name).await.0;
        assert_eq!(read(new, Geography::Then, "submission.open").await, Some(1));

        let fields = Input::default().set("outcome", "answered");
        let settled =
            act::take(&house, &by, letter.id, letter.version, "settle", day("8/7/2025"), fields).await.unwrap();
        assert_eq!(
            (settled.record.unit, settled.record.number, dues(&settled.record)),
            (old_body.0, letter.number, letter_dues)
        );
        assert_eq!(read(new, Geography::Then, "submission.settled").await, Some(1));
        assert_eq!(read(old, Geography::At(before), "submission.settled").await, Some(1));
        assert_eq!(read(new, Geography::Then, "submission.open").await, Some(0));

        // Another body takes the case over: a step with a reason; the old clock goes with it.
        let other = tree.at(after).children(unit(&house, "hai-phong", "1/7/2025"));
        let other = committee(&house, other.into_iter().find(|place| *place != new).unwrap());
        let code = tree.at(by.today).code(other);
        let fields =
            Input::default().set("transferred_to", code).set("hand_over_reason", "Thửa đất thuộc xã khác sau sắp xếp");
        let handed =
            act::take(&house, &by, case.id, case.version, "hand_over", day("10/7/2025"), fields).await.unwrap();
        let links = records::store::links_to(&mut house.read().await.unwrap(), handed.record.id).await.unwrap();
        let taken = links.iter().find(|(_, field)| field == "transferred_from").map_or(Id(0), |(id, _)| *id);
        let (taken, _) = act::read(&house, taken).await.unwrap();
        assert_eq!((taken.unit, dues(&taken)), (other.0, case_dues));
        assert_eq!(read(other.ground(), Geography::Then, "complaint.unresolved").await, Some(1));
        assert_eq!(read(new, Geography::Then, "complaint.unresolved").await, None, "it left the book whole");
        assert_eq!(ledger::differences(&mut house.read().await.unwrap()).await.unwrap(), []);
    }
}
