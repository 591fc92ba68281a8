//! Sheets in and out of a register's list.

use std::sync::Arc;

use kernel::Id;

use super::faces::{letter, office};
use crate::{
    import::{ImportJob, JOB, Report},
    pages::{EXPORT_JOB, ExportJob},
};

#[tokio::test]
async fn a_block_is_looked_at_and_then_written() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let an = office.town.by("an");
        an.get("/registers/submission/import").await.shows("name=\"block\"");
        assert_eq!(an.post("/registers/submission/import", &[]).await.status, 422);
        let block = "Loại đơn\tNội dung tóm tắt\tNgày nhận\tLĩnh vực\tÝ kiến riêng\nphản ánh\tĐèn hỏng\t01/09/2026\tĐất đai, nhà cửa\tx\nphản ánh\tCống tắc\t31/11/2026\tĐất đai, nhà cửa\t\n";
        let staged = an.post("/registers/submission/import", &[("block", block)]).await;
        assert_eq!(staged.status, 303, "{}", staged.text());
        let batch = staged.header("location").to_owned();
        an.get(&batch).await.shows("31/11/2026").shows("Ý kiến riêng").shows("name=\"map.E\"").shows("value=\"apply\"");
        assert_eq!(office.town.by("chi").get(&batch).await.status, 404);
        let errors = an.get(&format!("{batch}/errors")).await;
        assert!(errors.status == 200 && errors.bytes.starts_with(b"PK"));
        let queued = an.post(&batch, &[("do", "apply"), ("only_good", "yes")]).await;
        let job: Id = queued.header("location").strip_prefix("/jobs/").unwrap().parse().unwrap();
        an.get(&batch).await.shows(&format!("/jobs/{job}")).hides("value=\"apply\"").hides(&format!("{batch}/back"));
        let work = jobs::Jobs::new().with(JOB, Arc::new(ImportJob::new(office.house.clone())));
        let clock = Arc::new(|| web::testing::NOW.parse().unwrap());
        let done = jobs::see_through(&office.house.db, Arc::new(work), clock, job.0, |_| {}).await.unwrap();
        let report: Report = serde_json::from_value(done.result.unwrap()).unwrap();
        assert_eq!((report.added, report.rejected), (1, 1));
        an.get("/registers/submission").await.shows("Đèn hỏng").hides("Cống tắc");
        an.get(&batch).await.shows(&format!("{batch}/back"));
        let file = an.get("/registers/submission/export?view=all").await;
        assert!(file.status == 200 && file.bytes.starts_with(b"PK"));
        let text = an.get("/registers/submission/export?view=all&as=csv").await;
        let mut files = zip::ZipArchive::new(std::io::Cursor::new(text.bytes)).unwrap();
        let names: Vec<String> = files.file_names().map(|name| name.unwrap().into_owned()).collect();
        let of_rows = names.iter().filter(|name| name.contains(".opinion.csv") || name.contains(".reply.csv"));
        assert!(names.len() > 1 && of_rows.count() > 0, "{names:?}");
        let mut records = String::new();
        std::io::Read::read_to_string(&mut files.by_index(0).unwrap(), &mut records).unwrap();
        assert!(records.contains("Đèn hỏng"), "{records}");
        assert_eq!(an.get("/registers/submission/template").await.status, 200);
    }
}

#[tokio::test]
async fn a_long_list_is_written_in_the_background_for_the_one_who_asked() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        letter(&office).await;
        let (an, path) = (office.town.by("an"), "/registers/submission");
        let queued = an.post(&format!("{path}/export?view=all&sort=title"), &[]).await;
        let job: Id = queued.header("location").strip_prefix("/jobs/").unwrap().parse().unwrap();
        let made = format!("{path}/exports/{job}");
        assert_eq!(an.get(&made).await.status, 404, "not written yet");
        let work = jobs::Jobs::new().with(EXPORT_JOB, Arc::new(ExportJob { house: office.house.clone() }));
        let clock = Arc::new(|| web::testing::NOW.parse().unwrap());
        let done = jobs::see_through(&office.house.db, Arc::new(work), clock, job.0, |_| {}).await;
        let done = done.unwrap();
        assert_eq!((done.state, done.total, done.note.as_str()), (jobs::State::Done, 1, "record.export_done"));
        assert_eq!(done.result.unwrap()["href"], made.as_str());
        let (file, at_once) = (an.get(&made).await, an.get(&format!("{path}/export?view=all")).await);
        let rows = |bytes: &[u8]| {
            let mut book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
            let range = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<Vec<String>>>()
        };
        assert_eq!(rows(&file.bytes), rows(&at_once.bytes));
        assert!(rows(&file.bytes).len() > 1);
        for other in ["binh", "chi", "dung"] {
            assert_eq!(office.town.by(other).get(&made).await.status, 404, "{other}");
        }
    }
}
