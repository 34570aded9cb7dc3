//! People as the rules see them.

use uuid::Uuid;

/// A row of `users`, as far as a booking cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    /// What others are told she is called; never blank, and never her address.
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
