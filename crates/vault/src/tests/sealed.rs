//! Sealed cases, the escrow, openings, the intake and receipts, on both databases.

use jiff::Timestamp;
use kernel::IdMaker;
use zeroize::Zeroizing;

use super::*;

const WORDS: &str = "bảy con trâu qua cầu tre";
const OTHER: &str = "mưa rào tháng sáu ướt áo";
const UNIT: i64 = 40;

fn now() -> Timestamp {
    "2026-09-03T02:00:00Z".parse().unwrap()
}

fn ms() -> i64 {
    now().as_millisecond()
}

async fn vault_of(scratch: &testing::Scratch) -> Vault {
    let vault = Vault::create(&scratch.db.place().data).unwrap();
    let mut tx = scratch.db.begin().await.unwrap();
    vault.bind(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    vault
}

fn text(place: &str, words: &str) -> (String, Zeroizing<Vec<u8>>) {
    (place.to_owned(), Zeroizing::new(words.as_bytes().to_vec()))
}

/// Everything that the database holds, as bytes.
async fn everything(db: &db::Db) -> Vec<u8> {
    let file = db.place().data.join("copy.zip");
    db::backup(db, &file).await.unwrap();
    let mut archive = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut all = Vec::new();
    for place in 0..archive.len() {
        std::io::Read::read_to_end(&mut archive.by_index(place).unwrap(), &mut all).unwrap();
    }
    fs::remove_file(file).unwrap();
    if db.kind() == "sqlite" {
        for name in ["danvan.db", "danvan.db-wal"] {
            all.extend(fs::read(db.place().data.join(name)).unwrap());
        }
    }
    all
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_opened_by_named_handlers_and_by_nobody_else() {
    for scratch in testing::both().await.unwrap() {
        let (db, vault) = (&scratch.db, vault_of(&scratch).await);
        let mut tx = db.begin().await.unwrap();
        let sealed = vault.seal_case(&mut tx, 1, UNIT, &[text("name", NAME)]).await;
        assert_eq!(refusal(sealed), "vault.no_handlers", "what nobody could open is not taken");
        assert_eq!(refusal(vault.name_handler(&mut tx, UNIT, 5, 9, ms()).await), "vault.no_pair");
        drop(tx);
        assert_eq!(refusal(vault.choose_passphrase(db, 5, None, "ngắn quá", ms()).await), "vault.passphrase_short");
        vault.choose_passphrase(db, 5, None, WORDS, ms()).await.unwrap();
        vault.choose_passphrase(db, 6, None, OTHER, ms()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        vault.name_handler(&mut tx, UNIT, 5, 9, ms()).await.unwrap();
        let marks = vault
            .seal_case(&mut tx, 1, UNIT, &[text("name", NAME), text("phone", PHONE), text("address", "")])
            .await
            .unwrap();
        assert_eq!(marks.iter().map(|(_, mark)| mark.len()).collect::<Vec<_>>(), [64, 64, 0]);
        vault.seal_case(&mut tx, 2, UNIT, &[text("name", "Người khác")]).await.unwrap();
        tx.commit().await.unwrap();

        // With the key file and the whole database, without the passphrase: nothing.
        let all = everything(db).await;
        assert!(!holds(&all, NAME.as_bytes()) && !holds(&all, PHONE.as_bytes()));
        assert_eq!(refusal(vault.open_case(db, 1, 5, OTHER).await), "vault.wrong_passphrase");
        assert_eq!(refusal(vault.open_case(db, 1, 6, OTHER).await), "vault.not_your_case");
        let opened = vault.open_case(db, 1, 5, WORDS).await.unwrap();
        assert_eq!(opened.keys().collect::<Vec<_>>(), ["name", "phone"]);
        assert_eq!(opened["name"].as_slice(), NAME.as_bytes());

        // What is moved to another record, another field or another case's key does not open.
        let moves = [
            (
                "update sealed set record = 2 where record = 1 and place = 'phone'",
                "update sealed set record = 1 where place = 'phone'",
                (2, 5, WORDS),
            ),
            (
                "update sealed set place = 'mobile' where place = 'phone'",
                "update sealed set place = 'phone' where place = 'mobile'",
                (1, 5, WORDS),
            ),
            (
                "update case_key set holder = 6 where record = 1",
                "update case_key set holder = 5 where record = 1",
                (1, 6, OTHER),
            ),
            (
                "update case_key set record = 3 where record = 2",
                "update case_key set record = 2 where record = 3",
                (3, 5, WORDS),
            ),
        ];
        for (moved, back, (record, account, words)) in moves {
            let mut tx = db.begin().await.unwrap();
            tx.run(moved, args![]).await.unwrap();
            tx.commit().await.unwrap();
            let found = vault.open_case(db, record, account, words).await;
            assert!(is_fault(&found), "{moved}: {found:?}");
            let mut tx = db.begin().await.unwrap();
            tx.run(back, args![]).await.unwrap();
            tx.commit().await.unwrap();
        }

        // Named later: new cases are for both; an old one once it is shared.
        let mut tx = db.begin().await.unwrap();
        vault.name_handler(&mut tx, UNIT, 6, 9, ms()).await.unwrap();
        vault.seal_case(&mut tx, 1, UNIT, &[text("phone", "0900 000 000")]).await.unwrap();
        tx.commit().await.unwrap();
        let half = vault.open_case(db, 1, 6, OTHER).await.unwrap();
        assert_eq!(half.keys().collect::<Vec<_>>(), ["phone"]);
        assert_eq!(vault.share_case(db, 1, 5, WORDS, 6).await.unwrap(), 1);
        assert_eq!(vault.open_case(db, 1, 6, OTHER).await.unwrap().len(), 2);

        // A new passphrase with the old one keeps everything; without it nothing, and the name is gone.
        vault.choose_passphrase(db, 5, Some(WORDS), OTHER, ms()).await.unwrap();
        assert_eq!(vault.open_case(db, 1, 5, OTHER).await.unwrap().len(), 2);
        vault.choose_passphrase(db, 5, None, WORDS, ms()).await.unwrap();
        assert!(vault.open_case(db, 1, 5, WORDS).await.is_err());
        let mut tx = db.begin().await.unwrap();
        assert_eq!(vault.handlers(&mut tx, UNIT).await.unwrap().len(), 1);
        assert_eq!(vault.filled(&mut tx, 1).await.unwrap(), ["name", "phone"]);
        vault.forget(&mut tx, 1).await.unwrap();
        assert!(vault.filled(&mut tx, 1).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn enough_shares_bring_a_case_back_and_fewer_do_not() {
    for scratch in testing::both().await.unwrap() {
        let (db, vault) = (&scratch.db, vault_of(&scratch).await);
        let ids = IdMaker::new(0);
        vault.choose_passphrase(db, 5, None, WORDS, ms()).await.unwrap();
        vault.choose_passphrase(db, 6, None, OTHER, ms()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        vault.name_handler(&mut tx, UNIT, 5, 9, ms()).await.unwrap();
        assert_eq!(refusal(vault.make_escrow(&mut tx, &ids, 1, 3, now()).await), "vault.escrow_shares");
        let (_, shares) = vault.make_escrow(&mut tx, &ids, 3, 5, now()).await.unwrap();
        vault.seal_case(&mut tx, 1, UNIT, &[text("name", NAME)]).await.unwrap();
        tx.commit().await.unwrap();
        let all = everything(db).await;
        for share in &shares {
            assert!(!holds(&all, share.rsplit(' ').next().unwrap().as_bytes()), "a share is kept nowhere");
        }
        let pick = |places: &[usize]| -> Vec<String> { places.iter().map(|place| shares[*place].clone()).collect() };
        let mut tx = db.begin().await.unwrap();
        assert_eq!(refusal(vault.recover(&mut tx, &pick(&[0, 4]), 6).await), "vault.shares_few");
        assert_eq!(refusal(vault.recover(&mut tx, &pick(&[0, 4, 4]), 6).await), "vault.shares_few");
        let lowered: Vec<String> = pick(&[0, 4]).iter().map(|share| share.replacen(" 3 ", " 2 ", 1)).collect();
        assert_eq!(refusal(vault.recover(&mut tx, &lowered, 6).await), "vault.shares_unreadable");
        let mut torn = pick(&[0, 2, 4]);
        torn[1].pop();
        assert_eq!(refusal(vault.recover(&mut tx, &torn, 6).await), "vault.shares_unreadable");
        assert_eq!(vault.recover(&mut tx, &pick(&[4, 1, 2]), 6).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(vault.open_case(db, 1, 6, OTHER).await.unwrap()["name"].as_slice(), NAME.as_bytes());
    }
}

fn asked(by: i64, at: i64) -> Opening {
    Opening {
        id: at,
        record: 1,
        unit: UNIT,
        asked_by: by,
        reason: "Xác minh điều kiện thụ lý".into(),
        asked_ms: at,
        agreed_by: 0,
        agreed_ms: 0,
        opened_ms: 0,
        seen_by: 0,
        seen_ms: 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_takes_a_reason_a_second_person_and_a_day_at_most() {
    let hour = 60 * 60 * 1_000;
    for scratch in testing::both().await.unwrap() {
        let (db, vault) = (&scratch.db, vault_of(&scratch).await);
        vault.choose_passphrase(db, 5, None, WORDS, ms()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert_eq!(refusal(vault.ask(&mut tx, &asked(5, ms())).await), "vault.not_a_handler");
        vault.name_handler(&mut tx, UNIT, 5, 9, ms()).await.unwrap();
        let silent = Opening { reason: String::new(), ..asked(5, ms()) };
        assert_eq!(refusal(vault.ask(&mut tx, &silent).await), "vault.reason_missing");
        vault.ask(&mut tx, &asked(5, ms())).await.unwrap();
        assert_eq!(refusal(vault.ask(&mut tx, &asked(5, ms() + 1)).await), "vault.asked_already");
        assert_eq!(refusal(vault.agreed(&mut tx, 1, 5, ms()).await), "vault.not_agreed");
        assert_eq!(refusal(vault.agree(&mut tx, 1, 5, ms()).await), "vault.second_person");
        let late = ms() + 25 * hour;
        assert_eq!(refusal(vault.agree(&mut tx, 1, 7, late).await), "vault.nothing_to_agree");
        vault.agree(&mut tx, 1, 7, ms() + hour).await.unwrap();
        assert_eq!(refusal(vault.agreed(&mut tx, 1, 7, ms() + hour).await), "vault.not_agreed", "only whoever asked");
        assert_eq!(refusal(vault.agreed(&mut tx, 1, 5, ms() + 26 * hour).await), "vault.not_agreed");
        let stands = vault.agreed(&mut tx, 1, 5, ms() + 2 * hour).await.unwrap();
        assert_eq!(vault.unseen(&mut tx, UNIT).await.unwrap(), 0);
        vault.note_opened(&mut tx, &stands, ms() + 2 * hour).await.unwrap();
        assert_eq!(vault.unseen(&mut tx, UNIT).await.unwrap(), 1);
        assert_eq!(vault.see(&mut tx, UNIT, 9, ms() + 3 * hour).await.unwrap(), 1);
        assert_eq!(vault.unseen(&mut tx, UNIT).await.unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_instance_cannot_open_what_it_took_and_the_stand_alone_one_can() {
    let ids = IdMaker::new(0);
    let [public, apart] = [testing::sqlite().await.unwrap(), testing::sqlite().await.unwrap()];
    let (public_vault, apart_vault) = (vault_of(&public).await, vault_of(&apart).await);
    let mut tx = apart.db.begin().await.unwrap();
    let (_, key_file) = apart_vault.intake_keygen(&mut tx, &ids, WORDS, now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut letter = Letter::default();
    letter.name = NAME.into();
    letter.phone = PHONE.into();
    letter.text = "Cán bộ thu tiền ngoài quy định".into();
    let scan = SealedFile { name: format!("{NAME}.jpg"), media: "image/jpeg".into(), content: vec![7; 100_000] };
    letter.files.push(scan);
    let mut tx = public.db.begin().await.unwrap();
    let shut = public_vault.intake_take(&mut tx, &ids, &letter, now()).await;
    assert_eq!(refusal(shut), "vault.intake_closed", "a guide by default");
    let without = public_vault.intake_accept_key(&mut tx, &ids, &key_file, " ", now()).await;
    assert_eq!(refusal(without), "vault.decision_missing");
    public_vault.intake_accept_key(&mut tx, &ids, &key_file, "Văn bản số 12", now()).await.unwrap();
    let receipt = public_vault.intake_take(&mut tx, &ids, &letter, now()).await.unwrap();
    tx.commit().await.unwrap();
    let all = everything(&public.db).await;
    for secret in [NAME, PHONE, "thu tiền", receipt.secret.as_str()] {
        assert!(!holds(&all, secret.as_bytes()), "{secret}");
    }
    assert!(holds(&all, receipt.reference.as_bytes()), "the test can find what is there");
    let mut tx = public.db.begin().await.unwrap();
    assert_eq!(refusal(public_vault.intake_open(&mut tx, &receipt.reference, WORDS).await), "vault.no_intake_key");
    let (letters, file) = public_vault.intake_export(&mut tx, &ids, now()).await.unwrap();
    assert_eq!((letters, public_vault.intake_export(&mut tx, &ids, now()).await.unwrap().0), (1, 0));
    tx.commit().await.unwrap();
    assert!(!file.contains(&receipt.reference), "even the references are sealed on the way");

    let mut tx = apart.db.begin().await.unwrap();
    let from = public_vault.sender_key();
    let take = async |tx: &mut Tx, file: &str, from: Option<&str>, words: &str| {
        apart_vault.intake_import(tx, &ids, file, from, words, now()).await
    };
    assert_eq!(refusal(take(&mut tx, &file, None, WORDS).await), "vault.sender_unknown");
    let stranger = apart_vault.sender_key();
    assert_eq!(refusal(take(&mut tx, &file, Some(&stranger), WORDS).await), "vault.sender_other");
    let forged = file.replacen(&from, &stranger, 1);
    assert_eq!(refusal(take(&mut tx, &forged, Some(&stranger), WORDS).await), "vault.bundle_not_signed");
    let body = file.find("body ").unwrap() + 60;
    let other = if &file[body..=body] == "A" { "B" } else { "A" };
    let changed = format!("{}{other}{}", &file[..body], &file[body + 1..]);
    assert_eq!(refusal(take(&mut tx, &changed, Some(&from), WORDS).await), "vault.bundle_not_signed");
    assert_eq!(refusal(take(&mut tx, &file, Some(&from), OTHER).await), "vault.wrong_passphrase");
    assert_eq!(take(&mut tx, &file, Some(&from), WORDS).await.unwrap(), (1, 0));
    assert_eq!(take(&mut tx, &file, None, WORDS).await.unwrap(), (0, 1), "twice is once");
    assert_eq!(apart_vault.intake_waiting(&mut tx).await.unwrap()[0].reference, receipt.reference);
    let (reference, received, opened) = apart_vault.intake_open(&mut tx, &receipt.reference, WORDS).await.unwrap();
    assert_eq!((&opened, received), (&letter, ms()));
    apart_vault.intake_became(&mut tx, &reference, 77).await.unwrap();
    assert_eq!(refusal(apart_vault.intake_open(&mut tx, &reference, WORDS).await), "vault.opened_already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_known_by_both_its_halves() {
    for scratch in testing::both().await.unwrap() {
        vault_of(&scratch).await;
        let mut tx = scratch.db.begin().await.unwrap();
        let given = receipt::give(&mut tx, 12, ms()).await.unwrap();
        let plain: usize = given.secret.chars().filter(char::is_ascii_alphanumeric).count();
        assert!(f64::from(u32::try_from(plain).unwrap()) * 31_f64.log2() >= 112.0);
        let typed = format!(" {} ", given.reference.to_uppercase().replace('-', " "));
        let found = receipt::look(&mut tx, &typed, &given.secret.replace('-', " ").to_uppercase()).await.unwrap();
        assert_eq!((found.record, found.given_ms, found.carried_ms), (12, ms(), 0));
        let other = receipt::give(&mut tx, 13, ms()).await.unwrap();
        assert_eq!(refusal(receipt::look(&mut tx, &given.reference, &other.secret).await), "vault.receipt_unknown");
        // Every wrong letter and every swap of neighbours is seen before anything is asked of the database.
        let reference: Vec<char> = given.reference.chars().filter(char::is_ascii_alphanumeric).collect();
        for place in 0..reference.len() {
            for letter in "0123456789abcdefghjkmnpqrtvwxyz".chars().filter(|letter| *letter != reference[place]) {
                let mut wrong = reference.clone();
                wrong[place] = letter;
                let wrong: String = wrong.iter().collect();
                assert!(receipt::read_reference(&wrong).is_err(), "{wrong}");
            }
            if place + 1 < reference.len() && reference[place] != reference[place + 1] {
                let mut wrong = reference.clone();
                wrong.swap(place, place + 1);
                assert!(receipt::read_reference(&wrong.iter().collect::<String>()).is_err());
            }
        }
    }
}
