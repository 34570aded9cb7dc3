//! What an insertion of ours need not ask, because it has been made sure of under locks: our own guards,
//! foreign keys to people whose rows are locked, and rules that the decision has checked.

use super::insertion::Table;
use super::relation::{columns, is_named};
use pgrx::pg_sys;
use std::ffi::{CStr, c_char};
use std::ptr;

/// Keeps triggers from firing that would find what has been made sure of, in the insertion's own copy
/// of the relation's triggers.
pub unsafe fn silence(relation: pg_sys::Relation, triggers: *mut pg_sys::TriggerDesc, table: &Table) {
    if triggers.is_null() {
        return;
    }
    // SAFETY: Postgres made the copy, with as many triggers as it says.
    unsafe {
        let all = std::slice::from_raw_parts_mut((*triggers).triggers, (*triggers).numtriggers as usize);
        for trigger in all.iter_mut() {
            if table.own_guards.contains(&CStr::from_ptr(trigger.tgname)) {
                trigger.tgenabled = pg_sys::TRIGGER_DISABLED as c_char;
            }
        }
        // One that sees a row first may put other people into it.
        (*triggers).trig_insert_before_row = all.iter().any(sees_row_first);
        if (*triggers).trig_insert_before_row || table.locked_people.is_empty() {
            return;
        }
        let satisfied = references_to_people(relation, table.locked_people);
        for trigger in all {
            if trigger.tgisinternal && satisfied.contains(&trigger.tgconstraint) {
                trigger.tgenabled = pg_sys::TRIGGER_DISABLED as c_char;
            }
        }
    }
}

fn sees_row_first(trigger: &pg_sys::Trigger) -> bool {
    let kind = pg_sys::TRIGGER_TYPE_ROW | pg_sys::TRIGGER_TYPE_BEFORE | pg_sys::TRIGGER_TYPE_INSERT;
    trigger.tgtype as u32 & kind == kind && trigger.tgenabled != pg_sys::TRIGGER_DISABLED as c_char
}

/// Foreign keys of these columns that refer to people.
unsafe fn references_to_people(relation: pg_sys::Relation, names: &[&str]) -> Vec<pg_sys::Oid> {
    // SAFETY: the relation is open; the list has as many elements as it says.
    unsafe {
        let people = pg_sys::get_relname_relid(c"users".as_ptr(), (*(*relation).rd_rel).relnamespace);
        let list = pg_sys::RelationGetFKeyList(relation);
        if list.is_null() {
            return Vec::new();
        }
        let attributes = columns(&*(*relation).rd_att);
        std::slice::from_raw_parts((*list).elements, (*list).length as usize)
            .iter()
            .map(|element| &*element.ptr_value.cast::<pg_sys::ForeignKeyCacheInfo>())
            .filter(|reference| reference.nkeys == 1 && reference.confrelid == people)
            .filter(|reference| {
                let column = &attributes[reference.conkey[0] as usize - 1];
                names.iter().any(|name| is_named(column, name))
            })
            .map(|reference| reference.conoid)
            .collect()
    }
}

/// Unique indexes and exclusion constraints but the primary key and those that have been checked.
pub unsafe fn arbiters(result: *mut pg_sys::ResultRelInfo, own_rules: &[&CStr]) -> *mut pg_sys::List {
    // SAFETY: the indexes are open, and there are as many as Postgres says.
    unsafe {
        let mut arbiters = ptr::null_mut();
        for number in 0..(*result).ri_NumIndices as usize {
            let index = *(*result).ri_IndexRelationDescs.add(number);
            let rule = (*index).rd_index;
            let name = CStr::from_ptr((*(*index).rd_rel).relname.data.as_ptr());
            if ((*rule).indisunique || (*rule).indisexclusion)
                && !(*rule).indisprimary
                && !own_rules.contains(&name)
            {
                arbiters = pg_sys::lappend_oid(arbiters, (*index).rd_id);
            }
        }
        if !arbiters.is_null() {
            pg_sys::ExecCloseIndices(result);
            pg_sys::ExecOpenIndices(result, true);
        }
        arbiters
    }
}
