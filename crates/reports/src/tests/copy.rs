//! The copy that came back from signing: read as DOCX and as PDF, and held against what was issued, on both databases.

use std::time::Duration;

use db::Stop;
use kernel::Day;
use papers::{Format, Paper};
use records::testing::{clerk, house};

use super::{
    life::{NoHeads, TODAY, hold},
    period,
};
use crate::{Signed, Source, act, copy, frozen, pdf};

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
        let refused = copy::keep(source, &by, &report, "ban-ky.docx", early, pdf::here).await.unwrap_err();
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
            let found = copy::keep(source, &by, &report, &name, same, pdf::here).await.unwrap();
            assert!(found.readable && found.changed.is_empty(), "{format:?}: {found:?}");

            let other = altered(&paper, "02 cuộc đối thoại", "07 cuộc đối thoại").write(format).unwrap();
            let later = records::By { now: by.now + jiff::SignedDuration::from_mins(1), ..by.clone() };
            let found = copy::keep(source, &later, &report, &name, other.clone(), pdf::here).await.unwrap();
            let named: Vec<(&str, &str)> =
                found.changed.iter().map(|one| (one.was.as_str(), one.now.as_str())).collect();
            assert_eq!(named, [("02", "07")], "{format:?}: {found:?}");
            assert!(found.changed[0].around.contains("đối thoại"), "{found:?}");
            let heading = |block: &papers::Block| matches!(block, papers::Block::Heading { text, .. } if *text == found.changed[0].section);
            assert!(paper.body.iter().any(heading), "{found:?}");

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
        let refused = copy::keep(source, &by, &report, "khac.docx", letter, pdf::here).await.unwrap_err();
        assert!(
            matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.copy_of_another"),
            "{refused:?}"
        );
        let refused = copy::keep(source, &by, &report, "anh.png", vec![1, 2, 3], pdf::here).await.unwrap_err();
        assert!(matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.copy_kind"), "{refused:?}");
        let blank = Paper { body: Vec::new(), annexes: Vec::new(), ..Paper::default() }.write(Format::Pdf).unwrap();
        assert!(!copy::check(&paper, Format::Pdf, &blank, pdf::here).unwrap().readable);
        assert!(!copy::check(&paper, Format::Pdf, b"%PDF-1.7 torn", pdf::here).unwrap().readable);
    }
}

/// Limits that a shell command meets; what stays within them is handed on as it is.
#[tokio::test]
async fn a_reader_is_bounded() {
    let long = Duration::from_secs(20);
    let run = async |script: &str, longest: Duration| {
        let done = pdf::bounded(&["/bin/sh", "-c", script], b"%PDF-1.7", longest).await;
        done.map_err(|stop| match stop {
            Stop::Refused(refused) => refused.0[0].key.clone(),
            other => panic!("{script}: {other:?}"),
        })
    };
    assert_eq!(run("exec cat", long).await, Ok(b"%PDF-1.7".to_vec()));
    assert_eq!(run("ulimit -v; ulimit -t; ulimit -c", long).await, Ok(b"1048576\n30\n0\n".to_vec()));
    assert_eq!(run("env | grep -c DATABASE; true", long).await, Ok(b"0\n".to_vec()), "no secrets in its reach");
    for hostile in ["exec sleep 600", "exec cat /dev/zero", "kill -SEGV $$", "exit 101"] {
        let longest = if hostile.contains("sleep") { Duration::from_millis(200) } else { long };
        assert_eq!(run(hostile, longest).await, Err("reports.copy_out_of_bounds".into()), "{hostile}");
    }
    // A file that is not read to its end does not hold anybody up.
    let large = vec![0; 4 << 20];
    assert_eq!(pdf::bounded(&["/bin/sh", "-c", "echo ok"], &large, long).await.unwrap(), b"ok\n");
}
