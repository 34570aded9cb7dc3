//! The statements of an SQL script, told apart as psql does it.

/// One statement of a script.
pub struct Statement {
    /// As it is written, without what stands before it.
    pub text: String,
    /// The same without comments and without any matter of layout: two statements that say the same in
    /// the same words have the same.
    pub meaning: String,
}

/// Where pgrx leaves the schema to the search path.
const SCHEMA: &str = "peer_exchange";
/// The kinds of object that a script can make once more, over the one that is there.
const REPLACEABLE: [&str; 2] = ["function", "view"];
/// Those that a later version has to make otherwise.
const LASTING: [&str; 4] = ["table", "type", "index", "policy"];

/// What a statement does, as far as an upgrade has to know.
#[derive(Debug, PartialEq, Eq)]
pub enum Act<'a> {
    /// It makes a function or a view.
    Define(Object<'a>),
    /// It makes something that has rows, or that something with rows hangs on.
    Found(Object<'a>),
    /// It drops a function, or calls one.
    Perform,
    /// It says something about an object, and may say it again.
    Tell,
}

#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Object<'a> {
    kind: &'a str,
    name: String,
}

impl Object<'_> {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn in_words(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

impl Statement {
    /// All of a script's, in their order.
    pub fn all(script: &str) -> Vec<Self> {
        let mut statements = Vec::new();
        let (mut text, mut meaning) = (String::new(), String::new());
        for token in tokens(script) {
            let is_layout = matches!(token, Token::Blank(_) | Token::Comment(_));
            if text.is_empty() && is_layout {
                continue;
            }
            text.push_str(token.text());
            match token {
                Token::End => statements.push(Self {
                    text: std::mem::take(&mut text),
                    meaning: std::mem::take(&mut meaning).trim_end().to_string(),
                }),
                Token::Blank(_) | Token::Comment(_) if meaning.ends_with(' ') => {}
                Token::Blank(_) | Token::Comment(_) => meaning.push(' '),
                Token::Word(word) => meaning.push_str(&word.to_lowercase()),
                Token::Literal(literal) => meaning.push_str(literal),
            }
        }
        statements
    }

    pub fn act(&self) -> Act<'_> {
        let words: Vec<&str> = self.meaning.split(' ').collect();
        let name = |word: &str| {
            let bare = word.split('(').next().unwrap_or_default().replace('"', "");
            if bare.contains('.') {
                bare
            } else {
                format!("{SCHEMA}.{bare}")
            }
        };
        match words.as_slice() {
            ["create", kind, named, ..] if REPLACEABLE.contains(kind) => Act::Define(Object {
                kind,
                name: name(named),
            }),
            ["create", kind, named, rest @ ..] if LASTING.contains(kind) => {
                let on = rest.get(1).filter(|_| *kind == "policy");
                let name = on.map_or_else(|| name(named), |table| format!("{named} on {table}"));
                Act::Found(Object { kind, name })
            }
            ["select" | "drop", ..] => Act::Perform,
            _ => Act::Tell,
        }
    }

    /// The function that the statement makes, as DROP FUNCTION names it.
    pub fn function(&self) -> Option<String> {
        let definition = self.meaning.strip_prefix("create function ")?;
        let in_schema = if definition.starts_with('"') {
            format!("{SCHEMA}.{definition}")
        } else {
            definition.to_string()
        };
        Some(signature(&in_schema.replace('"', "")))
    }

    /// The function, in words, that another becomes.
    pub fn renames_to(&self) -> Option<String> {
        let renaming = self.meaning.strip_prefix("alter function ")?;
        let (former, name) = renaming.split_once(" rename to ")?;
        let (schema, _) = former.split_once('.')?;
        Some(format!("function {schema}.{name}"))
    }

    /// The function that the statement drops.
    pub fn drops(&self) -> Option<&str> {
        let name = self.meaning.strip_prefix("drop function ")?;
        Some(name.split('(').next().unwrap_or(name))
    }
}

/// A function as DROP FUNCTION names it: with its arguments, but without their defaults.
fn signature(definition: &str) -> String {
    let (name, rest) = definition.split_once('(').unwrap_or((definition, ")"));
    let mut arguments = vec![String::new()];
    let mut depth = 0;
    let mut is_quoted = false;
    for letter in rest.chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth == 0 => break,
            ')' if !is_quoted => depth -= 1,
            ',' if !is_quoted && depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = arguments.last_mut() {
            last.push(letter);
        }
    }
    let without_defaults: Vec<&str> = arguments
        .iter()
        .map(|argument| argument.split(" default ").next().unwrap_or(argument).trim())
        .collect();
    format!("{name}({})", without_defaults.join(", "))
}

enum Token<'a> {
    Blank(&'a str),
    Comment(&'a str),
    Literal(&'a str),
    Word(&'a str),
    End,
}

impl<'a> Token<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Blank(text) | Self::Comment(text) | Self::Literal(text) | Self::Word(text) => text,
            Self::End => ";",
        }
    }
}

fn tokens(script: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = script;
    std::iter::from_fn(move || {
        let (token, length) = first_token(rest)?;
        rest = &rest[length..];
        Some(token)
    })
}

/// The first token of a text, and its length.
fn first_token(text: &str) -> Option<(Token<'_>, usize)> {
    let first = text.chars().next()?;
    let up_to = |end: &str, from: usize| {
        text[from..]
            .find(end)
            .map_or(text.len(), |at| from + at + end.len())
    };
    let token = if first == ';' {
        return Some((Token::End, 1));
    } else if first.is_whitespace() {
        let length = text.find(|letter: char| !letter.is_whitespace());
        Token::Blank(&text[..length.unwrap_or(text.len())])
    } else if text.starts_with("--") {
        Token::Comment(&text[..up_to("\n", 0)])
    } else if text.starts_with("/*") {
        Token::Comment(&text[..up_to("*/", 0)])
    } else if first == '\'' || first == '"' {
        Token::Literal(&text[..up_to(&first.to_string(), 1)])
    } else if let Some(fence) = fence(text) {
        Token::Literal(&text[..up_to(fence, fence.len())])
    } else {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = if is_word(first) {
            text.find(|letter| !is_word(letter)).unwrap_or(text.len())
        } else {
            first.len_utf8()
        };
        Token::Word(&text[..length])
    };
    let length = token.text().len();
    Some((token, length))
}

/// The `$…$` that a text begins with.
fn fence(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('$')?;
    let length = inner.find('$')?;
    let is_tag = inner[..length]
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_');
    is_tag.then(|| &text[..length + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_in_literals_and_comments_end_nothing() {
        let script =
            "-- a; b\nselect 'it''s; so', \"a;b\" /* c; */;\ncreate function f() as $x$ $$;$$ $x$;\n";
        let texts: Vec<_> = Statement::all(script)
            .into_iter()
            .map(|found| found.text)
            .collect();
        assert_eq!(
            texts,
            [
                "select 'it''s; so', \"a;b\" /* c; */;",
                "create function f() as $x$ $$;$$ $x$;"
            ]
        );
    }

    #[test]
    fn layout_case_and_comments_have_no_meaning() {
        let [one, other] = [
            "CREATE  FUNCTION f(\n\ta INT /* i32 */\n);",
            "create function f( a int );",
        ]
        .map(|script| Statement::all(script).remove(0).meaning);
        assert_eq!(one, other);
    }

    #[test]
    fn a_function_is_dropped_by_the_types_of_its_arguments() {
        let function = |script: &str| Statement::all(script)[0].function();
        assert_eq!(
            function("CREATE  FUNCTION \"f\"(\"a\" TEXT DEFAULT '(,', \"b\" numeric(4,2)) RETURNS int;")
                .unwrap(),
            "peer_exchange.f(a text, b numeric(4,2))"
        );
        assert_eq!(
            function("create function public.g() returns int;").unwrap(),
            "public.g()"
        );
    }

    #[test]
    fn a_statement_says_what_it_makes() {
        let act = |script: &str| match Statement::all(script)[0].act() {
            Act::Define(object) => format!("define {}", object.in_words()),
            Act::Found(object) => format!("found {}", object.in_words()),
            Act::Perform => "perform".to_string(),
            Act::Tell => "tell".to_string(),
        };
        assert_eq!(
            act("CREATE  FUNCTION \"book\"(a int);"),
            "define function peer_exchange.book"
        );
        assert_eq!(
            act("create view peer_exchange.v as select 1;"),
            "define view peer_exchange.v"
        );
        assert_eq!(
            act("create policy mine on a.t using (true);"),
            "found policy mine on a.t"
        );
        assert_eq!(act("select a.f();"), "perform");
        assert_eq!(act("comment on table a.t is 'x';"), "tell");
    }
}
