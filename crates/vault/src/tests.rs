use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use db::{Stop, args, testing};

use super::*;

mod door;
mod sealed;

const NAME: &str = "Nguyễn Thị Canary-7f3a";
const PHONE: &str = "0912-canary-345";

fn refusal<T: std::fmt::Debug>(result: db::Result<T>) -> String {
    match result {
        Err(Stop::Refused(refused)) => refused.0[0].key.to_string(),
        other => panic!("{other:?}"),
    }
}

fn is_fault<T: std::fmt::Debug>(result: &db::Result<T>) -> bool {
    matches!(result, Err(Stop::Fault(_)))
}

#[test]
fn the_key_file_is_for_its_owner_only_whole_and_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    assert_eq!(refusal(Vault::open(&data)), "vault.key_missing");
    let made = Vault::create(&data).unwrap();
    let file = Vault::file(&data);
    let rights = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights(&file), 0o600);
    assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(Vault::open(&data).unwrap().seal_public(), made.seal_public());
    assert_eq!(refusal(Vault::create(&data)), "vault.key_exists");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);

    for open in [0o640, 0o604, 0o660, 0o644] {
        fs::set_permissions(&file, fs::Permissions::from_mode(open)).unwrap();
        assert_eq!(refusal(Vault::open(&data)), "vault.key_open_to_others");
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    Vault::open(&data).unwrap();

    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let without = |word: &str| -> String {
        text.lines().filter(|line| !line.starts_with(word)).fold(String::new(), |all, line| all + line + "\n")
    };
    let broken = [
        String::new(),
        without("danvan"),
        without("master"),
        without("seal"),
        text.replace("key 1", "key 2"),
        text.replace("master 1 ", "master 1 AAAA"),
        text.clone() + "more\n",
        text.clone() + text.lines().find(|line| line.starts_with("master")).unwrap(),
    ];
    for text in broken {
        fs::write(&file, &text).unwrap();
        assert_eq!(refusal(Vault::open(&data)), "vault.key_unreadable", "{text}");
    }
    // What a person reads of it in a log says nothing.
    let secret = text.lines().find_map(|line| line.strip_prefix("master 1 ")).unwrap();
    assert!(!format!("{made:?}").contains(&secret[..8]));
}

#[tokio::test]
async fn a_private_field_is_read_back_and_leaves_no_trace_in_any_file() {
    for scratch in testing::both().await.unwrap() {
        let data = scratch.db.place().data.clone();
        let vault = Vault::create(&data).unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        let first = vault.put(&mut tx, 5, "citizen_name", "Trần Canary-7f3a").await.unwrap();
        let hash = vault.put(&mut tx, 5, "citizen_name", NAME).await.unwrap();
        vault.put(&mut tx, 5, "phone", PHONE).await.unwrap();
        vault.put(&mut tx, 6, "citizen_name", NAME).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = scratch.db.read().await.unwrap();
        assert_eq!(vault.get(&mut tx, 5, "citizen_name").await.unwrap().as_deref(), Some(NAME));
        assert_eq!(vault.get(&mut tx, 5, "address").await.unwrap(), None);
        assert_eq!(vault.get(&mut tx, 7, "phone").await.unwrap(), None);
        let both = [("citizen_name".to_owned(), NAME.to_owned()), ("phone".to_owned(), PHONE.to_owned())];
        assert_eq!(vault.all(&mut tx, 5).await.unwrap(), both.into());
        assert_eq!(vault.filled(&mut tx, 5).await.unwrap(), ["citizen_name", "phone"]);
        // Another start reads it with the same file.
        let again = Vault::open(&data).unwrap();
        assert_eq!(again.get(&mut tx, 5, "phone").await.unwrap().as_deref(), Some(PHONE));

        // The hash is the record's and the field's own.
        assert_eq!(vault.salted_hash(&mut tx, 5, "citizen_name", NAME).await.unwrap().as_ref(), Some(&hash));
        assert_ne!(vault.salted_hash(&mut tx, 6, "citizen_name", NAME).await.unwrap().as_ref(), Some(&hash));
        assert_ne!(
            vault.salted_hash(&mut tx, 5, "citizen", &format!("_name{NAME}")).await.unwrap().as_ref(),
            Some(&hash)
        );
        assert_ne!(first, hash);
        assert_eq!(vault.salted_hash(&mut tx, 7, "citizen_name", NAME).await.unwrap(), None);
        let (rows,): (i64,) = tx.one("select count(*) from private", args![]).await.unwrap();
        assert_eq!(rows, 3);
        drop(tx);

        // Emptied is removed.
        let mut tx = scratch.db.begin().await.unwrap();
        vault.put(&mut tx, 5, "phone", "").await.unwrap();
        assert_eq!(vault.filled(&mut tx, 5).await.unwrap(), ["citizen_name"]);
        tx.commit().await.unwrap();

        if scratch.db.kind() == "sqlite" {
            let mut seen = 0;
            for name in ["danvan.db", "danvan.db-wal", "instance.key"] {
                let bytes = fs::read(data.join(name)).unwrap();
                seen += bytes.len();
                assert!(!contains(&bytes, b"anary-7f3a") && !contains(&bytes, b"canary-345"), "in {name}");
            }
            // The search would have found it: the field's name is there in the clear.
            let wal = fs::read(data.join("danvan.db-wal")).unwrap();
            assert!(seen > 0 && contains(&wal, b"citizen_name"));
        }
    }
}

fn contains(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

#[tokio::test]
async fn what_is_sealed_opens_only_in_its_place_and_with_its_key() {
    const MOVES: [&str; 8] = [
        "update private set sealed = (select sealed from private where record = 6 and field = 'phone') where record = 5 and field = 'phone'",
        "update private set sealed = (select sealed from private where record = 5 and field = 'name') where record = 5 and field = 'phone'",
        "update record_key set wrapped = (select wrapped from record_key where record = 6) where record = 5",
        "update private set sealed = substr(sealed, 2) where record = 5 and field = 'phone'",
        "update private set sealed = substr(sealed, 1, 10) where record = 5 and field = 'phone'",
        "update private set sealed = sealed || sealed where record = 5 and field = 'phone'",
        "update record_key set wrapped = substr(wrapped, 1, 71) where record = 5",
        "update record_key set master = 2 where record = 5",
    ];
    for scratch in testing::both().await.unwrap() {
        let vault = Vault::create(&scratch.db.place().data).unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        for record in [5, 6] {
            vault.put(&mut tx, record, "phone", PHONE).await.unwrap();
            vault.put(&mut tx, record, "name", NAME).await.unwrap();
        }
        tx.commit().await.unwrap();
        for text in MOVES {
            let mut tx = scratch.db.begin().await.unwrap();
            // SQLite joins bytes as text: the same bytes again.
            assert_eq!(tx.run(text, args![]).await.unwrap(), 1);
            assert!(is_fault(&vault.get(&mut tx, 5, "phone").await), "{text}");
            assert!(is_fault(&vault.all(&mut tx, 5).await), "{text}");
            assert_eq!(vault.get(&mut tx, 6, "phone").await.unwrap().as_deref(), Some(PHONE));
        }
        // The whole sealed row of another record, key and all, under this record's id.
        let mut tx = scratch.db.begin().await.unwrap();
        tx.run("delete from record_key where record = 5", args![]).await.unwrap();
        tx.run("delete from private where record = 5", args![]).await.unwrap();
        tx.run("update record_key set record = 5 where record = 6", args![]).await.unwrap();
        tx.run("update private set record = 5 where record = 6", args![]).await.unwrap();
        assert!(is_fault(&vault.get(&mut tx, 5, "phone").await));
        drop(tx);

        let elsewhere = tempfile::tempdir().unwrap();
        let other = Vault::create(elsewhere.path()).unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        assert!(is_fault(&other.get(&mut tx, 5, "phone").await));
        vault.bind(&mut tx).await.unwrap();
        vault.bind(&mut tx).await.unwrap();
        assert_eq!(refusal(other.bind(&mut tx).await), "vault.key_of_another_instance");
    }
}

#[tokio::test]
async fn what_is_forgotten_is_gone_and_cannot_be_guessed() {
    for scratch in testing::both().await.unwrap() {
        let vault = Vault::create(&scratch.db.place().data).unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        vault.put(&mut tx, 5, "phone", PHONE).await.unwrap();
        vault.put(&mut tx, 6, "phone", PHONE).await.unwrap();
        assert!(!vault.is_forgotten(&mut tx, 5).await.unwrap());
        vault.forget(&mut tx, 5).await.unwrap();
        vault.forget(&mut tx, 7).await.unwrap();
        for record in [5, 7] {
            assert!(vault.is_forgotten(&mut tx, record).await.unwrap());
            assert_eq!(vault.get(&mut tx, record, "phone").await.unwrap(), None);
            assert!(vault.all(&mut tx, record).await.unwrap().is_empty());
            assert_eq!(vault.salted_hash(&mut tx, record, "phone", PHONE).await.unwrap(), None);
            assert_eq!(refusal(vault.put(&mut tx, record, "phone", PHONE).await), "vault.forgotten");
        }
        let left: Vec<(i64, i64)> = tx
            .all("select r.record, count(p.record) from record_key r left join private p on p.record = r.record and r.wrapped is not null group by r.record order by r.record", args![])
            .await
            .unwrap();
        assert_eq!(left, [(5, 0), (6, 1), (7, 0)]);
        assert_eq!(vault.get(&mut tx, 6, "phone").await.unwrap().as_deref(), Some(PHONE));
    }
}

#[tokio::test]
async fn a_new_master_key_takes_over_while_another_server_works_and_after_a_stop() {
    for scratch in testing::both().await.unwrap() {
        let (db, data) = (&scratch.db, &scratch.db.place().data);
        let vault = Vault::create(data).unwrap();
        let other_server = Vault::open(data).unwrap();
        let mut tx = db.begin().await.unwrap();
        for record in 0..300 {
            vault.put(&mut tx, record, "phone", PHONE).await.unwrap();
        }
        vault.forget(&mut tx, 299).await.unwrap();
        vault.turn(&mut tx).await.unwrap();
        tx.commit().await.unwrap();

        // A server that started before uses the new key too, for a new record and for one already brought over.
        let mut tx = db.begin().await.unwrap();
        other_server.put(&mut tx, 400, "phone", PHONE).await.unwrap();
        assert_eq!(vault.rewrap(&mut tx, 100).await.unwrap(), 199);
        tx.commit().await.unwrap();
        // Stopped before the commit: that part is simply done again.
        let mut tx = db.begin().await.unwrap();
        assert_eq!(vault.rewrap(&mut tx, 150).await.unwrap(), 49);
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(refusal(vault.retire(&mut tx).await), "vault.keys_in_use");
        let restarted = Vault::open(data).unwrap();
        while restarted.rewrap(&mut tx, 60).await.unwrap() > 0 {}
        restarted.retire(&mut tx).await.unwrap();
        tx.commit().await.unwrap();

        let file = fs::read_to_string(Vault::file(data)).unwrap();
        assert!(file.contains("master 2 ") && !file.contains("master 1 "));
        let mut tx = db.begin().await.unwrap();
        for vault in [&vault, &other_server, &restarted, &Vault::open(data).unwrap()] {
            for record in [0, 298, 400] {
                assert_eq!(vault.get(&mut tx, record, "phone").await.unwrap().as_deref(), Some(PHONE));
            }
            assert!(vault.is_forgotten(&mut tx, 299).await.unwrap());
            vault.bind(&mut tx).await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_chain_still_verifies_when_a_key_is_destroyed() {
    use timeline::{Entry, Kind};
    for scratch in testing::both().await.unwrap() {
        let vault = Vault::create(&scratch.db.place().data).unwrap();
        let ids = kernel::IdMaker::new(1);
        let at = "2026-03-02T01:00:00Z".parse().unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        let hash = vault.put(&mut tx, 5, "phone", PHONE).await.unwrap();
        let body = serde_json::json!({ "phone": { "private": hash } });
        let entry =
            Entry { about: Kind::Record.of(5), act: "record.save", who: 1, seat: 1, at, on: None, body, cause: None };
        timeline::record(&mut tx, &ids, entry).await.unwrap();
        timeline::seal(&mut tx, at, &vault.seal_key()).await.unwrap().unwrap();
        vault.forget(&mut tx, 5).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = scratch.db.read().await.unwrap();
        let verified = timeline::verify(&mut tx, &vault.seal_public()).await.unwrap();
        assert!(verified.is_sound() && verified.seals == 1);
    }
}
