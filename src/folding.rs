//! What texts are compared by when people look for one another: without case, accents and needless spaces.
//!
//! By the tables of Unicode that are built in, and so the same on every server, whatever its version, its locale and
//! its collations. Both sides are folded: what is kept and what is asked for.

use deunicode::deunicode_char;
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Nobody searches for more, and a trigram index of it would be of no use.
const MAX_CHARACTERS: usize = 1_000;

/// A text as others are to find it. Folding it once more changes nothing.
pub fn fold(text: &str) -> String {
    // Letters come apart from their marks first: some have no other case as long as they bear one.
    let bare: String = text
        .chars()
        .take(MAX_CHARACTERS)
        .nfkd()
        .filter(|character| !is_mark(*character) && !is_invisible(*character))
        .collect();
    let mut plain = String::with_capacity(bare.len());
    for letter in UniCase::unicode(bare).to_folded_case().chars() {
        match ascii_letters(letter) {
            Some(letters) => plain.extend(letters.chars().map(|letter| letter.to_ascii_lowercase())),
            None => plain.push(letter),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Accents, and the points and signs that Hebrew, Arabic and Syriac are mostly written without. Marks by which
/// the letters of other scripts differ (nukta, virama, the voicing of kana, tones of Thai) are no accents.
fn is_mark(character: char) -> bool {
    const OVERLAY: u8 = 1;
    const POINTS: std::ops::RangeInclusive<u8> = 10..=36;
    const ATTACHED_ABOVE_OR_BELOW: std::ops::RangeFrom<u8> = 200..;
    let class = canonical_combining_class(character);
    class == OVERLAY || POINTS.contains(&class) || ATTACHED_ABOVE_OR_BELOW.contains(&class)
}

/// Joiners, soft hyphens, marks of direction, and what chooses between the forms of a character.
fn is_invisible(character: char) -> bool {
    const GRAPHEME_JOINER: char = '\u{34f}';
    matches!(character, GRAPHEME_JOINER | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
        || character.general_category() == GeneralCategory::Format
}

/// What to type for a Latin letter that has no parts: `o` for `ø`, `ae` for `æ`.
fn ascii_letters(letter: char) -> Option<&'static str> {
    if !matches!(letter, '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}') {
        return None;
    }
    deunicode_char(letter).filter(|letters| letters.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::fold;
    use unicode_normalization::UnicodeNormalization as _;

    /// Those of the planes in which there are letters.
    fn all_characters() -> impl Iterator<Item = char> {
        '\0'..='\u{2ffff}'
    }

    /// Greek vowels with an iota below, which is an accent, and which capitals are written with beside them.
    fn has_iota_below(character: char) -> bool {
        [character].into_iter().nfkd().any(|part| part == '\u{345}')
    }

    #[test]
    fn what_is_folded_is_not_folded_further() {
        for character in all_characters() {
            let folded = fold(&character.to_string());
            assert_eq!(fold(&folded), folded, "{character:?}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        for character in all_characters().filter(|character| !has_iota_below(*character)) {
            let folded = fold(&character.to_string());
            assert_eq!(
                fold(&character.to_uppercase().to_string()),
                folded,
                "{character:?}"
            );
            assert_eq!(
                fold(&character.to_lowercase().to_string()),
                folded,
                "{character:?}"
            );
        }
    }

    #[test]
    fn it_does_not_matter_how_a_letter_is_encoded() {
        for character in all_characters() {
            let folded = fold(&character.to_string());
            let encoded = |characters: &mut dyn Iterator<Item = char>| fold(&characters.collect::<String>());
            assert_eq!(
                encoded(&mut [character].into_iter().nfc()),
                folded,
                "{character:?}"
            );
            assert_eq!(
                encoded(&mut [character].into_iter().nfd()),
                folded,
                "{character:?}"
            );
            assert_eq!(
                encoded(&mut [character].into_iter().nfkc()),
                folded,
                "{character:?}"
            );
            assert_eq!(
                encoded(&mut [character].into_iter().nfkd()),
                folded,
                "{character:?}"
            );
        }
    }

    #[test]
    fn texts_are_as_people_type_them() {
        for (text, folded) in [
            ("Ærø", "aero"),
            ("ŒUVRE", "oeuvre"),
            ("STRAẞE", "strasse"),
            ("Straße", "strasse"),
            ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
            ("Οδυσσεύς", "οδυσσευσ"),
            ("Дмитрий", "дмитрии"),
            ("İPEK ışık", "ipek isik"),
            ("ﬁre ﬂower", "fire flower"),
            ("Nguyễn Phước Ưu", "nguyen phuoc uu"),
            ("Łódź, ŻÓŁĆ", "lodz, zolc"),
            ("Đorđe", "dorde"),
            ("Þórr Ðe", "thorr de"),
            ("Ｆｕｌｌ　Ｗｉｄｔｈ", "full width"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد", "محمد"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("👩\u{200d}⚕\u{fe0f}", "👩⚕"),
            (" \u{a0}Saint\t\n\u{2003}É\u{ad}tienne ", "saint etienne"),
            ("Ə ŋ", "ə ng"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn marks_that_make_another_letter_are_kept() {
        for (one, other) in [("か", "が"), ("ज", "ज\u{93c}"), ("กา", "ก่า"), ("क", "क्")]
        {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn the_first_thousand_characters_count() {
        assert_eq!(fold(&"É".repeat(1_000_000)), "e".repeat(1_000));
    }

    #[test]
    fn what_is_nothing_but_marks_is_blank() {
        assert_eq!(fold("\u{301}\u{200d} \u{feff}\u{34f}"), "");
    }
}
