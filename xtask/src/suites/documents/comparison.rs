//! Whether a block printed what the page shows. Ids, instants and days differ from run to run: the same one of
//! the page must be the same one of the run throughout. `…` stands for what the page leaves out: a part of a
//! line, or, as a line of its own, any number of lines.

/// Ids that are written by hand are the same in every run.
const WRITTEN_BY_HAND: &str = "-0000-4000-8000-";
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the page calls otherwise than this run does.
#[derive(Clone, Default)]
pub struct Known {
    /// As shown and as printed.
    names: Vec<(String, String)>,
    /// How much later the run is than the page.
    days_later: Option<i64>,
}

impl Known {
    /// Whether the page shows what was printed; if so, what they call otherwise is known from now on.
    pub fn same(&mut self, shown: &str, printed: &str) -> bool {
        if trimmed(shown) == trimmed(printed) {
            return true;
        }
        let shown = tokens(shown);
        if shown.iter().all(|token| matches!(token, Token::Character(_))) {
            return false;
        }
        let mut known = self.clone();
        let fits = known.fit(&shown, &tokens(printed));
        if fits {
            *self = known;
        }
        fits
    }

    /// SQL of the page, with the ids of this run.
    pub fn as_run(&self, sql: &str) -> String {
        self.names.iter().fold(sql.to_string(), |sql, (shown, printed)| {
            sql.replace(shown, printed)
        })
    }

    /// What was printed, with the ids and the days of the page.
    pub fn as_shown(&self, printed: &str) -> String {
        let lines: Vec<String> = trimmed(printed)
            .iter()
            .map(|line| scan(line).iter().map(|token| self.written(token)).collect())
            .collect();
        lines.join("\n")
    }

    fn written(&self, token: &Token) -> String {
        match token {
            Token::Character(character) => character.to_string(),
            Token::Unique(printed) => {
                let known = self.names.iter().find(|(_, of_run)| of_run == printed);
                known.map_or(printed, |(of_page, _)| of_page).clone()
            }
            Token::Day(day) => day.earlier(self.days_later.unwrap_or(0)).written(),
            Token::Part | Token::Lines => "…".to_string(),
        }
    }

    fn fit(&mut self, shown: &[Token], printed: &[Token]) -> bool {
        let Some((first, rest)) = shown.split_first() else {
            return printed.is_empty();
        };
        let gap = match first {
            Token::Part => printed.iter().take_while(|token| !token.ends_line()).count(),
            Token::Lines => printed.len(),
            _ => {
                // Not by recursion: a page has more characters than a stack has room.
                let length = shown.iter().take_while(|token| !token.is_gap()).count();
                return printed.len() >= length
                    && shown
                        .iter()
                        .zip(printed)
                        .take(length)
                        .all(|(one, other)| self.admits(one, other))
                    && self.fit(&shown[length..], &printed[length..]);
            }
        };
        let whole_lines = *first == Token::Lines;
        (0..=gap).any(|length| {
            if whole_lines && length > 0 && !printed[length - 1].ends_line() {
                return false;
            }
            let mut known = self.clone();
            let fits = known.fit(rest, &printed[length..]);
            if fits {
                *self = known;
            }
            fits
        })
    }

    fn admits(&mut self, shown: &Token, printed: &Token) -> bool {
        match (shown, printed) {
            (Token::Unique(shown), Token::Unique(printed)) => self.admits_name(shown, printed),
            (Token::Day(shown), Token::Day(printed)) => {
                shown.in_words == printed.in_words && self.admits_days(printed.number - shown.number)
            }
            _ => shown == printed,
        }
    }

    fn admits_name(&mut self, shown: &str, printed: &str) -> bool {
        let known = self
            .names
            .iter()
            .find(|(of_page, of_run)| of_page == shown || of_run == printed);
        if let Some((of_page, of_run)) = known {
            return of_page == shown && of_run == printed;
        }
        if shown == printed {
            return true;
        }
        let is_same_kind = shown.contains('.') == printed.contains('.');
        if !is_same_kind || [shown, printed].iter().any(|id| id.contains(WRITTEN_BY_HAND)) {
            return false;
        }
        self.names.push((shown.to_string(), printed.to_string()));
        true
    }

    fn admits_days(&mut self, later: i64) -> bool {
        later == 0 || *self.days_later.get_or_insert(later) == later
    }
}

#[derive(PartialEq)]
enum Token {
    Character(char),
    /// An id, an instant within a second, the end of a page.
    Unique(String),
    Day(Day),
    /// Of a line.
    Part,
    Lines,
}

impl Token {
    fn ends_line(&self) -> bool {
        *self == Token::Character('\n')
    }

    fn is_gap(&self) -> bool {
        matches!(self, Token::Part | Token::Lines)
    }
}

#[derive(PartialEq)]
struct Day {
    /// Since 1 January 1970.
    number: i64,
    in_words: bool,
}

/// Columns are as wide as what stands in them: blanks and rules are compared as if they were short.
fn tokens(text: &str) -> Vec<Token> {
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
fn trimmed(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

fn scan(line: &str) -> Vec<Token> {
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

/// `9` is a digit, `x` a hexadecimal one; everything else is itself.
fn is_shaped(text: &str, shape: &str) -> bool {
    text.len() >= shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, wanted)| match wanted {
                b'9' => byte.is_ascii_digit(),
                b'x' => byte.is_ascii_hexdigit(),
                _ => byte == wanted,
            })
}

impl Day {
    /// `2026-11-29` or `29 November 2026`.
    fn read(text: &str) -> Option<(Day, usize)> {
        if is_shaped(text, "9999-99-99") {
            let number = number_of(
                text[..4].parse().ok()?,
                text[5..7].parse().ok()?,
                text[8..10].parse().ok()?,
            );
            let day = Day {
                number,
                in_words: false,
            };
            return Some((day, 10));
        }
        let mut words = text.splitn(3, ' ');
        let (day, month, year) = (words.next()?, words.next()?, words.next()?);
        let month_number = MONTHS.iter().position(|name| *name == month)? + 1;
        let year = year.get(..4)?;
        let number = number_of(
            year.parse().ok()?,
            i64::try_from(month_number).ok()?,
            day.parse().ok()?,
        );
        let length = day.len() + month.len() + year.len() + 2;
        Some((
            Day {
                number,
                in_words: true,
            },
            length,
        ))
    }

    fn earlier(&self, days: i64) -> Day {
        Day {
            number: self.number - days,
            ..*self
        }
    }

    fn written(&self) -> String {
        let (year, month, day) = date_of(self.number);
        if self.in_words {
            format!("{day} {} {year}", MONTHS[month - 1])
        } else {
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// The day's number; the year is counted from March, so that the leap day is its last.
fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 719_469
}

/// The date of a day's number: the last one that does not come after it.
fn date_of(number: i64) -> (i64, usize, i64) {
    let mut year = 1970 + number.div_euclid(366);
    while number_of(year + 1, 1, 1) <= number {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && number_of(year, month + 1, 1) <= number {
        month += 1;
    }
    let month_number = usize::try_from(month).unwrap_or(1);
    (year, month_number, number - number_of(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
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
}
