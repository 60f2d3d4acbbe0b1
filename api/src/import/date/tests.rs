use chrono::SecondsFormat;
use chrono_tz::{America::New_York, Asia::Shanghai, Pacific::Apia, UTC};
use proptest::prelude::*;

use super::*;

fn at(text: &str, zone: Tz) -> String {
    parse(text, zone).unwrap().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[test]
fn a_wall_clock_is_one_in_the_sites_zone() {
    for text in ["2022-05-20 01:23:45", "2022/5/20 1:23:45", "2022-05-20T01:23:45", "  2022.05.20  01:23:45 "] {
        assert_eq!(at(text, Shanghai), "2022-05-19T17:23:45Z", "{text}");
    }
    assert_eq!(at("2022-05-20 01:23", Shanghai), "2022-05-19T17:23:00Z");
    assert_eq!(at("2022-05-20", Shanghai), "2022-05-19T16:00:00Z");
    assert_eq!(at("2022/5/2", UTC), "2022-05-02T00:00:00Z");
}

#[test]
fn a_written_offset_wins_over_the_sites_zone() {
    for text in [
        "2022-05-20T01:23:45+08:00",
        "2022-05-20 01:23:45 +0800",
        "2022-05-20 01:23:45+08",
        "2022-05-19T17:23:45Z",
        "2022-05-19 17:23:45 UTC",
        "Fri, 20 May 2022 01:23:45 +0800",
    ] {
        assert_eq!(at(text, New_York), "2022-05-19T17:23:45Z", "{text}");
    }
}

#[test]
fn gmt_ut_utc_and_z_are_absolute() {
    for zone in ["GMT", "UT", "UTC", "Z", "gmt"] {
        assert_eq!(at(&format!("Fri, 20 May 2022 01:23:45 {zone}"), Shanghai), "2022-05-20T01:23:45Z");
    }
    assert_eq!(at("20 May 2022 01:23:45 GMT", Shanghai), "2022-05-20T01:23:45Z");
}

#[test]
fn the_names_of_rfc_822_are_known_and_no_others() {
    assert_eq!(at("Fri, 20 May 22 01:23 EST", UTC), "2022-05-20T06:23:00Z");
    assert_eq!(at("20 May 1999 01:23:45 PDT", UTC), "1999-05-20T08:23:45Z");
    assert_eq!(parse("20 May 2022 01:23:45 CET", UTC), Err(DateError::UnknownZone("CET".into())));
    assert_eq!(parse("20 May 2022 01:23:45 A", UTC), Err(DateError::UnknownZone("A".into())));
    assert!(caution("20 May 2022 01:23:45 CST").unwrap().contains("+0800"));
}

#[test]
fn a_chinese_date_is_read_with_a_caution() {
    for text in ["2022年5月20日", "2022 年 5 月 20 日"] {
        assert_eq!(at(text, Shanghai), "2022-05-19T16:00:00Z", "{text}");
        assert!(caution(text).is_some());
    }
    assert_eq!(at("2022年05月20日 01:23:45", Shanghai), "2022-05-19T17:23:45Z");
    assert_eq!(at("2022年5月20日1时23分", Shanghai), "2022-05-19T17:23:00Z");
    assert_eq!(caution("2022-05-20"), None);
}

#[test]
fn a_skipped_wall_clock_moves_forward_and_a_double_one_is_the_earlier() {
    assert_eq!(at("2022-03-13 02:30:00", New_York), "2022-03-13T07:30:00Z");
    assert_eq!(at("2022-11-06 01:30:00", New_York), "2022-11-06T05:30:00Z");
    assert_eq!(at("2011-12-30 12:00:00", Apia), "2011-12-30T22:00:00Z");
}

#[test]
fn microseconds_are_kept_and_leap_seconds_carried() {
    assert_eq!(at("2022-05-20T01:23:45.1234567Z", UTC), "2022-05-20T01:23:45.123456Z");
    assert_eq!(at("2022-05-20T01:23:45,5Z", UTC), "2022-05-20T01:23:45.500Z");
    assert_eq!(at("2016-12-31T23:59:60Z", UTC), "2017-01-01T00:00:00Z");
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "soon",
        "2022",
        "2022-13-01",
        "2022-02-30",
        "2022-05-20 25:00:00",
        "2022-05-20 24:00",
        "20220520",
        "2022-05/20",
        "20 Foo 2022",
        "2022-05-20 01:23:45 in the morning",
        "2022-05-20 01",
        "1652981025",
    ] {
        assert!(matches!(parse(text, UTC), Err(DateError::Unreadable(_))), "{text}");
    }
    assert!(matches!(parse("2022-05-20 01:23 +25:00", UTC), Err(DateError::UnknownZone(_))));
}

#[test]
fn only_the_years_1_to_9999_are_dates() {
    assert_eq!(at("0001-01-01", UTC), "0001-01-01T00:00:00Z");
    assert!(matches!(parse("0000-12-31", UTC), Err(DateError::OutOfRange(_))));
    assert!(matches!(parse("0001-01-01T00:00:00+08:00", UTC), Err(DateError::OutOfRange(_))));
    assert!(matches!(parse("9999-12-31T23:00:00-08:00", UTC), Err(DateError::OutOfRange(_))));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text, New_York);
    }

    #[test]
    fn nothing_that_looks_like_a_date_makes_it_panic(text in "[0-9]{0,5}[-/年. ]?[0-9]{0,3}[-/月 a-z]{0,4}[0-9]{0,3}[日T ]?[0-9:.,]{0,12} ?[-+A-Z0-9:]{0,6}") {
        let _ = parse(&text, Apia);
    }
}
