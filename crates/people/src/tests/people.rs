use data_encoding::HEXLOWER;
use jiff::Timestamp;
use pack::register::Role;
use sha2::{Digest as _, Sha256};
use web::{Proof, Sessions as _, Who};

use super::{House, PASSWORD, SHELL, TODAY, commune, houses, later, now, refused, tree, unit};
use crate::{
    Registry,
    account::{self, NewSeat, wait},
    password, store,
};

#[test]
fn a_password_is_long_and_not_what_everyone_writes() {
    for (typed, reason) in [
        ("ngắn quá", Some("people.password_short")),
        ("danvan202111", Some("people.password_easy")),
        ("Hải Phòng 2026", Some("people.password_easy")),
        ("MatKhau@123456", Some("people.password_easy")),
        ("mật khẩu 2026 ubnd", Some("people.password_easy")),
        ("nguyen-van-an-1990", Some("people.password_easy")),
        ("111111111111", Some("people.password_easy")),
        ("aaaabbbbaaaa", Some("people.password_easy")),
        ("qwertyuiop123", Some("people.password_easy")),
        ("con ngựa đúng pin kẹp", None),
        ("gặt lúa tháng năm", None),
        ("j7!kQpz%2xVt", None),
        (PASSWORD, None),
    ] {
        let found = password::fit(typed, "nguyen-van-an").err().map(|refusal| refusal.key.to_string());
        assert_eq!(found.as_deref(), reason, "{typed}");
    }
    let long = |letters| password::fit(&"ngựa đúng pin kẹp ".repeat(9).chars().take(letters).collect::<String>(), "an");
    assert!(long(128).is_ok() && long(129).is_err());
}

#[test]
fn each_wrong_password_makes_the_next_answer_wait_longer() {
    let waits: Vec<u128> = [0, 3, 4, 5, 6, 7, 8, 9, 10, 1_000].map(|failures| wait(failures).as_millis()).to_vec();
    assert_eq!(waits, [0, 0, 0, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
}

#[tokio::test]
async fn wrong_passwords_are_noted_and_never_lock() {
    for house in houses().await {
        let an = house.person("an", Role::Clerk, unit("31/ubnd")).await;
        let shut = house.person("shut", Role::Clerk, unit("31/ubnd")).await;
        let mut tx = house.db().begin().await.unwrap();
        account::set_disabled(&mut tx, &house.ids, SHELL, shut.id, true, now()).await.unwrap();
        tx.commit().await.unwrap();
        let sign_in =
            |login: &'static str, typed: &'static str| account::sign_in(house.db(), &house.ids, login, typed, now());
        for (login, typed) in [("an", "sai mật khẩu"), ("nobody", PASSWORD), ("shut", PASSWORD), ("", "")] {
            assert_eq!(refused(sign_in(login, typed).await), ["people.not_known"], "{login}");
        }
        for _ in 0..4 {
            assert_eq!(refused(sign_in("an", "vẫn sai").await), ["people.not_known"]);
        }
        let failures = |login: &'static str| {
            let house = &house;
            async move {
                let mut tx = house.db().read().await.unwrap();
                store::by_login(&mut tx, login).await.unwrap().unwrap().failures
            }
        };
        assert_eq!(failures("an").await, 5);
        // The sixth waits half a second, and gets in.
        let since = std::time::Instant::now();
        sign_in(" AN ", PASSWORD).await.unwrap();
        assert!(since.elapsed().as_millis() >= 500);
        assert_eq!(failures("an").await, 0);
        let acts = house.acts(an.id).await;
        assert_eq!(acts[..4], ["people.add", "people.seat", "people.invite", "people.password"]);
        assert_eq!(acts[4..], ["account.refused"; 5].into_iter().chain(["account.sign_in"]).collect::<Vec<_>>());
        assert_eq!(house.acts(0).await.len(), 2, "tries at names that nobody has");
    }
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_for_three_days() {
    for house in houses().await {
        let (account, first) = house.invite("an", Role::Clerk, unit("31/ubnd")).await;
        let hash = |token: &str| HEXLOWER.encode(&Sha256::digest(token));
        let accept = |token: &str, at: Timestamp| {
            let (house, hash) = (&house, hash(token));
            async move { account::accept(house.db(), &house.ids, &hash, PASSWORD, at).await.map(|account| account.login) }
        };
        assert_eq!(refused(accept(&first.token, later(3 * 86_400 + 1)).await), ["people.invitation_over"]);
        let mut tx = house.db().begin().await.unwrap();
        let second = account::invite(&mut tx, &house.ids, SHELL, account.id, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refused(accept(&first.token, now()).await), ["people.invitation_over"], "a newer link was made");
        assert_eq!(refused(accept("made up", now()).await), ["people.invitation_over"]);
        assert_eq!(accept(&second.token, later(60)).await.unwrap(), "an");
        assert_eq!(refused(accept(&second.token, later(61)).await), ["people.invitation_over"], "used");
        // Nothing stored is what was handed out.
        let mut tx = house.db().read().await.unwrap();
        let kept = store::by_login(&mut tx, "an").await.unwrap().unwrap().password.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !kept.contains(PASSWORD));
    }
}

impl House {
    async fn who(&self, proof: Proof, token: &str, at: Timestamp) -> Option<Who> {
        let registry = Registry { db: self.db().clone(), tree: std::sync::Arc::new(tree) };
        registry.load(proof, Sha256::digest(token).into(), at).await.unwrap()
    }
}

#[tokio::test]
async fn a_session_ends_when_it_should() {
    for house in houses().await {
        let an = house.person("an", Role::Clerk, unit("31/ubnd")).await;
        let knows = |token: String, seconds: i64| {
            let house = &house;
            async move { house.who(Proof::Session, &token, later(seconds)).await.is_some() }
        };
        let token = house.session("an").await;
        let who = house.who(Proof::Session, &token, later(1)).await.unwrap();
        assert_eq!((who.login.as_str(), who.seat.role.as_str(), who.seat.unit), ("an", "clerk", unit("31/ubnd").0));
        assert_eq!(who.seat.unit_name, "Ủy ban nhân dân thành phố Hải Phòng");
        assert!(house.who(Proof::Token, &token, now()).await.is_none(), "a session is no token");
        assert!(!knows("another".into(), 0).await);
        // Idle for more than half an hour; kept in use, twelve hours.
        assert!(knows(token.clone(), 1_800).await);
        assert!(!knows(token.clone(), 1_800 + 1_801).await);
        let token = house.session("an").await;
        for quarter in 1..=48 {
            assert!(knows(token.clone(), quarter * 900).await, "{quarter}");
        }
        assert!(!knows(token.clone(), 12 * 3_600 + 1).await);
        // A new password ends every session and token.
        let (token, api) =
            (house.session("an").await, account::token(house.db(), &house.ids, "an", now()).await.unwrap());
        assert!(house.who(Proof::Token, &api, later(86_400 * 300)).await.is_some());
        assert!(house.who(Proof::Token, &api, later(86_400 * 366)).await.is_none());
        let renew = |old: &'static str, new: &'static str| {
            account::renew_password(house.db(), &house.ids, an.id, old, new, now())
        };
        assert_eq!(refused(renew("không phải", "một câu khác hẳn").await), ["people.wrong_password"]);
        renew(PASSWORD, "một câu khác hẳn").await.unwrap();
        assert!(!knows(token, 1).await && house.who(Proof::Token, &api, now()).await.is_none());
        // So does shutting the account, and the end of its seat.
        renew("một câu khác hẳn", PASSWORD).await.unwrap();
        let token = house.session("an").await;
        let mut tx = house.db().begin().await.unwrap();
        account::set_disabled(&mut tx, &house.ids, SHELL, an.id, true, now()).await.unwrap();
        account::set_disabled(&mut tx, &house.ids, SHELL, an.id, false, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!knows(token, 1).await);
        let token = house.session("an").await;
        let mut tx = house.db().begin().await.unwrap();
        account::end_seat(&mut tx, &house.ids, SHELL, an.id, who.seat.id, now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!knows(token, 1).await);
        assert_eq!(
            refused(account::sign_in(house.db(), &house.ids, "an", PASSWORD, now()).await),
            ["people.not_known"]
        );
    }
}

#[tokio::test]
async fn a_stand_in_gets_the_very_seat_and_for_a_time() {
    for house in houses().await {
        let boss = house.person("boss", Role::Leader, unit("31/ubnd")).await;
        let deputy = house.person("deputy", Role::Clerk, commune("ubnd")).await;
        let seat = NewSeat {
            role: Role::Leader,
            unit: unit("31/ubnd").0,
            from: TODAY,
            to: TODAY.checked_add(jiff::Span::new().days(7)).ok(),
            stands_in_for: Some(boss.id),
        };
        let give = |account: i64, seat: NewSeat| {
            let house = &house;
            async move {
                let mut tx = house.db().begin().await.unwrap();
                let given = account::give_seat(&mut tx, &house.ids, SHELL, account, &seat, now()).await;
                if given.is_ok() {
                    tx.commit().await.unwrap();
                }
                given
            }
        };
        let wrong = NewSeat { role: Role::Administrator, ..seat };
        assert_eq!(refused(give(deputy.id, wrong).await), ["people.not_their_seat"]);
        assert_eq!(refused(give(boss.id, seat).await), ["people.not_their_seat"]);
        assert_eq!(refused(give(deputy.id, NewSeat { to: None, ..seat }).await), ["people.stand_in_needs_an_end"]);
        assert_eq!(
            refused(give(deputy.id, NewSeat { to: Some(TODAY), ..seat }).await),
            ["people.ends_before_it_begins"]
        );
        give(deputy.id, seat).await.unwrap();
        // Who stands in cannot hand it on.
        let chain = NewSeat { stands_in_for: Some(deputy.id), ..seat };
        assert_eq!(
            refused(give(house.person("third", Role::Clerk, commune("")).await.id, chain).await),
            ["people.not_their_seat"]
        );
        let token = house.session("deputy").await;
        let who = house.who(Proof::Session, &token, later(1)).await.unwrap();
        assert_eq!(who.seats.len(), 2);
        assert_eq!(who.seats[1].for_whom.as_deref(), Some("boss"));
        assert_eq!(who.seat.unit, commune("ubnd").0);
        let mut tx = house.db().read().await.unwrap();
        let after = TODAY.checked_add(jiff::Span::new().days(7)).unwrap();
        let then = crate::seats::who(&mut tx, &tree(), deputy.id, None, after).await.unwrap().unwrap();
        assert_eq!(then.seats.len(), 1);
    }
}
