//! Where a session takes place, as somebody has written it.

use crate::person::Person;
use crate::written_json;
use serde_json::Value;
use std::borrow::Cow;

const MAX_ADDRESS_CHARACTERS: usize = 300;
const MAX_LINK_CHARACTERS: usize = 2_000;
const ONLINE: &str = "online";

/// An address, or a meeting over the net.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Address(String),
    Online {
        link: Option<String>,
        /// What is said besides.
        text: Option<String>,
    },
}

impl Place {
    /// Where a session is, by what its own row says and where its practitioner gives sessions.
    pub fn of_session(written: Option<Place>, practitioner: Option<&Person>) -> Option<Place> {
        written.or_else(|| practitioner?.place.clone())
    }

    /// The first of these texts that says where. The link to a meeting that is only said to be online may be in a later one.
    pub fn first_of(written: impl IntoIterator<Item = String>) -> Option<Place> {
        let mut places = written.into_iter().filter_map(|text| Place::read(&text));
        match places.next()? {
            Place::Online { link: None, text } => Some(Place::Online {
                link: places.find_map(|place| place.link().map(str::to_owned)),
                text,
            }),
            place => Some(place),
        }
    }

    /// What one text says; `None` where it is blank, or written for machines.
    pub fn read(written: &str) -> Option<Place> {
        let line = one_line(&unquoted(written)?);
        let first_word = line.split(|letter: char| !letter.is_alphanumeric()).next()?;
        if line.is_empty() || line.starts_with(['{', '[']) {
            None
        } else if is_link(&line) {
            online_at(&line)
        } else if first_word.eq_ignore_ascii_case(ONLINE) {
            let text = (!line.eq_ignore_ascii_case(ONLINE)).then(|| cut(&line));
            Some(Place::Online { link: None, text })
        } else {
            Some(Place::Address(cut(&line)))
        }
    }

    pub fn is_online(&self) -> bool {
        matches!(self, Place::Online { .. })
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Place::Address(address) => Some(address),
            Place::Online { text, .. } => text.as_deref(),
        }
    }

    pub fn link(&self) -> Option<&str> {
        match self {
            Place::Address(_) => None,
            Place::Online { link, .. } => link.as_deref(),
        }
    }

    /// All of it, for whoever has one line to say it in.
    pub fn in_one_line(&self) -> String {
        match self {
            Place::Address(address) => address.clone(),
            Place::Online { link, text } => match (text, link) {
                (Some(text), Some(link)) => format!("{text}: {link}"),
                (Some(one), None) | (None, Some(one)) => one.clone(),
                (None, None) => ONLINE.to_owned(),
            },
        }
    }

    /// The same behind "takes place".
    pub fn in_words(&self) -> String {
        match self {
            Place::Address(address) => format!("at {address}"),
            Place::Online {
                link: None,
                text: None,
            } => ONLINE.to_owned(),
            Place::Online { .. } => format!("online: {}", self.in_one_line()),
        }
    }
}

/// A column of JSON may hold a text, or nothing.
fn unquoted(written: &str) -> Option<Cow<'_, str>> {
    match written_json::value(written) {
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.into()),
        _ => Some(written.into()),
    }
}

/// Lines of an address one behind the other, with nothing in them that can't be seen.
fn one_line(text: &str) -> String {
    let words = |line: &str| {
        let is_between = |letter: char| letter.is_whitespace() || letter.is_control();
        let words: Vec<&str> = line.split(is_between).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let lines: Vec<String> = text
        .lines()
        .map(|line| words(line).trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(", ")
}

fn is_link(line: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        line.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// A link, and what is said behind it; `None` where it is too long to be one.
fn online_at(line: &str) -> Option<Place> {
    let (link, said) = line.split_once(' ').unwrap_or((line, ""));
    let link = link.trim_end_matches(',');
    (link.len() <= MAX_LINK_CHARACTERS).then(|| Place::Online {
        link: Some(link.to_owned()),
        text: (!said.is_empty()).then(|| cut(said)),
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_ADDRESS_CHARACTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(written: &[&str]) -> Option<String> {
        let texts = written.iter().map(|text| (*text).to_owned());
        Place::first_of(texts).map(|place| place.in_words())
    }

    #[test]
    fn an_address_is_told_in_one_line() {
        for (written, expected) in [
            ("12 Mill Lane, Leeds", "at 12 Mill Lane, Leeds"),
            ("  12 Mill Lane,\r\n\n Leeds\tLS1\n", "at 12 Mill Lane, Leeds LS1"),
            ("Rue de l'Église 1\u{0}\u{7}", "at Rue de l'Église 1"),
            ("\"12 Mill Lane\"", "at 12 Mill Lane"),
            ("7", "at 7"),
        ] {
            assert_eq!(words(&[written]).as_deref(), Some(expected), "{written:?}");
        }
    }

    #[test]
    fn a_link_or_the_word_is_online() {
        for (written, expected) in [
            ("Online", "online"),
            ("online, by video", "online: online, by video"),
            ("HTTPS://meet.example/1", "online: HTTPS://meet.example/1"),
            (
                "https://meet.example/1 code 7",
                "online: code 7: https://meet.example/1",
            ),
            ("Onlinestraße 3", "at Onlinestraße 3"),
        ] {
            assert_eq!(words(&[written]).as_deref(), Some(expected), "{written:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_passed_over() {
        let endless = format!("https://{}", "a".repeat(1_000_000));
        for written in [
            "",
            " \n ",
            "null",
            "\u{0}",
            "{\"city\": \"Leeds\"}",
            "[]",
            &endless,
        ] {
            assert_eq!(words(&[written]), None, "{written:.20}");
            assert_eq!(words(&[written, "Leeds"]).as_deref(), Some("at Leeds"));
        }
    }

    #[test]
    fn the_first_that_says_where_counts() {
        let link = "https://meet.example/1";
        assert_eq!(words(&["York", link]).as_deref(), Some("at York"));
        assert_eq!(
            words(&["online", "York", link]).as_deref(),
            Some("online: https://meet.example/1")
        );
        assert_eq!(words(&[]), None);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let place = Place::read(&"ä".repeat(1_000_000)).unwrap();
        assert_eq!(place.in_one_line().chars().count(), MAX_ADDRESS_CHARACTERS + 1);
    }
}
