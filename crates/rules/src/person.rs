//! People as the rules see them.

use crate::place::Place;
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
    /// Whether she takes part, where an application asks people for that.
    pub has_opted_in: bool,
    /// Where she gives sessions, as far as she says so.
    pub place: Option<Place>,
}

impl Person {
    /// Whether the person takes part, and in a role that may exchange treatments.
    pub fn is_practitioner(&self, practitioner_roles: &[String]) -> bool {
        self.has_opted_in && self.has_role_among(practitioner_roles)
    }

    pub fn has_role_among(&self, practitioner_roles: &[String]) -> bool {
        let has_role = |role: &String| practitioner_roles.contains(role);
        self.user_role.as_ref().is_some_and(has_role)
    }
}
