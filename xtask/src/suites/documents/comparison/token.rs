//! A text as what it is compared by: its characters, and what differs from run to run.

use super::day::Day;
use super::shape::is_shaped;

#[derive(PartialEq)]
pub(super) enum Token {
    Character(char),
    /// An id, an instant within a second, the end of a page.
    Unique(String),
    Day(Day),
    /// Of a line.
    Part,
    Lines,
}

impl Token {
    pub(super) fn ends_line(&self) -> bool {
        *self == Token::Character('\n')
    }

    pub(super) fn is_gap(&self) -> bool {
        matches!(self, Token::Part | Token::Lines)
    }
}

/// Columns are as wide as what stands in them: blanks and rules are compared as if they were short.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for line in trimmed(text) {
        if line.trim() == "…" {
            tokens.push(Token::Lines);
            continue;
        }
        for token in scan(line).into_iter().chain([Token::Character('\n')]) {
            let repeats = matches!(token, Token::Character(' ' | '-')) && tokens.last() == Some(&token);
            if !repeats {
                tokens.push(token);
            }
        }
    }
    tokens
}

/// The lines without blanks at their ends, and without empty ones at the end.
pub(super) fn trimmed(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

pub(super) fn scan(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    let mut is_within_word = false;
    while let Some(character) = rest.chars().next() {
        let found = if is_within_word { None } else { word(rest) };
        let (token, length) = found.unwrap_or_else(|| match character {
            '…' => (Token::Part, '…'.len_utf8()),
            _ => (Token::Character(character), character.len_utf8()),
        });
        is_within_word = character.is_alphanumeric();
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

/// What begins the text and differs from run to run, and its length.
fn word(text: &str) -> Option<(Token, usize)> {
    let unique = |length: usize| Some((Token::Unique(text[..length].to_string()), length));
    if is_shaped(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") {
        return unique(36);
    }
    if is_shaped(text, "9999-99-99T99:99:99.9") || is_shaped(text, "9999-99-99 99:99:99.9") {
        let fraction = text[20..].chars().take_while(char::is_ascii_digit).count();
        return unique(20 + fraction);
    }
    let letters = text.chars().take_while(char::is_ascii_alphanumeric).count();
    if letters >= 32 {
        return unique(letters);
    }
    Day::read(text).map(|(day, length)| (Token::Day(day), length))
}
