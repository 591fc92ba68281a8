use crate::{Fields, csrf::Root};

#[test]
fn fields_keep_their_order_and_their_repetitions() {
    let fields = Fields::parse("b=2&a=%C4%91%C6%A1n+th%C6%B0&b=3&r.10.x=1&r.2.x=&r.2.y=z&rx.1.y=0");
    assert_eq!(fields.get("a"), "đơn thư");
    assert_eq!(fields.all("b").collect::<Vec<_>>(), ["2", "3"]);
    assert_eq!(fields.repeated(&[]), ["b"]);
    assert!(fields.repeated(&["b"]).is_empty());
    assert_eq!(fields.strangers(|name| name == "b" || name.starts_with("r.")), ["a", "rx.1.y"]);
    assert_eq!(fields.rows("r"), [2, 10]);
    assert_eq!(fields.maybe("r.2.x"), None);
    assert_eq!(fields.without_value("b", "2").get("b"), "3");
    let sorted = Fields::parse("sort=due&q=bờ kè").with("sort", "-due").without("x");
    assert_eq!(sorted.href("/list"), "/list?sort=-due&q=b%E1%BB%9D+k%C3%A8");
}

#[test]
fn tokens_never_repeat_and_belong_to_one_session() {
    let (mine, other) = (Root::of("mine"), Root::of("other"));
    let (first, second) = (mine.token(), mine.token());
    assert_ne!(first, second);
    assert!(mine.knows(&first) && mine.knows(&second));
    assert!(!other.knows(&first));
    let mut changed = first.into_bytes();
    changed[7] = if changed[7] == b'A' { b'B' } else { b'A' };
    assert!(!mine.knows(std::str::from_utf8(&changed).unwrap()));
    assert!(!mine.knows("") && !mine.knows("%%"));
}
