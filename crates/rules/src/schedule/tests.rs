//! Slots are written as instants with the offset that holds there, as Postgres would hand them over:
//! both the instant and the wall clock follow from one string.

use super::working_hours::WEEKDAYS;
use super::*;
use chrono::{FixedOffset, NaiveDate};
use serde_json::{Map, Value, json};

fn zoned(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn slot(start: &str, end: &str) -> Slot {
    let (start, end) = (zoned(start), zoned(end));
    Slot {
        period: Period {
            starts_at: start.to_utc(),
            ends_at: end.to_utc(),
        },
        local_start: start.naive_local(),
        local_end: end.naive_local(),
    }
}

fn period(start: &str, end: &str) -> Period {
    slot(start, end).period
}

fn read(hours: &Value) -> WorkingHours {
    WorkingHours::read(Some(&hours.to_string()))
}

fn is_open(hours: Value, start: &str, end: &str) -> bool {
    read(&hours).cover(&slot(start, end)).unwrap()
}

/// A slot on Monday, 2 March 2026, in a zone without any change of the clock.
fn is_open_on_monday(hours: Value, start: &str, end: &str) -> bool {
    is_open(
        hours,
        &format!("2026-03-02T{start}:00Z"),
        &format!("2026-03-02T{end}:00Z"),
    )
}

#[test]
fn one_range_a_day_is_open_from_its_start_to_its_end() {
    let hours = json!({"monday": {"enabled": true, "start": "09:00", "end": "17:00"}});
    assert!(is_open_on_monday(hours.clone(), "09:00", "10:00"));
    assert!(is_open_on_monday(hours.clone(), "16:00", "17:00"));
    assert!(!is_open_on_monday(hours.clone(), "08:59", "09:59"));
    assert!(!is_open_on_monday(hours, "16:01", "17:01"));
}

#[test]
fn several_ranges_a_day_are_open_each_and_closed_between() {
    let hours = json!({"monday": {"enabled": true, "hours": [
        {"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]}});
    assert!(is_open_on_monday(hours.clone(), "11:00", "12:00"));
    assert!(is_open_on_monday(hours.clone(), "13:00", "14:00"));
    assert!(!is_open_on_monday(hours.clone(), "11:30", "12:30"));
    assert!(!is_open_on_monday(hours, "11:30", "13:30"));
}

#[test]
fn ranges_that_touch_are_one_stretch_in_any_order() {
    let hours = json!({"monday": {"hours": [
        {"start": "12:00", "end": "17:00"}, {"start": "09:00", "end": "12:00"}]}});
    assert!(is_open_on_monday(hours, "11:30", "12:30"));
}

#[test]
fn a_day_that_is_disabled_or_missing_is_closed() {
    let disabled = json!({"monday": {"enabled": false, "start": "09:00", "end": "17:00"}});
    assert!(!is_open_on_monday(disabled, "10:00", "11:00"));
    let without_hours = json!({"monday": {"enabled": false}});
    assert!(!is_open_on_monday(without_hours, "10:00", "11:00"));
    let missing = json!({"tuesday": {"enabled": true, "start": "09:00", "end": "17:00"}});
    assert!(!is_open_on_monday(missing, "10:00", "11:00"));
    let empty = json!({"monday": {"enabled": true, "hours": []}});
    assert!(!is_open_on_monday(empty, "10:00", "11:00"));
}

#[test]
fn days_that_say_the_same_are_open_alike_and_the_others_as_they_say() {
    let long = json!({"enabled": true, "start": "09:00", "end": "17:00"});
    let short = json!({"enabled": true, "start": "09:00", "end": "12:00"});
    let bad = json!({"enabled": true, "start": "late"});
    let hours = read(
        &json!({"monday": long, "tuesday": long, "wednesday": short, "thursday": bad,
        "friday": bad, "sunday": long}),
    );
    let open_at_three = |day: u32| {
        let (start, end) = (
            format!("2026-03-{day:02}T15:00:00Z"),
            format!("2026-03-{day:02}T16:00:00Z"),
        );
        hours
            .cover(&slot(&start, &end))
            .map_err(|unreadable| unreadable.day)
    };
    let answers: Vec<_> = (2..=8).map(open_at_three).collect();
    let thursday = || Err("thursday".to_owned());
    assert_eq!(
        answers,
        // Saturday is not published, and what runs into it would be Friday's.
        [
            Ok(true),
            Ok(true),
            Ok(false),
            thursday(),
            thursday(),
            Err("friday".into()),
            Ok(true)
        ]
    );
}

#[test]
fn nothing_published_limits_nothing() {
    assert!(is_open_on_monday(json!({}), "03:00", "04:00"));
    assert!(is_open_on_monday(Value::Null, "03:00", "04:00"));
    assert!(is_open_on_monday(
        json!({"note": "by appointment"}),
        "03:00",
        "04:00"
    ));
}

#[test]
fn hours_to_midnight_join_those_from_midnight() {
    let hours = json!({
        "monday": {"start": "20:00", "end": "24:00"},
        "tuesday": {"start": "00:00", "end": "02:00"}});
    assert!(is_open(
        hours.clone(),
        "2026-03-02T23:00:00Z",
        "2026-03-03T00:00:00Z"
    ));
    assert!(is_open(
        hours.clone(),
        "2026-03-02T23:30:00Z",
        "2026-03-03T00:30:00Z"
    ));
    assert!(is_open(
        hours.clone(),
        "2026-03-03T01:00:00Z",
        "2026-03-03T02:00:00Z"
    ));
    assert!(!is_open(hours, "2026-03-03T01:30:00Z", "2026-03-03T02:30:00Z"));
}

#[test]
fn hours_whose_end_is_before_their_start_run_into_the_next_day() {
    let hours = json!({"monday": {"start": "22:00", "end": "06:00"}});
    assert!(is_open(
        hours.clone(),
        "2026-03-02T23:30:00Z",
        "2026-03-03T00:30:00Z"
    ));
    assert!(is_open(
        hours.clone(),
        "2026-03-03T05:00:00Z",
        "2026-03-03T06:00:00Z"
    ));
    assert!(
        !is_open(hours.clone(), "2026-03-02T05:00:00Z", "2026-03-02T06:00:00Z"),
        "that is Sunday night"
    );
    assert!(!is_open(hours, "2026-03-03T05:30:00Z", "2026-03-03T06:30:00Z"));
}

#[test]
fn hours_that_cannot_be_read_are_named() {
    let hours = json!({"monday": {"enabled": true, "start": "nine", "end": "17:00"}});
    let slot = slot("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
    let unreadable = read(&hours).cover(&slot).unwrap_err();
    assert_eq!(unreadable.day, "monday");
    assert_eq!(read(&hours).unreadable(), Some(&unreadable));
}

#[test]
fn json_that_cannot_be_read_matters_on_its_own_weekday_alone() {
    let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let digits = "1".repeat(400);
    for unreadable in ["1e400", &digits, &nested, r#""\ud800""#] {
        let hours = WorkingHours::read(Some(&format!(
            r#"{{"monday": {{"start": "09:00", "end": "17:00", "x": {unreadable}}},
                 "wednesday": {{"start": "09:00", "end": "17:00"}}, "note": {unreadable}}}"#
        )));
        let on_monday = slot("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
        assert_eq!(hours.cover(&on_monday).unwrap_err().day, "monday");
        let on_wednesday = slot("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z");
        assert_eq!(hours.cover(&on_wednesday), Ok(true));
    }
}

#[test]
fn where_no_weekday_can_be_made_out_none_can_be_read() {
    let hours = WorkingHours::read(Some(
        r#"{"\ud800": 1, "monday": {"start": "09:00", "end": "17:00"}}"#,
    ));
    let on_monday = slot("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
    assert!(hours.cover(&on_monday).is_err());
}

#[test]
fn json_that_is_no_object_publishes_nothing() {
    for json in ["1e400", "null", "[]", r#""\ud800""#, r#"{"note": 1e400}"#] {
        assert_eq!(WorkingHours::read(Some(json)), WorkingHours::UNLIMITED, "{json}");
    }
    assert_eq!(WorkingHours::read(None), WorkingHours::UNLIMITED);
}

#[test]
fn hours_that_cannot_be_read_matter_on_their_own_weekday_alone() {
    let hours = json!({
        "monday": {"start": "nine", "end": "17:00"},
        "wednesday": {"start": "09:00", "end": "17:00"}});
    assert!(is_open(hours, "2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z"));
}

#[test]
fn hours_around_the_clock_cover_a_session_of_any_length() {
    let open = json!({"start": "00:00", "end": "24:00"});
    let mut hours: Map<String, Value> = WEEKDAYS
        .map(|day| (day.to_owned(), open.clone()))
        .into_iter()
        .collect();
    let century = ("2026-03-02T10:00:00Z", "2126-03-02T10:00:00Z");
    assert!(is_open(Value::Object(hours.clone()), century.0, century.1));
    hours["sunday"] = json!({"start": "00:00", "end": "23:59"});
    assert!(!is_open(Value::Object(hours.clone()), century.0, century.1));
    let until_sunday_night = ("2026-03-02T10:00:00Z", "2026-03-08T23:59:00Z");
    assert!(is_open(
        Value::Object(hours),
        until_sunday_night.0,
        until_sunday_night.1
    ));
}

#[test]
fn a_date_has_hours_of_its_own_instead_of_those_of_its_weekday() {
    let hours = json!({
        "monday": {"start": "09:00", "end": "17:00"},
        "exceptions": {"2026-03-02": [{"start": "18:00", "end": "20:00"}], "2026-03-03": [{"start": "10:00", "end": "12:00"}],
                       "2026-03-09": []}});
    assert!(is_open_on_monday(hours.clone(), "18:00", "19:00"));
    assert!(!is_open_on_monday(hours.clone(), "10:00", "11:00"));
    assert!(
        is_open(hours.clone(), "2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"),
        "a Tuesday"
    );
    assert!(!is_open(
        hours.clone(),
        "2026-03-09T10:00:00Z",
        "2026-03-09T11:00:00Z"
    ));
    assert!(is_open(hours, "2026-03-16T10:00:00Z", "2026-03-16T11:00:00Z"));
}

#[test]
fn hours_of_an_exception_run_into_the_next_day_as_any_do() {
    let hours = json!({"monday": {"start": "00:00", "end": "02:00"}, "sunday": {"start": "09:00", "end": "17:00"},
                       "exceptions": {"2026-03-01": [{"start": "22:00", "end": "24:00"}]}});
    assert!(is_open(
        hours.clone(),
        "2026-03-01T23:30:00Z",
        "2026-03-02T01:00:00Z"
    ));
    let overnight = json!({"monday": {"enabled": false}, "exceptions": {"2026-03-01": [{"start": "22:00", "end": "03:00"}]}});
    assert!(is_open_on_monday(overnight, "02:00", "03:00"));
    let closed_after_a_night =
        json!({"sunday": {"start": "22:00", "end": "03:00"}, "exceptions": {"2026-03-02": []}});
    assert!(
        is_open_on_monday(closed_after_a_night, "02:00", "03:00"),
        "that is Sunday's night"
    );
}

#[test]
fn exceptions_alone_limit_their_own_dates() {
    let hours = json!({"exceptions": {"2026-03-02": [{"start": "10:00", "end": "12:00"}]}});
    assert!(is_open_on_monday(hours.clone(), "10:00", "12:00"));
    assert!(!is_open_on_monday(hours.clone(), "09:00", "10:00"));
    assert!(is_open(
        hours.clone(),
        "2026-03-03T03:00:00Z",
        "2026-03-03T04:00:00Z"
    ));
    assert!(
        is_open(hours, "2026-03-03T23:00:00Z", "2026-03-04T01:00:00Z"),
        "across midnight"
    );
}

#[test]
fn an_exception_that_cannot_be_read_matters_on_its_own_date_alone() {
    for unreadable in [
        r#""closed""#,
        r#"[{"start": "ten"}]"#,
        "[1e400]",
        r#"{"start": "09:00", "end": "17:00"}"#,
        "null",
    ] {
        let hours = WorkingHours::read(Some(&format!(
            r#"{{"monday": {{"start": "09:00", "end": "17:00"}}, "exceptions": {{"2026-03-02": {unreadable}, "2026-03-09": []}}}}"#
        )));
        assert_eq!(hours.unreadable().unwrap().day, "2026-03-02", "{unreadable}");
        let on_monday = slot("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
        assert_eq!(hours.cover(&on_monday).unwrap_err().day, "2026-03-02");
        let a_week_later = slot("2026-03-09T10:00:00Z", "2026-03-09T11:00:00Z");
        assert_eq!(hours.cover(&a_week_later), Ok(false));
        let in_two_weeks = slot("2026-03-16T10:00:00Z", "2026-03-16T11:00:00Z");
        assert_eq!(hours.cover(&in_two_weeks), Ok(true));
    }
}

#[test]
fn exceptions_without_a_date_are_named_and_passed_over() {
    for exceptions in [
        r#"{"Christmas": []}"#,
        r#"{"2026-3-2": []}"#,
        r#"{"2026-02-30": []}"#,
        "[]",
        "1e400",
        r#"{"\ud800": []}"#,
    ] {
        let hours = WorkingHours::read(Some(&format!(
            r#"{{"monday": {{"start": "09:00", "end": "17:00"}}, "exceptions": {exceptions}}}"#
        )));
        assert_eq!(hours.unreadable().unwrap().day, "exceptions", "{exceptions}");
        let on_monday = slot("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
        assert_eq!(hours.cover(&on_monday), Ok(true));
    }
    let none = json!({"monday": {"start": "09:00", "end": "17:00"}, "exceptions": null});
    assert_eq!(read(&none).unreadable(), None);
}

#[test]
fn who_has_published_nothing_is_offered_when_the_setting_says() {
    let offered = |hours: Value, unpublished: &str, start: &str, end: &str| {
        let hours = read(&hours).to_offer(&HoursToOffer::read(unpublished).unwrap());
        hours.cover(&slot(
            &format!("2026-03-02T{start}:00Z"),
            &format!("2026-03-02T{end}:00Z"),
        ))
    };
    for nothing in [json!({}), json!({"note": "by appointment"})] {
        assert_eq!(offered(nothing.clone(), "any", "03:00", "04:00"), Ok(true));
        assert_eq!(offered(nothing.clone(), "none", "10:00", "11:00"), Ok(false));
        assert_eq!(
            offered(nothing.clone(), " 08:00 - 20:00", "08:00", "09:00"),
            Ok(true)
        );
        assert_eq!(
            offered(nothing.clone(), "08:00-20:00", "19:30", "20:30"),
            Ok(false)
        );
        assert_eq!(offered(nothing, "22:00-06:00", "23:00", "23:59"), Ok(true));
    }
    let published = json!({"monday": {"start": "03:00", "end": "04:00"}});
    assert_eq!(offered(published, "none", "03:00", "04:00"), Ok(true));
    let exceptions = json!({"exceptions": {"2026-03-02": [{"start": "06:00", "end": "07:00"}]}});
    assert_eq!(offered(exceptions, "none", "06:00", "07:00"), Ok(true));
    for nonsense in ["", "always", "8-20", "08:00", "08:00-25:00", "08:00-20:00-22:00"] {
        assert_eq!(HoursToOffer::read(nonsense), None, "{nonsense}");
    }
    for text in [
        "any",
        "none",
        "08:00-20:00",
        "22:00-06:00",
        "00:00-24:00",
        "09:00-09:00",
    ] {
        assert_eq!(HoursToOffer::read(text).unwrap().told(), text);
    }
}

#[test]
fn what_is_published_is_told_as_it_can_be_published_again() {
    let hours = read(&json!({
        "note": "by appointment", "tuesday": {"start": "22:00", "end": "6:00"}, "friday": "closed",
        "monday": {"enabled": true, "hours": [{"start": "09:00:30", "end": "24:00"}, {"start": "24:00", "end": "24:00"}]},
        "exceptions": {"2026-12-24": [], "2027-01-09": [{"start": "10:00", "end": "14:00"}], "Easter": []}}));
    let closed = json!({"enabled": false, "hours": []});
    let told = serde_json::to_value(&hours).unwrap();
    assert_eq!(
        told,
        json!({
        "monday": {"enabled": true, "hours": [{"start": "09:00:30", "end": "24:00"}, {"start": "24:00", "end": "24:00"}]},
        "tuesday": {"enabled": true, "hours": [{"start": "22:00", "end": "06:00"}]},
        "wednesday": closed, "thursday": closed, "saturday": closed, "sunday": closed,
        "exceptions": {"2026-12-24": [], "2027-01-09": [{"start": "10:00", "end": "14:00"}]}})
    );
    let again = publishable(&told.to_string()).unwrap();
    let told_again = serde_json::to_value(&again).unwrap();
    assert_eq!(told_again["friday"], closed, "what could not be read is gone");
    assert_eq!(publishable(&told_again.to_string()), Ok(again));
    assert_eq!(serde_json::to_value(WorkingHours::UNLIMITED).unwrap(), json!({}));
}

#[test]
fn only_what_means_something_is_published() {
    let why = |hours: &str| publishable(hours).unwrap_err().sentence();
    assert_eq!(
        why("[]"),
        "working hours must be an object with an entry for each weekday"
    );
    assert_eq!(
        why(r#"{"Monday": {}}"#),
        r#""Monday" is no weekday: write monday to sunday, or exceptions"#
    );
    assert_eq!(
        why(r#"{"monday": {"start": "9am", "end": "17:00"}}"#),
        r#"the hours for monday can't be read: {"start":"9am","end":"17:00"}"#
    );
    assert_eq!(
        why(r#"{"exceptions": {"Easter": []}}"#),
        "the hours for exceptions can't be read: Easter"
    );
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let many: Map<String, Value> = (first.iter_days().take(401))
        .map(|day| (day.to_string(), json!([])))
        .collect();
    assert_eq!(
        why(&json!({"exceptions": many}).to_string()),
        "working hours must have at most 400 exceptions"
    );
    assert!(publishable("{}").is_ok());
}

#[test]
fn periods_that_touch_do_not_overlap() {
    let first = period("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z");
    let next = period("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z");
    let within = period("2026-03-02T09:59:00Z", "2026-03-02T10:59:00Z");
    assert!(!first.overlaps(&next, TimeDelta::zero()));
    assert!(!next.overlaps(&first, TimeDelta::zero()));
    assert!(first.overlaps(&within, TimeDelta::zero()));
    assert!(within.overlaps(&first, TimeDelta::zero()));
    assert!(first.overlaps(&first, TimeDelta::zero()));
}

#[test]
fn a_buffer_must_lie_between_two_periods() {
    let first = period("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z");
    let buffer = TimeDelta::minutes(15);
    assert!(first.overlaps(&period("2026-03-02T10:14:00Z", "2026-03-02T11:00:00Z"), buffer));
    assert!(!first.overlaps(&period("2026-03-02T10:15:00Z", "2026-03-02T11:00:00Z"), buffer));
    assert!(first.overlaps(&period("2026-03-02T08:00:00Z", "2026-03-02T08:46:00Z"), buffer));
    assert!(!first.overlaps(&period("2026-03-02T08:00:00Z", "2026-03-02T08:45:00Z"), buffer));
}

/// On 29 March 2026 London's clocks go from 01:00 to 02:00: an hour from 00:30 ends at 02:30.
#[test]
fn in_london_a_session_across_the_spring_change_ends_an_hour_later_on_the_clock() {
    let across = ("2026-03-29T00:30:00+00:00", "2026-03-29T02:30:00+01:00");
    let until_two = json!({"sunday": {"start": "00:00", "end": "02:00"}});
    let until_half_past_two = json!({"sunday": {"start": "00:00", "end": "02:30"}});
    assert!(!is_open(until_two, across.0, across.1));
    assert!(is_open(until_half_past_two, across.0, across.1));
    let after = period("2026-03-29T02:30:00+01:00", "2026-03-29T03:30:00+01:00");
    assert!(!period(across.0, across.1).overlaps(&after, TimeDelta::zero()));
}

/// On 25 October 2026 London's clocks go from 02:00 back to 01:00: two hours from 00:30 end at 01:30.
#[test]
fn in_london_a_session_across_the_autumn_change_ends_an_hour_earlier_on_the_clock() {
    let across = ("2026-10-25T00:30:00+01:00", "2026-10-25T01:30:00+00:00");
    let until_half_past_one = json!({"sunday": {"start": "00:00", "end": "01:30"}});
    assert!(is_open(until_half_past_one, across.0, across.1));
    let first_half_past_one = period("2026-10-25T01:30:00+01:00", "2026-10-25T01:45:00+01:00");
    let second_half_past_one = period("2026-10-25T01:30:00+00:00", "2026-10-25T01:45:00+00:00");
    assert!(period(across.0, across.1).overlaps(&first_half_past_one, TimeDelta::zero()));
    assert!(!period(across.0, across.1).overlaps(&second_half_past_one, TimeDelta::zero()));
}

/// On 8 March 2026 New York's clocks go from 02:00 to 03:00.
#[test]
fn in_new_york_a_session_across_the_spring_change_ends_an_hour_later_on_the_clock() {
    let across = ("2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00");
    assert!(!is_open(
        json!({"sunday": {"start": "01:00", "end": "03:00"}}),
        across.0,
        across.1
    ));
    assert!(is_open(
        json!({"sunday": {"start": "01:00", "end": "03:30"}}),
        across.0,
        across.1
    ));
    assert_eq!(
        period(across.0, across.1).ends_at - period(across.0, across.1).starts_at,
        TimeDelta::hours(1)
    );
}

/// On 1 November 2026 New York's clocks go from 02:00 back to 01:00.
#[test]
fn in_new_york_a_session_across_the_autumn_change_ends_an_hour_earlier_on_the_clock() {
    let across = ("2026-11-01T00:30:00-04:00", "2026-11-01T01:30:00-05:00");
    assert!(is_open(
        json!({"sunday": {"start": "00:00", "end": "01:30"}}),
        across.0,
        across.1
    ));
    assert!(!is_open(
        json!({"sunday": {"start": "00:00", "end": "01:29"}}),
        across.0,
        across.1
    ));
    assert_eq!(
        period(across.0, across.1).ends_at - period(across.0, across.1).starts_at,
        TimeDelta::hours(2)
    );
}

#[test]
fn where_the_clock_never_changes_the_wall_clock_and_the_instants_agree() {
    let hours = json!({"sunday": {"start": "00:00", "end": "03:00"}});
    assert!(is_open(
        hours.clone(),
        "2026-03-29T00:30:00+05:30",
        "2026-03-29T02:30:00+05:30"
    ));
    assert!(is_open(
        hours.clone(),
        "2026-10-25T01:00:00+05:30",
        "2026-10-25T03:00:00+05:30"
    ));
    assert!(!is_open(
        hours,
        "2026-10-25T01:01:00+05:30",
        "2026-10-25T03:01:00+05:30"
    ));
}
