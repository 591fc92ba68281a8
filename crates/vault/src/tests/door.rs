//! The public door, the pictures that come through it, and senders who write twice.

use db::testing;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Vault,
    gate::{Door, Gate},
    without_metadata,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_768_000_000 - 1_768_000_000 % 3_600).unwrap() + SignedDuration::from_secs(seconds)
}

#[test]
fn the_door_is_knocked_at_so_often_and_no_more() {
    let gate = Gate::default();
    let (one, other) = ("203.0.113.7".parse().ok(), "198.51.100.9".parse().ok());
    for second in 0..20 {
        assert_eq!(gate.knock(Door::Letter, one, at(second)), Ok(()));
    }
    assert_eq!(gate.knock(Door::Letter, one, at(600)), Err(3_000));
    assert_eq!(gate.knock(Door::Letter, other, at(600)), Ok(()), "another address has its own measure");
    assert_eq!(gate.knock(Door::Receipt, one, at(600)), Ok(()), "another door too");
    assert_eq!(gate.knock(Door::Letter, one, at(3_600)), Ok(()), "the hour is over");
    // A household is one address, however many it may choose from.
    for host in 1..=20 {
        gate.knock(Door::Letter, format!("2001:db8:1:1::{host}").parse().ok(), at(0)).unwrap();
    }
    assert!(gate.knock(Door::Letter, "2001:db8:1:1:9::1".parse().ok(), at(0)).is_err());
}

#[test]
fn all_together_have_a_measure_which_those_turned_away_do_not_use_up() {
    let gate = Gate::default();
    let one = "203.0.113.7".parse().ok();
    for _ in 0..2_000 {
        let _ = gate.knock(Door::Letter, one, at(0));
    }
    let taken = (0..2_000).filter(|_| gate.knock(Door::Letter, None, at(0)).is_ok()).count();
    assert_eq!(taken, 580, "600 less the 20 of the first address");
}

/// A segment of a JPEG: its marker, its length, what stands in it.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), content].concat()
}

#[test]
fn pictures_lose_what_the_camera_wrote() {
    let shown = [segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"), segment(0xdb, &[7; 65])].concat();
    let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0x34, 0x56]].concat();
    let told = [segment(0xe1, b"Exif\0\0GPS 20.86 106.68 canary"), segment(0xfe, b"canary: camera of An")].concat();
    let jpeg = |told: &[u8]| [&[0xff, 0xd8], shown.as_slice(), told, &scan, &[0xff, 0xd9]].concat();
    assert_eq!(without_metadata(jpeg(&told)), jpeg(b""));

    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let said = [kind.as_slice(), content].concat();
        [&u32::try_from(content.len()).unwrap().to_be_bytes(), said.as_slice(), &crc(&said).to_be_bytes()].concat()
    };
    let (head, end) = (chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), chunk(b"IEND", b""));
    let told = [chunk(b"tEXt", b"Author\0canary"), chunk(b"eXIf", b"canary"), chunk(b"tIME", &[7; 7])].concat();
    let png = |told: &[u8]| [b"\x89PNG\r\n\x1a\n", head.as_slice(), told, &chunk(b"IDAT", b"x"), &end].concat();
    assert_eq!(without_metadata(png(&told)), png(b""));
    // What is no picture, or a broken one, stays as it is.
    for other in [b"%PDF-1.7".as_slice(), b"\xff\xd8\xff", b"\x89PNG", b""] {
        assert_eq!(without_metadata(other.to_vec()), other);
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[tokio::test]
async fn one_who_writes_twice_is_known_again_in_the_same_book_only() {
    for scratch in testing::both().await.unwrap() {
        let vault = Vault::create(&scratch.db.place().data).unwrap();
        let mut tx = scratch.db.begin().await.unwrap();
        let (book, name, number) = ("7/denunciation", "Nguyễn Thị  Canary", "0310 9000 7777");
        vault.mark_sender(&mut tx, book, 1, name, number).await.unwrap();
        vault.mark_sender(&mut tx, book, 2, "nguyen thi canary", "031090007777").await.unwrap();
        vault.mark_sender(&mut tx, book, 3, name, "031090007778").await.unwrap();
        vault.mark_sender(&mut tx, "8/denunciation", 4, name, number).await.unwrap();
        vault.mark_sender(&mut tx, book, 5, name, "").await.unwrap();
        assert_eq!(vault.same_sender(&mut tx, 1).await.unwrap(), [2]);
        for alone in 3..=5 {
            assert!(vault.same_sender(&mut tx, alone).await.unwrap().is_empty(), "{alone}");
        }
        // The mark is no hash that others could try names against, and it goes with the record.
        let kept: Vec<(i64, Vec<u8>)> = tx.all("select record, mark from sender_mark", db::args![]).await.unwrap();
        assert!(kept.iter().all(|(_, mark)| mark.len() == 32));
        let elsewhere = tempfile::tempdir().unwrap();
        let other = Vault::create(elsewhere.path()).unwrap();
        other.mark_sender(&mut tx, book, 6, name, number).await.unwrap();
        assert!(vault.same_sender(&mut tx, 6).await.unwrap().is_empty());
        vault.forget(&mut tx, 2).await.unwrap();
        assert!(vault.same_sender(&mut tx, 1).await.unwrap().is_empty());
    }
}
