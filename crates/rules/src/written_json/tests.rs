use super::*;
use serde_json::json;

#[test]
fn a_member_that_cannot_be_read_hides_no_other() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let digits = "9".repeat(400);
    for unreadable in [
        "1e400",
        &digits,
        &deep,
        r#""\ud800""#,
        r#"{"a": ["\u0000"]}"#,
        r#"{"\u0000": 1}"#,
    ] {
        let row = format!(r#"{{"odd": {unreadable}, "plain": [1, "ä", "\ud83d\ude00"]}}"#);
        let members = members(&row).unwrap();
        assert_eq!(value(members["odd"].get()), None);
        assert_eq!(value(members["plain"].get()), Some(json!([1, "ä", "😀"])));
    }
}

#[test]
fn what_is_no_object_has_no_members() {
    for json in ["null", "[]", "1e400", r#""{}""#, r#"{"\ud800": 1}"#] {
        assert!(members(json).is_none(), "{json}");
    }
}

#[test]
fn a_long_text_is_cut_between_characters() {
    assert_eq!(beginning("short"), "short");
    assert_eq!(beginning(&"ä".repeat(101)), format!("{}…", "ä".repeat(100)));
}

#[test]
fn of_an_object_the_members_that_can_be_read_are_kept() {
    assert_eq!(
        readable_members(r#"{"a": "\ud800", "b": [1]}"#),
        Some(json!({ "b": [1] }))
    );
    assert_eq!(readable_members(r#"["\ud800"]"#), None);
}
