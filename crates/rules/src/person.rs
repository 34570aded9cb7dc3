//! People as the rules see them.

use uuid::Uuid;

/// A row of `users`, as far as a booking cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    /// See [`display_name`].
    pub name: String,
    pub email: Option<String>,
    pub user_role: Option<String>,
    pub is_active: bool,
}

impl Person {
    /// Whether the person's role is among those that may exchange treatments.
    pub fn is_practitioner(&self, practitioner_roles: &[String]) -> bool {
        self.user_role
            .as_ref()
            .is_some_and(|role| practitioner_roles.contains(role))
    }
}

/// What a person is called: her name where there is one, else a word that tells nothing of her.
pub fn display_name(first_name: Option<String>, last_name: Option<String>) -> String {
    let names: Vec<String> = first_name.into_iter().chain(last_name).collect();
    match names.join(" ").trim_matches(' ') {
        "" => "a colleague".to_owned(),
        name => name.to_owned(),
    }
}
