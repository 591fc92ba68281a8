//! Letters from the first step to the last.

use db::{Stop, testing::both};
use records::{
    By, act,
    behaviour::{Behaviour as _, Scene},
    fill::{Input, RowInput},
    store,
    testing::clerk,
};
use units::Unit;

use super::{code, committee, day, due, house, input, late_in_2026, made, stepped};
use crate::{Classify, Repeats};

fn refused(stop: &Stop, key: &str) {
    let Stop::Refused(refused) = stop else { panic!("not a refusal: {stop}") };
    assert!(refused.0.iter().any(|refusal| refusal.key == key), "{refused}");
}

const COMPLAINT: [(&str, &str); 8] = [
    ("kind", "complaint"),
    ("round", "first"),
    ("about", "decision"),
    ("respondent_is", "chair"),
    ("subject", "Khiếu nại quyết định thu hồi đất thôn Đồng Lý"),
    ("topic", "land"),
    ("received_on", "3/8/2026"),
    ("sender_name", "Nguyễn Văn Thử"),
];

#[tokio::test]
async fn a_complaint_goes_its_whole_way_and_its_letters_with_it() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let own = code(&house, Unit(by.seat), by.today);
        let fields = [&COMPLAINT[..], &[("respondent", own.as_str()), ("competent", "có")]].concat();
        let letter = made(&house, &by, "submission", &fields, &[]).await;
        assert_eq!(due(&letter, "acceptance"), Some(day("12/8/2026")));
        let letter = stepped(&house, &by, &letter, "accept", "10/8/2026", &[("competent", "có")]).await;
        assert_eq!(letter.state.as_deref(), Some("accepted"));

        let mut tx = house.read().await.unwrap();
        let to_here = store::links_to(&mut tx, letter.id).await.unwrap();
        let case = store::find(&mut tx, &house.names, to_here[0].0).await.unwrap();
        assert_eq!((case.register.as_str(), case.unit), ("complaint", by.seat));
        assert_eq!(
            (case.document.day("accepted_on"), due(&case, "first")),
            (Some(day("10/8/2026")), Some(day("9/9/2026")))
        );
        let name = house.vault.get(&mut tx, case.id.0, "sender_name").await.unwrap();
        assert_eq!(name.as_deref(), Some("Nguyễn Văn Thử"), "carried from vault to vault");
        assert!(!serde_json::to_string(&case.document).unwrap().contains("Thử"));
        drop(tx);

        // A second letter of the same matter is joined: no new case.
        let handle = case.id.handle();
        let again = [&COMPLAINT[..], &[("case", handle.as_str())]].concat();
        let again = made(&house, &by, "submission", &again, &[]).await;
        let again = stepped(&house, &by, &again, "join", "17/8/2026", &[]).await;

        let verified = committee(&house, 1, by.today);
        let verified = code(&house, verified, by.today);
        let own_case = act::take(&house, &by, case.id, 1, "assign", day("11/8/2026"), input(&[("verified_by", &own)]));
        refused(&own_case.await.unwrap_err(), "record.check");
        stepped(&house, &by, &case, "assign", "11/8/2026", &[("verified_by", &verified)]).await;
        stepped(&house, &by, &case, "withdraw_part", "12/8/2026", &[("withdrawn_content", "Phần bồi thường cây")])
            .await;
        let differ = [("result", "partly_upheld"), ("results_differ", "có")];
        let now = act::read(&house, case.id).await.unwrap().0;
        let silent = act::take(&house, &by, case.id, now.version, "decide", day("4/9/2026"), input(&differ));
        refused(&silent.await.unwrap_err(), "record.check");
        stepped(&house, &by, &case, "notify_dialogue", "13/8/2026", &[("dialogue_planned_on", "20/8/2026")]).await;
        stepped(&house, &by, &case, "dialogue", "20/8/2026", &[("dialogue_led", "có")]).await;
        let decided = stepped(&house, &by, &case, "decide", "4/9/2026", &differ).await;
        assert_eq!(due(&decided, "send_first"), Some(day("9/9/2026")));
        for letter in [&letter, &again] {
            let now = act::read(&house, letter.id).await.unwrap().0;
            assert_eq!(now.state.as_deref(), Some("settled"), "letters end with their case");
            assert_eq!(now.document.day("settled_on"), Some(day("4/9/2026")));
        }
        stepped(&house, &by, &case, "send", "8/9/2026", &[("decision_received_on", "9/9/2026")]).await;
        stepped(&house, &by, &case, "publish", "10/9/2026", &[("published_by", "posting")]).await;
        let effect = stepped(&house, &by, &case, "take_effect", "12/10/2026", &[]).await;
        assert_eq!(due(&effect, "execution"), Some(day("19/10/2026")));
        stepped(&house, &by, &case, "execute", "16/10/2026", &[]).await;
        let closed = stepped(&house, &by, &case, "close", "20/10/2026", &[]).await;
        // What is only waited for has no one to be late.
        let duties =
            closed.document.clocks.iter().filter(|one| !["effect", "second_window"].contains(&one.clock.as_str()));
        assert!(duties.clone().count() == 5 && duties.clone().all(|one| one.stopped.is_some_and(|on| on <= one.due)));
        assert_eq!(ledger::differences(&mut house.read().await.unwrap()).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_petition_is_transferred_and_its_second_clock_starts_at_its_own_receipt() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let other = committee(&house, 1, by.today);
        let there = code(&house, other, by.today);
        let fields = [
            ("kind", "petition"),
            ("subject", "Kiến nghị sửa cống Đồng Lý"),
            ("topic", "infrastructure"),
            ("channel", "counter"),
            ("received_on", "3/8/2026"),
            ("sender_name", "Trần Thị Thử"),
            ("competent", "không"),
        ];
        let letter = made(&house, &by, "submission", &fields, &[]).await;
        let otherwise = act::take(&house, &by, letter.id, 1, "file", day("5/8/2026"), input(&[("reason", "unclear")]));
        refused(&otherwise.await.unwrap_err(), "submission.other_than_proposed");
        let itself = code(&house, Unit(by.seat), by.today);
        let to_itself =
            act::take(&house, &by, letter.id, 1, "transfer", day("5/8/2026"), input(&[("transferred_to", &itself)]));
        refused(&to_itself.await.unwrap_err(), "submission.to_itself");
        let sent = stepped(&house, &by, &letter, "transfer", "5/8/2026", &[("transferred_to", &there)]).await;
        assert_eq!(
            (sent.state.as_deref(), sent.due),
            (Some("transferred"), Some(day("17/8/2026"))),
            "the first answer stays owed"
        );

        let mut tx = house.read().await.unwrap();
        let opened = store::links_to(&mut tx, letter.id).await.unwrap()[0].0;
        let received = store::find(&mut tx, &house.names, opened).await.unwrap();
        assert_eq!((received.unit, received.document.day("received_on"), received.due), (other.0, None, None));
        let name = house.vault.get(&mut tx, received.id.0, "sender_name").await.unwrap();
        assert_eq!(name.as_deref(), Some("Trần Thị Thử"));
        drop(tx);
        let theirs = clerk(other.0, by.today);
        let received = stepped(&house, &theirs, &received, "receive", "12/8/2026", &[]).await;
        assert_eq!(
            due(&received, "classify"),
            Some(day("25/8/2026")),
            "ten working days of its own receipt, the Saturday of 22/8 among them"
        );
        let told = stepped(&house, &by, &sent, "inform", "14/8/2026", &[]).await;
        assert_eq!(told.due, None);

        // Back to where it came from: told, not forbidden.
        let back = act::take(
            &house,
            &theirs,
            received.id,
            received.version,
            "transfer",
            day("13/8/2026"),
            input(&[("transferred_to", &itself), ("other_reason", "Thửa đất thuộc nơi gửi")]),
        )
        .await
        .unwrap();
        let keys: Vec<&str> = back.warnings.iter().map(|refusal| refusal.key.as_ref()).collect();
        assert!(keys.contains(&"submission.came_back") && keys.contains(&"submission.many_hops"), "{keys:?}");
    }
}

#[tokio::test]
async fn feedback_is_answered_and_a_mixed_letter_split() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let fields = [
            ("kind", "feedback"),
            ("subject", "Phản ánh bộ phận một cửa chậm trả kết quả"),
            ("topic", "procedures"),
            ("received_on", "3/8/2026"),
            ("administrative_rule", "có"),
            ("competent", "có"),
        ];
        let letter = made(&house, &by, "submission", &fields, &[]).await;
        let snapshot = house.now();
        let register = snapshot.register("submission").unwrap();
        let scene = Scene { house: &house, snapshot: &snapshot, by: &by, register };
        let proposals = Classify.propose(scene, kernel::Lang::Vi, &letter).await.unwrap();
        assert_eq!(proposals[0].step.as_deref(), Some("accept"));
        assert!(proposals[0].basis.as_ref().unwrap().contains("Luật Tiếp công dân"));
        let settled = stepped(&house, &by, &letter, "settle", "10/8/2026", &[("outcome", "answered")]).await;
        stepped(&house, &by, &settled, "publish", "12/8/2026", &[]).await;

        let fields = [
            ("kind", "mixed"),
            ("subject", "Đơn nhiều nội dung"),
            ("topic", "land"),
            ("received_on", "3/8/2026"),
            ("sender_name", "Lê Thử"),
        ];
        let mixed = made(&house, &by, "submission", &fields, &[]).await;
        let mut parts = Input::default();
        let part = |kind: &str, round: &str| {
            let mut row = RowInput::default();
            for (field, text) in [("kind", kind), ("round", round), ("subject", "Một phần"), ("topic", "land")] {
                row.fields.insert(field.into(), text.into());
            }
            row
        };
        parts.rows.insert("part".into(), vec![part("complaint", "first"), part("petition", "")]);
        let split = act::take(&house, &by, mixed.id, 1, "split", day("5/8/2026"), parts).await.unwrap().record;
        assert_eq!(split.state.as_deref(), Some("split"));
        let mut tx = house.read().await.unwrap();
        let children: Vec<i64> =
            store::links_to(&mut tx, mixed.id).await.unwrap().into_iter().map(|(id, _)| id.0).collect();
        let children = store::find_many(&mut tx, &house.names, &children).await.unwrap();
        assert_eq!(children.len(), 2);
        assert!(children.iter().all(|child| child.document.day("received_on") == Some(day("3/8/2026"))));
    }
}

#[tokio::test]
async fn the_accused_never_handles_and_representatives_are_few() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let own = code(&house, Unit(by.seat), by.today);
        let fields = [
            ("form", "letter"),
            ("subject", "Tố cáo hành vi thu phí sai"),
            ("topic", "land"),
            ("received_on", "3/8/2026"),
            ("denounced_body", own.as_str()),
            ("denounced_rank", "head"),
            ("competent", "có"),
            ("conditions_met", "có"),
        ];
        let record = made(&house, &by, "denunciation", &fields, &[]).await;
        let accept = act::take(&house, &by, record.id, 1, "accept", day("5/8/2026"), Input::default()).await;
        refused(&accept.unwrap_err(), "submission.accused_handles");
        let ask = act::identity::ask(&house, &by, record.id, "để xác minh").await;
        refused(&ask.unwrap_err(), "submission.accused_opens");
        let agree = act::identity::agree(&house, &by, record.id, "").await;
        refused(&agree.unwrap_err(), "submission.accused_opens");
        let open = act::identity::open(&house, &by, record.id, "").await;
        refused(&open.unwrap_err(), "submission.accused_opens");
        let snapshot = house.now();
        let scene =
            Scene { house: &house, snapshot: &snapshot, by: &by, register: snapshot.register("denunciation").unwrap() };
        let proposals = Classify.propose(scene, kernel::Lang::Vi, &record).await.unwrap();
        let steps: Vec<&str> = proposals.iter().filter_map(|one| one.step.as_deref()).collect();
        assert_eq!(steps, ["transfer"], "whatever was entered of its competence");
        let group = |many: &'static str, few: &'static str| {
            let fields = [&COMPLAINT[..], &[("signatories", many), ("representatives", few)]].concat();
            let new = act::New { unit: by.seat, input: input(&fields), ..act::New::default() };
            act::create(&house, &by, "submission", new)
        };
        refused(&group("8", "3").await.unwrap_err(), "record.check");
        refused(&group("11", "6").await.unwrap_err(), "record.check");
        group("11", "5").await.unwrap();
        group("8", "2").await.unwrap();
    }
}

/// Sealed for the receiver's handlers; the body that the letter left reads nothing on the way, and a denounced body keeps nothing.
#[tokio::test]
async fn a_sealed_identity_goes_with_its_letter() {
    const HERE: &str = "bảy con trâu qua cầu tre";
    const THERE: &str = "năm chiếc thuyền về bến cũ";
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let there = By { account: 8, ..late_in_2026(&house, 1) };
        let name_handler = async |by: &By| {
            let mut tx = house.db.begin().await.unwrap();
            house.vault.name_handler(&mut tx, by.seat, by.account, by.account, 1).await.unwrap();
            tx.commit().await.unwrap();
        };
        for (by, words) in [(&by, HERE), (&there, THERE)] {
            house.vault.choose_passphrase(&house.db, by.account, None, words, 1).await.unwrap();
        }
        name_handler(&by).await;
        let (own, other) = (code(&house, Unit(by.seat), by.today), code(&house, Unit(there.seat), by.today));
        let fields = |accused: bool| {
            let body = if accused { &own } else { &other };
            [
                ("form", "letter"),
                ("subject", "Tố cáo hành vi thu phí sai"),
                ("topic", "land"),
                ("received_on", "3/8/2026"),
                ("denounced_body", body.clone().leak()),
                ("denounced_rank", if accused { "head" } else { "officer" }),
                ("denouncer_name", "Nguyễn Văn Kín"),
                ("denouncer_id_number", "001099000111"),
            ]
        };
        let mut arrivals = Vec::new();
        for accused in [false, true] {
            let letter = made(&house, &by, "denunciation", &fields(accused), &[]).await;
            let file = vault::SealedFile { name: "don.jpg".into(), media: "image/jpeg".into(), content: vec![7; 90] };
            act::identity::seal_file(&house, &by, letter.id, "originals", &file).await.unwrap();
            let hand = async |words: &'static str| act::identity::hand(&house, &by, letter.id, words).await;
            refused(&hand(HERE).await.unwrap_err(), "record.identity_nowhere");
            stepped(&house, &by, &letter, "transfer", "5/8/2026", &[("transferred_to", &other)]).await;
            refused(&act::identity::release(&house, &by, letter.id).await.unwrap_err(), "record.identity_not_there");
            if !accused {
                refused(&hand(HERE).await.unwrap_err(), "record.identity_no_receivers");
                name_handler(&there).await;
            }
            refused(&hand(THERE).await.unwrap_err(), "vault.wrong_passphrase");
            hand(HERE).await.unwrap();
            refused(&hand(HERE).await.unwrap_err(), "record.identity_there");

            let (arrived, known) = act::identity::receiver(&house, &letter).await.unwrap().unwrap();
            assert!(known && arrived.unit == there.seat);
            let opened = house.vault.open_case(&house.db, arrived.id.0, there.account, THERE).await.unwrap();
            assert_eq!(opened["denouncer_name"].as_slice(), "Nguyễn Văn Kín".as_bytes());
            assert!(opened["originals/1"].len() > 90, "the file with its name");
            let left = house.vault.sealed_places(&mut house.read().await.unwrap(), letter.id.0).await.unwrap();
            assert_eq!(left.is_empty(), accused, "a denounced body keeps nothing");
            if !accused {
                act::identity::release(&house, &by, letter.id).await.unwrap();
            }
            let gone = house.vault.open_case(&house.db, letter.id.0, by.account, HERE).await;
            refused(&gone.unwrap_err(), "vault.not_your_case");
            arrivals.push(arrived.id.0);
        }
        let same = house.vault.same_sender(&mut house.read().await.unwrap(), arrivals[1]).await.unwrap();
        assert_eq!(same, [arrivals[0]], "one sender, known in the receiver's book without opening either");
    }
}

#[tokio::test]
async fn a_letter_that_comes_again_is_known_and_linked_not_deleted() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let first = made(&house, &by, "submission", &COMPLAINT, &[]).await;
        let other = [&COMPLAINT[..], &[("subject", "Khiếu nại mức phạt vi phạm trật tự xây dựng")]].concat();
        made(&house, &by, "submission", &other, &[]).await;
        let again = [
            &COMPLAINT[..],
            &[("subject", "khieu nai quyêt định thu hồi đất thôn Đồng Lí"), ("sender_name", "nguyen van thu")],
        ];
        let again = made(&house, &by, "submission", &again.concat(), &[]).await;
        let elsewhere = late_in_2026(&house, 1);
        made(&house, &elsewhere, "submission", &COMPLAINT, &[]).await;

        let snapshot = house.now();
        let register = snapshot.register("submission").unwrap();
        let scene = Scene { house: &house, snapshot: &snapshot, by: &by, register };
        let proposals = Repeats.propose(scene, kernel::Lang::Vi, &again).await.unwrap();
        assert_eq!(proposals.len(), 1, "{proposals:?}");
        assert_eq!(proposals[0].fields, [("same_as".to_owned(), first.id.handle())]);
        assert!(proposals[0].reason.contains("Cùng người gửi") && !proposals[0].reason.contains("Nguyễn"));

        let linked = act::edit(&house, &by, again.id, again.version, input(&[("same_as", &first.id.handle())])).await;
        let linked = linked.unwrap().record;
        let filed = stepped(&house, &by, &linked, "file", "10/8/2026", &[("reason", "duplicate")]).await;
        assert_eq!(filed.state.as_deref(), Some("filed"));
        assert!(Repeats.propose(scene, kernel::Lang::Vi, &filed).await.unwrap().is_empty());
    }
}
