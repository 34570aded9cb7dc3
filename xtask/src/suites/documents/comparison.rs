//! Whether a block printed what the page shows. Ids, instants and days differ from run to run: the same one of
//! the page must be the same one of the run throughout. `…` stands for what the page leaves out: a part of a
//! line, or, as a line of its own, any number of lines.

mod day;
mod shape;
#[cfg(test)]
mod tests;
mod token;

use token::{Token, scan, tokens, trimmed};

/// Ids that are written by hand are the same in every run.
const WRITTEN_BY_HAND: &str = "-0000-4000-8000-";

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
