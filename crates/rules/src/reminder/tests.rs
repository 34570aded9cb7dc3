use super::*;

#[test]
fn the_default_is_a_day_and_two_hours() {
    assert_eq!(minutes_before("1440,120"), Some(vec![120, 1440]));
}

#[test]
fn blanks_around_numbers_do_not_matter_and_none_counts_twice() {
    assert_eq!(minutes_before(" 120 , 60,120 "), Some(vec![60, 120]));
}

#[test]
fn nothing_means_no_reminder() {
    assert_eq!(minutes_before(""), Some(vec![]));
    assert_eq!(minutes_before("  "), Some(vec![]));
}

#[test]
fn a_reminder_comes_at_least_a_minute_and_at_most_thirty_days_before() {
    assert_eq!(minutes_before("1"), Some(vec![1]));
    assert_eq!(minutes_before("0"), None);
    assert_eq!(minutes_before("-5"), None);
    assert_eq!(minutes_before("43200"), Some(vec![43_200]));
    assert_eq!(minutes_before("43201"), None);
}

#[test]
fn what_is_no_list_of_numbers_cannot_be_read() {
    for nonsense in ["a day", "120,", ",", "1.5", "120;60", "99999999999", "120 60"] {
        assert_eq!(minutes_before(nonsense), None, "{nonsense:?}");
    }
}

#[test]
fn ten_reminders_are_the_most() {
    let list = |count: i32| {
        (1..=count)
            .map(|minutes| minutes.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    assert_eq!(minutes_before(&list(10)).map(|moments| moments.len()), Some(10));
    assert_eq!(minutes_before(&list(11)), None);
}
