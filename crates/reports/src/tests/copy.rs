//! The copy that came back from signing: read as DOCX and as PDF, and held against what was issued, on both databases.

use db::Stop;
use kernel::Day;
use papers::{Format, Paper};
use records::testing::{clerk, house};

use super::{
    life::{NoHeads, TODAY, hold},
    period,
};
use crate::{Signed, Source, act, copy, frozen};

/// The paper with one number changed by hand.
fn altered(paper: &Paper, was: &str, now: &str) -> Paper {
    let text = serde_json::to_string(paper).unwrap();
    assert!(text.contains(was), "{text}");
    serde_json::from_str(&text.replacen(was, now, 1)).unwrap()
}

#[tokio::test]
async fn a_number_changed_by_hand_is_named() {
    for scratch in db::testing::both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let snapshot = house.now();
        let heads = NoHeads;
        let source = Source { house: &house, snapshot: &snapshot, heads: &heads };
        let day = period("2021").window().to;
        let commune = snapshot.tree.find("tan-tien.an-duong", day).unwrap();
        let book = snapshot.tree.find(&format!("{}/ubnd", snapshot.tree.at(day).code(commune)), day).unwrap();
        let by = clerk(book.0, TODAY);
        hold(&house, book, &by, &[Day::constant(2021, 3, 4), Day::constant(2021, 9, 7)]).await;
        let report = act::create(source, &by, "annual", commune, period("2021")).await.unwrap();
        let id = report.id;
        let paper = act::paper(source, "annual", commune, period("2021"), None).await.unwrap();
        let early = paper.write(Format::Docx).unwrap();
        let refused = copy::keep(source, &by, &report, "ban-ky.docx", early).await.unwrap_err();
        assert!(matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.copy_before_issue"));

        act::submit(source, &by, id, 1, "").await.unwrap();
        act::accept(source, &by, id, 2).await.unwrap();
        let signed = Signed { number: "18".to_owned(), day: TODAY, signer: None };
        act::issue(source, &by, id, 3, signed, None).await.unwrap();
        let (report, _) = act::find(&mut house.read().await.unwrap(), id).await.unwrap();
        let paper = frozen(&mut house.read().await.unwrap(), &report).await.unwrap().paper;

        for format in [Format::Docx, Format::Pdf] {
            let name = format!("Bản ký.{}", format.extension());
            let same = paper.write(format).unwrap();
            let found = copy::keep(source, &by, &report, &name, same).await.unwrap();
            assert!(found.readable && found.changed.is_empty(), "{format:?}: {found:?}");

            let other = altered(&paper, "02 cuộc đối thoại", "07 cuộc đối thoại").write(format).unwrap();
            let later = records::By { now: by.now + jiff::SignedDuration::from_mins(1), ..by.clone() };
            let found = copy::keep(source, &later, &report, &name, other.clone()).await.unwrap();
            let named: Vec<(&str, &str)> =
                found.changed.iter().map(|one| (one.was.as_str(), one.now.as_str())).collect();
            assert_eq!(named, [("02", "07")], "{format:?}: {found:?}");
            assert!(found.changed[0].around.contains("đối thoại"), "{found:?}");

            let kept = copy::copies(&mut house.read().await.unwrap(), id).await.unwrap();
            let kept = kept.iter().find(|one| one.format == format).unwrap();
            assert_eq!((kept.found.changed.len(), kept.name.as_str()), (1, name.as_str()), "the later one counts");
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut house.db.files().get(&kept.hash).unwrap(), &mut bytes).unwrap();
            assert_eq!(bytes, other);
        }

        // Another text is refused; a picture without words is kept and said to be one.
        let mut letter = paper.clone();
        letter.body = papers::from_markdown(&"Kính gửi các đồng chí, xin mời dự họp vào sáng thứ hai tới. ".repeat(40));
        letter.annexes.clear();
        let letter = letter.write(Format::Docx).unwrap();
        let refused = copy::keep(source, &by, &report, "khac.docx", letter).await.unwrap_err();
        assert!(
            matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.copy_of_another"),
            "{refused:?}"
        );
        let refused = copy::keep(source, &by, &report, "anh.png", vec![1, 2, 3]).await.unwrap_err();
        assert!(matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.copy_kind"), "{refused:?}");
        let blank = Paper { body: Vec::new(), annexes: Vec::new(), ..Paper::default() }.write(Format::Pdf).unwrap();
        assert!(!copy::check(&paper, Format::Pdf, &blank).unwrap().readable);
        assert!(!copy::check(&paper, Format::Pdf, b"%PDF-1.7 torn").unwrap().readable);
    }
}
