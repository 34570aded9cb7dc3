//! Content lines of iCalendar: how they are folded, and what is escaped in them.

use chrono::{DateTime, NaiveDateTime, Utc};

/// Octets of a line without its break.
const MAX_LINE_OCTETS: usize = 75;

/// An iCalendar object that is being written.
#[derive(Debug, Default)]
pub struct Content {
    text: String,
}

impl Content {
    pub fn text(self) -> String {
        self.text
    }

    pub fn component(&mut self, name: &str, inside: impl FnOnce(&mut Content)) {
        self.line("BEGIN", name);
        inside(self);
        self.line("END", name);
    }

    /// A property whose value is text, whatever people have written into it.
    pub fn text_line(&mut self, name: &str, value: &str) {
        self.line(name, &escaped(value));
    }

    /// A property, its parameters in the name, folded so that no line is too long and no character torn apart.
    pub fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if octets + character.len_utf8() > MAX_LINE_OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(character);
            octets += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// An instant, in UTC.
pub fn instant(at: DateTime<Utc>) -> String {
    format!("{}Z", wall_clock(at.naive_utc()))
}

pub fn wall_clock(clock: NaiveDateTime) -> String {
    clock.format("%Y%m%dT%H%M%S").to_string()
}

/// No more than so many characters of a text.
pub fn shortened(text: &str, max_characters: usize) -> String {
    match text.char_indices().nth(max_characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// As a parameter in quotation marks, which can hold none.
pub fn quoted(text: &str) -> String {
    let admitted = text.chars().filter(|character| !character.is_control());
    admitted
        .map(|character| if character == '"' { '\'' } else { character })
        .collect()
}

/// What can stand behind `mailto:` as it is; an application may keep anything as an address.
pub fn email_address(email: &str) -> Option<&str> {
    let email = email.trim();
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "@.!#$&'*+-/=^_`{|}~".contains(character);
    (email.len() <= 254 && email.contains('@') && email.chars().all(is_plain)).then_some(email)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}
