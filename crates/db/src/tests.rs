use crate::{Db, Place, Space, Stop, backup, dialect, restore, statement::expand, testing};

const ADD: &str = "insert into name (id, space, name) values ($1, $2, $3)";
const SOME: &str = "select id from name where id = any($1) and space = $2 order by id";

#[test]
fn a_list_of_ids_is_one_parameter_on_both() {
    let sql = "select a from t where unit = any($2) and b = $1 and c = any($3)";
    assert_eq!(
        expand(sql, true),
        "select a from t where unit in (select value from json_each($2)) and b = $1 and c in (select value from json_each($3))"
    );
    assert_eq!(expand(sql, false), sql);
}

#[test]
fn a_plus_steers_sqlite_alone() {
    let sql = "select a + 1 from t where +t.state = 1 and (b or +t.day > 2)";
    assert_eq!(expand(sql, true), sql);
    assert_eq!(expand(sql, false), "select a + 1 from t where t.state = 1 and (b or t.day > 2)");
}

#[tokio::test]
async fn both_databases_answer_alike() {
    for scratch in testing::both().await.unwrap() {
        let db = &scratch.db;
        let mut tx = db.begin().await.unwrap();
        tx.fill(
            "insert into name (id, space, name) values",
            (1..=5000_i64).map(|id| args![id, "word", format!("n{id}")]).collect(),
        )
        .await
        .unwrap();
        let some: Vec<(i64,)> = tx.all(SOME, args![&vec![3, 1, 9999], "word"]).await.unwrap();
        assert_eq!(some, [(1,), (3,)]);
        assert!(matches!(
            tx.change("update name set name = $2 where id = $1", args![777_777_i64, "x"]).await,
            Err(Stop::Stale)
        ));
        tx.commit().await.unwrap();

        // An error ends the transaction: nothing of it stays.
        let mut tx = db.begin().await.unwrap();
        tx.run(ADD, args![6000_i64, "word", "kept?"]).await.unwrap();
        assert!(tx.run(ADD, args![6001_i64, "word", "n1"]).await.is_err());
        drop(tx);
        let mut tx = db.read().await.unwrap();
        assert_eq!(tx.maybe::<(i64,)>("select id from name where id = $1", args![6000_i64]).await.unwrap(), None);
    }
}

#[tokio::test]
async fn names_are_given_once_under_concurrency() {
    for scratch in testing::both().await.unwrap() {
        let names = std::sync::Arc::new(crate::Names::default());
        let others = (0..8).map(|_| {
            let (db, names) = (scratch.db.clone(), std::sync::Arc::new(crate::Names::default()));
            tokio::spawn(async move {
                let mut ids = Vec::new();
                for n in 0..20 {
                    ids.push(names.intern(&db, Space::Word, &format!("w{n}")).await.unwrap());
                }
                ids
            })
        });
        let all: Vec<Vec<i64>> = futures::future::join_all(others).await.into_iter().map(Result::unwrap).collect();
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
        let id = names.intern(&scratch.db, Space::Word, "w3").await.unwrap();
        let mut tx = scratch.db.read().await.unwrap();
        assert_eq!(names.name(&mut tx, id).await.unwrap(), "w3");
        assert_eq!(names.find(&mut tx, Space::Field, "w3").await.unwrap(), None);
    }
}

#[tokio::test]
async fn search_finds_phrases_newest_first_for_those_who_may_read() {
    for scratch in testing::both().await.unwrap() {
        let mut tx = scratch.db.begin().await.unwrap();
        dialect::index(&mut tx, 1, "don khieu nai ve dat dai", "all u7").await.unwrap();
        dialect::index(&mut tx, 2, "nai khieu doi thoai", "all u7").await.unwrap();
        dialect::index(&mut tx, 3, "khieu nai quyet dinh", "all u8").await.unwrap();
        dialect::index(&mut tx, 3, "khieu nai quyet dinh thu hoi", "all u8").await.unwrap();
        let query = |phrases: &[&str], unfinished, readers: &[&str]| dialect::Query {
            phrases: phrases.iter().map(|p| p.split(' ').map(str::to_owned).collect()).collect(),
            unfinished,
            readers: readers.iter().map(|&r| r.to_owned()).collect(),
        };
        assert_eq!(dialect::search(&mut tx, &query(&["khieu nai"], false, &[]), i64::MAX, 9).await.unwrap(), [3, 1]);
        assert_eq!(dialect::search(&mut tx, &query(&["khieu nai"], false, &["u7"]), i64::MAX, 9).await.unwrap(), [1]);
        assert_eq!(dialect::search(&mut tx, &query(&["thu h"], true, &[]), i64::MAX, 9).await.unwrap(), [3]);
        assert_eq!(dialect::search_count(&mut tx, &query(&["khieu nai"], false, &[]), 1).await.unwrap(), 1);
        dialect::unindex(&mut tx, 3).await.unwrap();
        assert_eq!(dialect::search(&mut tx, &query(&["khieu nai"], false, &[]), i64::MAX, 9).await.unwrap(), [1]);
    }
}

#[tokio::test]
async fn a_copy_goes_from_one_database_to_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("copy.zip");
    let source = testing::sqlite().await.unwrap();
    let mut tx = source.db.begin().await.unwrap();
    tx.run(ADD, args![1_i64, "word", "đối thoại"]).await.unwrap();
    tx.commit().await.unwrap();
    let written = backup(&source.db, &file).await.unwrap();
    assert_eq!(written.tables["name"], 1);
    for target in testing::both().await.unwrap() {
        assert_eq!(restore(&target.db, &file).await.unwrap(), written);
        let mut tx = target.db.read().await.unwrap();
        assert_eq!(
            tx.one::<(String,)>("select name from name where id = $1", args![1_i64]).await.unwrap().0,
            "đối thoại"
        );
    }
    std::fs::write(&file, "not an archive").unwrap();
    assert!(matches!(restore(&source.db, &file).await, Err(Stop::Refused(_))));
}

#[tokio::test]
async fn an_unknown_scheme_is_refused_instead_of_making_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place { data: dir.path().to_owned(), database: Some("mysql://x".to_owned()) };
    assert!(matches!(Db::open(place).await, Err(Stop::Refused(_))));
}

/// What the bench copies is found like what it was copied from.
#[tokio::test]
async fn copied_words_are_found() {
    for scratch in testing::both().await.unwrap() {
        let mut tx = scratch.db.begin().await.unwrap();
        dialect::index_first(&mut tx, 20_000, "kien nghi ve dat ve nha", "all u1 u2").await.unwrap();
        dialect::index_first(&mut tx, 500, "cua nut khac", "all").await.unwrap();
        testing::begin_copying(&mut tx).await.unwrap();
        testing::copy_search(&mut tx, 32_768, 1).await.unwrap();
        testing::end_copying(&mut tx).await.unwrap();
        let phrase = |text: &str| dialect::Query {
            phrases: vec![text.split(' ').map(str::to_owned).collect()],
            unfinished: false,
            readers: vec!["u2".to_owned()],
        };
        let found = dialect::search(&mut tx, &phrase("ve dat ve nha"), i64::MAX, 9).await.unwrap();
        assert_eq!(found, [52_768, 20_000], "{}", scratch.db.kind());
        assert_eq!(dialect::search(&mut tx, &phrase("dat nha"), i64::MAX, 9).await.unwrap(), Vec::<i64>::new());
    }
}
