use super::*;

const ANN: &str = "a0000000-0000-4000-8000-000000000001";
const BEN: &str = "b0000000-0000-4000-8000-000000000002";
const ONE: &str = "01a20465-44d2-7664-94ca-168c2ab17086";
const OTHER: &str = "01a20513-3e82-758d-8f4e-836081aa6034";

fn same(shown: &str, printed: &str) -> bool {
    Known::default().same(shown, printed)
}

#[test]
fn what_is_alike_is_the_same_and_what_is_not_is_not() {
    assert!(same("cost\n  60\n", "cost\n  60  \n\n"));
    assert!(!same("cost\n  60\n", "cost\n 60\n"));
    assert!(!same("60", "61"));
}

#[test]
fn an_id_of_the_page_is_one_id_of_the_run() {
    let mut known = Known::default();
    assert!(known.same(&format!("{ONE} {ONE}"), &format!("{OTHER} {OTHER}")));
    assert_eq!(
        known.as_run(&format!("refund('{ONE}')")),
        format!("refund('{OTHER}')")
    );
    assert_eq!(known.as_shown(OTHER), ONE);
    assert!(!known.same(ONE, "01a20513-3e82-758d-8f4e-836081aa6035"));
    assert!(!same(&format!("{ONE} {ONE}"), &format!("{OTHER} {ONE}")));
}

#[test]
fn an_id_that_was_written_by_hand_is_itself() {
    assert!(!same(&format!("{ONE} {ANN}"), &format!("{OTHER} {BEN}")));
    assert!(!same(ANN, ONE));
}

#[test]
fn days_are_all_as_much_later() {
    assert!(same("2026-12-31, 1 January 2027", "2027-02-27, 28 February 2027"));
    assert!(!same("2026-12-31, 1 January 2027", "2027-02-27, 1 March 2027"));
    assert!(same("2031-03-03, 2026-12-31", "2031-03-03, 2027-01-01"));
    assert!(!same("2026-12-31 10:00", "2027-01-01 11:00"));
}

#[test]
fn days_are_shown_as_the_page_counts_them() {
    let mut known = Known::default();
    assert!(known.same("2026-11-29", "2028-03-01"));
    assert_eq!(
        known.as_shown("2028-02-29, 31 December 2028"),
        "2026-11-28, 30 September 2027"
    );
}

#[test]
fn instants_within_a_second_differ_and_the_hours_of_a_day_do_not() {
    assert!(same(
        "at 2026-11-22T21:04:36.996390+00:00",
        "at 2027-01-01T08:11:12.5+00:00"
    ));
    assert!(!same(
        "at 2026-11-22T21:04:36+00:00",
        "at 2026-11-22T21:04:37+00:00"
    ));
}

#[test]
fn three_dots_are_a_part_of_a_line() {
    assert!(same(
        "drop cascades to … objects",
        "drop cascades to 14 other objects"
    ));
    assert!(!same(
        "drop cascades to … objects",
        "drop cascades to 14 other\nobjects"
    ));
}

#[test]
fn a_line_of_three_dots_is_any_number_of_lines() {
    assert!(same("one\n…\nfour", "one\ntwo\nthree\nfour"));
    assert!(same("one\n…\nfour", "one\nfour"));
    assert!(!same("one\n…\nfour", "one\ntwo"));
    assert!(!same("one\n…\nfour", "one\nthirty-four"));
}

#[test]
fn columns_are_as_wide_as_what_stands_in_them() {
    assert!(same(
        "a   | b\n----+---\n x  | …",
        "a | b\n--+-\n x| y".replace("x|", "x |").as_str()
    ));
}
