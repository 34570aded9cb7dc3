//! The page that an application has for each session, as an administrator writes its address down.

use uuid::Uuid;

const PLACEHOLDER: &str = "{session_id}";

/// Whether it is the address of a page for each session, or blank for none.
pub fn is_template(template: &str) -> bool {
    let template = template.trim();
    let is_address = template.starts_with("https://") || template.starts_with("http://");
    let is_printable = |character: char| character.is_ascii_graphic();
    template.is_empty()
        || (is_address && template.contains(PLACEHOLDER) && template.chars().all(is_printable))
}

/// The address of this session's page; `None` where there are none.
pub fn address(template: &str, session_id: Uuid) -> Option<String> {
    let template = template.trim();
    (!template.is_empty()).then(|| template.replace(PLACEHOLDER, &session_id.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_goes_where_the_template_says() {
        let id = Uuid::from_u128(7);
        let template = "https://example.com/#/session/{session_id}";
        assert!(is_template(template));
        assert_eq!(
            address(template, id).unwrap(),
            format!("https://example.com/#/session/{id}")
        );
        assert_eq!(address(" ", id), None);
    }

    #[test]
    fn only_the_address_of_a_page_for_each_session_is_one() {
        assert!(is_template(" "));
        for template in [
            "example.com/{session_id}",
            "javascript:{session_id}",
            "https://example.com/",
            "https://example.com/{session_id}\r\nX-A: b",
            "https://example.com/{session_id} b",
        ] {
            assert!(!is_template(template), "{template}");
        }
    }
}
