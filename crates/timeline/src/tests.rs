use db::{Db, Tx, args, dialect, testing};
use jiff::Timestamp;
use kernel::IdMaker;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::merkle;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn entry(about: About, second: i64) -> Entry<'static> {
    let on = (second % 2 == 0).then(|| kernel::number_day(20_600 + second));
    let body = json!({ "title": { "from": "Cũ", "to": format!("Mới {second}") } });
    Entry { about, act: "record.save", who: 12, seat: 31, at: at(second), on, body, cause: None }
}

/// Three records of four entries each, sealed in two parts, and one entry not yet sealed.
async fn year(db: &Db) {
    let ids = IdMaker::new(1);
    let mut tx = db.begin().await.unwrap();
    let mut cause = None;
    for second in 0..12 {
        let made = Entry { cause, ..entry(Kind::Record.of(second % 3), second) };
        cause = Some(record(&mut tx, &ids, made).await.unwrap().id);
        if second == 7 || second == 11 {
            seal(&mut tx, at(second), &key()).await.unwrap().unwrap();
        }
    }
    record(&mut tx, &ids, entry(Kind::Account.of(12), 12)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn verified(db: &Db) -> Verified {
    verify(&mut db.read().await.unwrap(), &key().verifying_key()).await.unwrap()
}

/// What someone with the database in his hands does.
async fn tamper(db: &Db, texts: &[&'static str]) -> Vec<Finding> {
    let mut tx = db.begin().await.unwrap();
    dialect::loosen_timeline(&mut tx).await.unwrap();
    let mut touched = 0;
    for text in texts {
        touched += tx.run(text, args![]).await.unwrap();
    }
    assert!(touched > 0, "{texts:?} did nothing");
    let findings = verify(&mut tx, &key().verifying_key()).await.unwrap().findings;
    // Not committed: the next one finds the timeline whole again.
    drop(tx);
    findings
}

#[tokio::test]
async fn what_was_recorded_is_read_back_and_verifies() {
    for scratch in testing::both().await.unwrap() {
        let db = &scratch.db;
        assert!(verified(db).await.is_sound());
        year(db).await;
        let found = verified(db).await;
        assert_eq!((found.entries, found.seals, found.unsealed, found.findings), (13, 2, 1, vec![]));

        let mut tx = db.read().await.unwrap();
        let about = Kind::Record.of(1);
        let listed = list(&mut tx, about, i64::MAX, 3).await.unwrap();
        assert_eq!(listed.iter().map(|entry| entry.number).collect::<Vec<_>>(), [4, 3, 2]);
        assert_eq!(list(&mut tx, about, 2, 3).await.unwrap().len(), 1);
        let newest = &listed[0];
        assert_eq!((newest.at, newest.on, newest.seal), (at(10), Some(kernel::number_day(20_610)), Some(2)));
        assert_eq!(newest.body, json!({ "title": { "from": "Cũ", "to": "Mới 10" } }));
        let head = head(&mut tx, about).await.unwrap().unwrap();
        assert_eq!((head.id, head.number, head.hash), (newest.id, 4, newest.hash));
        assert_eq!(find(&mut tx, head.id).await.unwrap(), *newest);
        assert_eq!(find(&mut tx, newest.cause.unwrap()).await.unwrap().about, Kind::Record.of(0));
        assert_eq!(latest(&mut tx, None, i64::MAX, 50).await.unwrap().len(), 13);
        assert_eq!(latest(&mut tx, Some(12), head.id, 50).await.unwrap().len(), 10);
        assert_eq!(latest(&mut tx, Some(13), i64::MAX, 50).await.unwrap().len(), 0);
    }
}

#[tokio::test]
async fn a_change_of_any_column_is_found() {
    const COLUMNS: [&str; 21] = [
        "update entry set id = id + 1 where kind = 'record' and about = 1 and number = 2",
        "update entry set kind = 'unit' where kind = 'record' and about = 1 and number = 2",
        "update entry set kind = 'unit' where kind = 'record' and about = 1",
        "update entry set about = 9 where kind = 'record' and about = 1",
        "update entry set number = 7 where kind = 'record' and about = 1 and number = 4",
        "update entry set act = 'record.erase' where number = 2 and about = 1",
        "update entry set who = 13 where number = 2 and about = 1",
        "update entry set seat = 32 where number = 2 and about = 1",
        "update entry set at_ms = at_ms - 1 where number = 2 and about = 1",
        "update entry set on_day = 20000 where number = 2 and about = 1",
        "update entry set on_day = null where number = 2 and about = 1",
        "update entry set body = replace(body, 'Mới', 'Khác') where number = 2 and about = 1",
        "update entry set cause = null where number = 2 and about = 1",
        "update entry set hash = substr(hash, 2) where number = 2 and about = 1",
        "update entry set hash = (select hash from entry where number = 3 and about = 1) where number = 4 and about = 1",
        "update entry set seal = 2 where seal = 1 and number = 2 and about = 1",
        "update entry set seal = 0 where seal = 2",
        "update entry set seal = 3 where seal = 0",
        "update entry set seal = -1 where seal = 2 and about = 1",
        // Above the last seal, an edit shows all the same.
        "update entry set body = '{}' where seal = 0",
        "update entry set act = 'x', who = 0, seat = 0 where seal = 0",
    ];
    const SEALS: [&str; 7] = [
        "update seal set number = 5 where number = 2",
        "update seal set at_ms = at_ms + 1 where number = 1",
        "update seal set entries = entries + 1 where number = 1",
        "update seal set root = previous where number = 2",
        "update seal set previous = root where number = 2",
        "update seal set hash = root where number = 2",
        "update seal set signature = (select signature from seal where number = 1) where number = 2",
    ];
    for scratch in testing::both().await.unwrap() {
        year(&scratch.db).await;
        for text in COLUMNS.iter().chain(&SEALS) {
            let findings = tamper(&scratch.db, &[text]).await;
            assert!(!findings.is_empty(), "not found on {}: {text}", scratch.db.kind());
        }
        assert!(verified(&scratch.db).await.is_sound());
    }
}

const SWAP: [&str; 3] = [
    "update entry set number = -1 where kind = 'record' and about = 1 and number = 2",
    "update entry set number = 2 where kind = 'record' and about = 1 and number = 3",
    "update entry set number = 3 where kind = 'record' and about = 1 and number = -1",
];
const SWAP_SEALS: [&str; 3] = [
    "update seal set number = -1 where number = 1",
    "update seal set number = 1 where number = 2",
    "update seal set number = 2 where number = -1",
];

#[tokio::test]
async fn losses_and_swaps_are_found() {
    let lost = |number| Finding::Lost { kind: "record".into(), about: 1, number };
    for scratch in testing::both().await.unwrap() {
        let db = &scratch.db;
        year(db).await;
        let middle = tamper(db, &["delete from entry where kind = 'record' and about = 1 and number = 2"]).await;
        assert_eq!(middle, [lost(2), Finding::Unlike { seal: 1, entries: 8, found: 7 }]);
        // The newest of a chain leaves no gap; its seal knows it.
        let newest = tamper(db, &["delete from entry where kind = 'record' and about = 1 and number = 4"]).await;
        assert_eq!(newest, [Finding::Unlike { seal: 2, entries: 4, found: 3 }]);
        let whole = tamper(db, &["delete from entry where kind = 'record' and about = 1"]).await;
        assert_eq!(whole.len(), 2);
        let under_a_seal = tamper(db, &["delete from entry where seal = 2"]).await;
        assert_eq!(under_a_seal, [Finding::Unlike { seal: 2, entries: 4, found: 0 }]);

        assert_eq!(tamper(db, &["delete from seal where number = 1"]).await, [Finding::SealLost { seal: 1 }]);
        assert_eq!(tamper(db, &["delete from seal where number = 2"]).await, [Finding::SealLost { seal: 2 }]);
        let both = tamper(db, &["delete from seal"]).await;
        assert_eq!(both, [Finding::SealLost { seal: 1 }, Finding::SealLost { seal: 2 }]);

        // Two entries change places, with all they hold.
        let altered: Vec<i64> = tamper(db, &SWAP)
            .await
            .into_iter()
            .map(|finding| match finding {
                Finding::Altered { number, .. } => number,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(altered, [2, 3, 4]);
        // Two seals change places.
        assert!(tamper(db, &SWAP_SEALS).await.contains(&Finding::SealAltered { seal: 1 }));
        // A key of one's own does not help.
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        let found = verify(&mut db.read().await.unwrap(), &other).await.unwrap();
        assert_eq!(found.findings, [Finding::SealUnsigned { seal: 1 }, Finding::SealUnsigned { seal: 2 }]);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_what_was_recorded() {
    const SLIPS: [&str; 8] = [
        "delete from entry where number = 2",
        "update entry set body = '{}' where seal = 0",
        "update entry set cause = 1 where seal = 0",
        "update entry set hash = $1 where seal = 0",
        "update entry set seal = 9 where seal = 1",
        "update entry set seal = 0 where seal = 1",
        "delete from seal where number = 2",
        "update seal set at_ms = 0 where number = 2",
    ];
    for scratch in testing::both().await.unwrap() {
        year(&scratch.db).await;
        for text in SLIPS {
            let mut tx = scratch.db.begin().await.unwrap();
            let values = if text.contains("$1") { args![vec![0_u8; 32]] } else { args![] };
            assert!(tx.run(text, values).await.is_err(), "done on {}: {text}", scratch.db.kind());
        }
        // A copy brings its own timeline, and the triggers are there again afterwards.
        let file = scratch.db.place().data.join("copy.zip");
        db::backup(&scratch.db, &file).await.unwrap();
        for target in testing::both().await.unwrap() {
            let mut tx = target.db.begin().await.unwrap();
            record(&mut tx, &IdMaker::new(2), entry(Kind::Instance.of(0), 1)).await.unwrap();
            tx.commit().await.unwrap();
            db::restore(&target.db, &file).await.unwrap();
            assert_eq!(verified(&target.db).await, verified(&scratch.db).await);
            let mut tx = target.db.begin().await.unwrap();
            assert!(tx.run(SLIPS[0], args![]).await.is_err());
        }
    }
}

#[tokio::test]
async fn writers_of_one_subject_take_turns_and_others_do_not_wait() {
    for scratch in testing::both().await.unwrap() {
        // One writer holds its entry open; on PostgreSQL another subject is written meanwhile.
        let ids = std::sync::Arc::new(IdMaker::new(1));
        if scratch.db.kind() == "postgres" {
            let mut slow = scratch.db.begin().await.unwrap();
            record(&mut slow, &ids, entry(Kind::Record.of(1), 0)).await.unwrap();
            let mut quick = scratch.db.begin().await.unwrap();
            let write = record(&mut quick, &ids, entry(Kind::Record.of(2), 0));
            tokio::time::timeout(std::time::Duration::from_secs(5), write).await.unwrap().unwrap();
            quick.commit().await.unwrap();
        }
        let writers = (0..8).map(|writer| {
            let (db, ids) = (scratch.db.clone(), ids.clone());
            tokio::spawn(async move {
                for turn in 0..20 {
                    let mut tx = db.begin().await.unwrap();
                    record(&mut tx, &ids, entry(Kind::Account.of(5), turn)).await.unwrap();
                    // Half of the transactions never happen.
                    if (turn + writer) % 2 == 0 {
                        tx.commit().await.unwrap();
                    }
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let mut tx = scratch.db.read().await.unwrap();
        assert_eq!(head(&mut tx, Kind::Account.of(5)).await.unwrap().unwrap().number, 80);
        assert!(verified(&scratch.db).await.is_sound());
    }
}

#[tokio::test]
async fn a_chain_goes_on_when_the_clock_of_another_server_is_behind() {
    for scratch in testing::both().await.unwrap() {
        let mut tx = scratch.db.begin().await.unwrap();
        let about = Kind::Record.of(1);
        let first = record(&mut tx, &IdMaker::new(1), entry(about, 3_600)).await.unwrap();
        let second = record(&mut tx, &IdMaker::new(2), entry(about, 0)).await.unwrap();
        assert!(second.id < first.id);
        assert_eq!(list(&mut tx, about, i64::MAX, 9).await.unwrap()[0].id, second.id);
        seal(&mut tx, at(3_601), &key()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert!(verified(&scratch.db).await.is_sound());
    }
}

#[tokio::test]
async fn many_entries_are_recorded_at_once_sealed_in_parts_and_each_is_proved() {
    for scratch in testing::both().await.unwrap() {
        let ids = IdMaker::new(1);
        let mut tx = scratch.db.begin().await.unwrap();
        record(&mut tx, &ids, entry(Kind::Record.of(3), 0)).await.unwrap();
        let entries = (0..9_000).map(|n| entry(Kind::Record.of(n % 3_000), n)).collect();
        let references = record_all(&mut tx, &ids, entries).await.unwrap();
        assert_eq!((references[3].number, references[6_003].number, references[6_004].number), (2, 4, 3));
        let mut seals = Vec::new();
        while let Some(made) = seal(&mut tx, at(9_000), &key()).await.unwrap() {
            seals.push(made);
        }
        assert_eq!(seals.iter().map(|seal| seal.entries).collect::<Vec<_>>(), [8_192, 809]);
        assert_eq!(seals[1].previous, seals[0].hash);
        for (entry, seal) in
            [(&references[0], 1), (&references[8_190], 1), (&references[8_191], 2), (&references[8_999], 2)]
        {
            let proof = proof(&mut tx, entry.id).await.unwrap().unwrap();
            assert!(proof.holds(&key().verifying_key()));
            assert_eq!((proof.seal.number, proof.entry), (seal, entry.hash));
            assert!(proof.path.len() <= 13);
            assert!(!Proof { entry: references[1].hash, ..proof.clone() }.holds(&key().verifying_key()));
            assert!(!proof.holds(&SigningKey::from_bytes(&[8; 32]).verifying_key()));
        }
        let unsealed = record(&mut tx, &ids, entry(Kind::Record.of(3), 9_001)).await.unwrap();
        assert_eq!(proof(&mut tx, unsealed.id).await.unwrap(), None);

        let mark = seals[0].mark();
        assert!(witnessed(&mut tx, &mark).await.unwrap());
        for wrong in ["", "1", "x-1", &mark[..9], &mark.replacen('1', "2", 1)] {
            assert!(!witnessed(&mut tx, wrong).await.unwrap(), "{wrong}");
        }
        assert_eq!(last_seal(&mut tx).await.unwrap().as_ref(), seals.last());
        tx.commit().await.unwrap();
        let found = verified(&scratch.db).await;
        assert_eq!((found.entries, found.seals, found.unsealed, found.findings), (9_002, 2, 1, vec![]));
        assert_eq!(found.last.as_ref(), seals.last());
    }
}

proptest! {
    #[test]
    fn the_growing_tree_the_path_and_the_definition_agree(size in 0_usize..200, place in 0_usize..200, wrong in 0_usize..200) {
        // The definition of RFC 6962, word for word.
        fn defined(entries: &[[u8; 8]]) -> Hash {
            match entries {
                [] => Sha256::digest([]).into(),
                [one] => merkle::leaf(one),
                more => {
                    let mut split = 1;
                    while split * 2 < more.len() {
                        split *= 2;
                    }
                    let (left, right) = more.split_at(split);
                    Sha256::new_with_prefix([1]).chain_update(defined(left)).chain_update(defined(right)).finalize().into()
                }
            }
        }
        let entries: Vec<[u8; 8]> = (0..size as u64).map(u64::to_be_bytes).collect();
        let root = merkle::root(&entries);
        prop_assert_eq!(root, defined(&entries));
        if place < size {
            let path = merkle::path(place, &entries);
            prop_assert_eq!(merkle::root_by(&entries[place], place, size, &path), Some(root));
            let other = wrong % size;
            prop_assert_eq!(merkle::root_by(&entries[other], place, size, &path) == Some(root), other == place);
            prop_assert_eq!(merkle::root_by(&entries[place], place, size + 200, &path), None);
            prop_assert_eq!(merkle::root_by(&entries[place], size, size, &path), None);
        }
    }
}

/// A small generator, so that each failure is found again by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides).unwrap()
    }
}

const PICK: &str = "select id from entry where seal > 0 order by hash, id limit 1 offset $1";
const SEALED: &str = "select count(*) from entry where seal > 0";
const HARM: [&str; 6] = [
    "delete from entry where id = $1",
    "update entry set body = body || ' ' where id = $1",
    "update entry set who = who + 1 where id = $1",
    "update entry set seal = seal + 1 where id = $1",
    "update entry set number = number + 1000 where id = $1",
    "update entry set at_ms = at_ms + 1, on_day = 1, cause = 1 where id = $1",
];

async fn harm(tx: &mut Tx, dice: &mut Dice) -> &'static str {
    let (sealed,): (i64,) = tx.one(SEALED, args![]).await.unwrap();
    let nth = dice.roll(sealed.unsigned_abs());
    let (id,): (i64,) = tx.one(PICK, args![nth]).await.unwrap();
    let text = HARM[usize::try_from(dice.roll(HARM.len() as u64)).unwrap()];
    assert_eq!(tx.run(text, args![id]).await.unwrap(), 1);
    text
}

#[tokio::test]
async fn whatever_was_written_verifies_and_any_one_harm_below_the_last_seal_is_found() {
    for scratch in testing::both().await.unwrap() {
        let ids = IdMaker::new(1);
        let mut dice = Dice(20_261_122);
        for round in 0..40 {
            let mut tx = scratch.db.begin().await.unwrap();
            for _ in 0..=dice.roll(12) {
                let kind = [Kind::Record, Kind::Unit, Kind::Report][usize::try_from(dice.roll(3)).unwrap()];
                record(&mut tx, &ids, entry(kind.of(dice.roll(5)), round)).await.unwrap();
            }
            if round == 0 || dice.roll(3) == 0 {
                seal(&mut tx, at(round), &key()).await.unwrap().unwrap();
            }
            tx.commit().await.unwrap();
            assert_eq!(verified(&scratch.db).await.findings, [], "round {round}");

            let mut tx = scratch.db.begin().await.unwrap();
            dialect::loosen_timeline(&mut tx).await.unwrap();
            let text = harm(&mut tx, &mut dice).await;
            let found = verify(&mut tx, &key().verifying_key()).await.unwrap();
            assert!(!found.is_sound(), "round {round} on {}: {text}", scratch.db.kind());
        }
    }
}
