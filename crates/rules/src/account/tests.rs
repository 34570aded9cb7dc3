use super::*;
use crate::width::Width;

const FULL: i64 = i32::MAX as i64;
const EMPTY: i64 = i32::MIN as i64;

fn account(balance: i64, owed: i64) -> Account {
    Account {
        balance,
        held: 20,
        owed,
        total_earned: 500,
        total_spent: 400,
        kept_in: Widths::default(),
    }
}

fn net(account: Account) -> i64 {
    account.balance + account.held - account.owed
}

#[test]
fn paying_and_earning_move_the_same_amount_in_opposite_directions() {
    let paid = account(100, 0).pay(60).unwrap();
    let earned = account(5, 0).earn(60).unwrap();
    assert_eq!(
        paid.after,
        Account {
            balance: 40,
            total_spent: 460,
            ..account(100, 0)
        }
    );
    assert_eq!(
        earned.after,
        Account {
            balance: 65,
            total_earned: 560,
            ..account(5, 0)
        }
    );
    assert_eq!(net(paid.after) - net(paid.before), -60);
    assert_eq!(net(earned.after) - net(earned.before), 60);
}

#[test]
fn a_hold_and_its_release_leave_what_a_person_has() {
    let held = account(100, 5).hold(60).unwrap();
    assert_eq!((held.after.balance, held.after.held), (40, 80));
    assert_eq!(net(held.after), net(held.before));
    assert_eq!(held.after.total_spent, held.before.total_spent);
    assert_eq!(held.after.release(60).unwrap().after, account(100, 5));
    assert_eq!(held.after.hold_that_led_here(60), held);
}

#[test]
fn a_payment_from_held_credits_leaves_the_balance() {
    let held = account(100, 0).hold(60).unwrap().after;
    let paid = held.pay_from_held(60).unwrap();
    assert_eq!((paid.after.balance, paid.after.held), (40, 20));
    assert_eq!(paid.after.total_spent, paid.before.total_spent + 60);
    assert_eq!(net(paid.after) - net(paid.before), -60);
}

#[test]
fn an_earning_settles_what_is_owed_before_it_raises_the_balance() {
    assert_eq!(account(0, 40).earn(60).unwrap().after.balance, 20);
    assert_eq!(account(0, 40).earn(60).unwrap().after.owed, 0);
    assert_eq!(account(0, 60).earn(60).unwrap().after.balance, 0);
    let still_owing = account(0, 61).earn(60).unwrap();
    assert_eq!((still_owing.after.balance, still_owing.after.owed), (0, 1));
    assert_eq!(net(still_owing.after) - net(still_owing.before), 60);
}

#[test]
fn a_reversal_beyond_the_balance_is_owed_and_never_clamped() {
    let enough = account(60, 0).give_back(60).unwrap();
    assert_eq!((enough.after.balance, enough.after.owed), (0, 0));
    let short = account(59, 0).give_back(60).unwrap();
    assert_eq!((short.after.balance, short.after.owed), (0, 1));
    assert_eq!(net(short.after) - net(short.before), -60);
}

#[test]
fn a_reversal_on_a_balance_below_zero_is_owed_whole() {
    let negative = account(-10, 0).give_back(60).unwrap();
    assert_eq!((negative.after.balance, negative.after.owed), (-10, 60));
}

#[test]
fn a_refund_undoes_the_payment_to_the_credit() {
    let paid = account(100, 0).pay(60).unwrap();
    assert_eq!(paid.after.take_back(60).unwrap().after, account(100, 0));
    let earned = account(5, 0).earn(60).unwrap();
    assert_eq!(earned.after.give_back(60).unwrap().after, account(5, 0));
}

#[test]
fn a_grant_raises_the_balance_and_leaves_what_is_owed() {
    let granted = account(0, 30).receive_grant(50).unwrap();
    assert_eq!((granted.after.balance, granted.after.owed), (50, 30));
}

#[test]
fn a_correction_by_hand_takes_what_is_there_and_has_the_rest_owed() {
    let corrected = |amount| {
        let after = account(40, 5).adjust(amount).unwrap().after;
        (after.balance, after.owed)
    };
    assert_eq!(corrected(10), (50, 5));
    assert_eq!(corrected(-40), (0, 5));
    assert_eq!(corrected(-41), (0, 6));
    for amount in [10, -40, -41] {
        let movement = account(40, 5).adjust(amount).unwrap();
        assert_eq!(net(movement.after) - net(movement.before), amount);
        assert_eq!(movement.amount, amount.abs());
        assert_eq!(movement.after.total_earned, movement.before.total_earned);
    }
    assert_eq!(account(-10, 0).adjust(-5).unwrap().after.owed, 5);
    assert_eq!(account(0, 0).adjust(EMPTY), Err(OutOfRange));
}

#[test]
fn closing_an_account_takes_out_the_balance_and_writes_off_the_debt() {
    let nothing = Account {
        held: 0,
        ..account(0, 0)
    };
    assert!(nothing.close().is_empty());
    let corrections = account(30, 10).close();
    assert_eq!(
        corrections.iter().map(|m| m.amount).collect::<Vec<_>>(),
        [30, 20, 10]
    );
    let last = corrections.last().unwrap().after;
    assert_eq!((last.balance, last.held, last.owed), (0, 0, 0));
}

#[test]
fn a_movement_on_an_account_that_has_changed_is_decided_on_what_is_there() {
    let paid = account(100, 0).pay(60).unwrap();
    assert_eq!(paid.on(account(105, 0)), Ok(account(105, 0).pay(60).unwrap()));
    assert_eq!(paid.on(account(60, 0)), Ok(account(60, 0).pay(60).unwrap()));
    assert_eq!(paid.on(account(59, 0)), Err(NoMovement::Insufficient));
    let earned = account(0, 0).earn(60).unwrap();
    assert_eq!(earned.on(account(0, 70)), Ok(account(0, 70).earn(60).unwrap()));
    let held = account(100, 0).hold(60).unwrap();
    assert_eq!(held.on(account(60, 0)), Ok(account(60, 0).hold(60).unwrap()));
    assert_eq!(held.on(account(59, 0)), Err(NoMovement::Insufficient));
    let released = held.after.release(60).unwrap();
    let paid_from_held = held.after.pay_from_held(60).unwrap();
    for movement in [released, paid_from_held] {
        let enough = Account {
            held: 60,
            ..account(7, 0)
        };
        assert_eq!(movement.on(enough).unwrap().after.held, 0);
        assert_eq!(
            movement.on(Account { held: 59, ..enough }),
            Err(NoMovement::Insufficient)
        );
    }
    let corrected = account(30, 0).close()[0];
    assert_eq!(corrected.on(account(20, 0)), Err(NoMovement::Correction));
}

#[test]
fn whoever_gets_credits_keeps_room_for_those_that_may_come_back() {
    let room = FULL - 20 - 400 - 100;
    assert_eq!(account(100, 0).receive_grant(room + 1), Err(OutOfRange));
    assert_eq!(account(100, 0).earn(room + 1), Err(OutOfRange));
    assert_eq!(account(100, 0).adjust(room + 1), Err(OutOfRange));
    let granted = account(100, 0).adjust(room).unwrap().after;
    let paid = granted.pay(60).unwrap().after;
    assert_eq!(paid.adjust(1), Err(OutOfRange));
    assert_eq!(paid.take_back(460).unwrap().after.balance, FULL - 20);
    assert_eq!(paid.make_room(460), None);
}

#[test]
fn whoever_is_to_owe_more_keeps_room_for_what_may_be_taken_from_her_again() {
    let room = FULL - 500;
    assert_eq!(account(0, 0).adjust(-room - 1), Err(OutOfRange));
    let owing = account(0, 0).adjust(-room).unwrap().after;
    assert_eq!(owing.earn(60).unwrap().after.owed, room - 60);
    assert_eq!(owing.give_back(500).unwrap().after.owed, FULL);
    assert_eq!(owing.write_off(500), None);
}

#[test]
fn an_account_that_is_too_full_already_takes_what_makes_it_less_so() {
    let full = account(FULL, 0);
    assert_eq!(full.receive_grant(1), Err(OutOfRange));
    assert_eq!(full.adjust(-5).unwrap().after.balance, FULL - 5);
    assert_eq!(account(FULL - 5, 9).earn(9).unwrap().after.owed, 0);
    assert_eq!(account(FULL - 5, 9).earn(10), Err(OutOfRange));
}

#[test]
fn an_account_that_is_too_full_for_what_comes_back_makes_room_by_a_correction() {
    let full = account(FULL - 40, 0);
    let room = full.make_room(60).unwrap();
    assert_eq!((room.kind, room.amount), (MovementKind::Adjustment, 20));
    assert_eq!(room.after.take_back(60).unwrap().after.balance, FULL);
    assert_eq!(net(room.after) - net(full), -20);
    let owing = account(10, FULL - 40);
    let room = owing.write_off(60).unwrap();
    assert_eq!((room.kind, room.amount), (MovementKind::Adjustment, 10));
    assert_eq!(room.after.give_back(60).unwrap().after.owed, FULL);
    assert_eq!(net(room.after) - net(owing), 10);
}

#[test]
fn a_total_that_is_full_keeps_nothing_from_coming_back() {
    let turned_over = Account {
        total_earned: FULL,
        total_spent: EMPTY,
        held: 60,
        ..Account::default()
    };
    assert_eq!(turned_over.be_paid_out(60).unwrap().after.balance, 60);
    assert_eq!(turned_over.take_back(60).unwrap().after.balance, 60);
    let spent = Account {
        total_spent: FULL,
        total_earned: EMPTY,
        ..turned_over
    };
    assert_eq!(spent.pay_from_held(60).unwrap().after.held, 0);
    assert_eq!(spent.give_back(60).unwrap().after.owed, 60);
}

#[test]
fn a_sum_that_no_integer_holds_is_out_of_range() {
    assert_eq!(account(FULL, 0).receive_grant(1), Err(OutOfRange));
    let well_travelled = Account {
        total_earned: FULL,
        ..Account::default()
    };
    assert_eq!(well_travelled.earn(1), Err(OutOfRange));
}

/// What an application keeps wholly in larger columns, but for the ledger.
const LARGE_BUT_FOR_THE_LEDGER: Widths = Widths {
    balance: Width::Bigint,
    held: Width::Bigint,
    owed: Width::Bigint,
    total_earned: Width::Bigint,
    total_spent: Width::Bigint,
    ledger: Width::Integer,
};

fn kept_in(kept_in: Widths, balance: i64, owed: i64) -> Account {
    Account {
        kept_in,
        ..account(balance, owed)
    }
}

#[test]
fn larger_columns_hold_what_integers_cannot() {
    let widths = Widths {
        ledger: Width::Bigint,
        ..LARGE_BUT_FOR_THE_LEDGER
    };
    let large = |balance, owed| kept_in(widths, balance, owed);
    let rich = large(FULL, FULL);
    assert_eq!(rich.make_room(60), None);
    assert_eq!(rich.write_off(2 * FULL), None);
    assert_eq!(rich.earn(1).unwrap().after.owed, FULL - 1);
    assert_eq!(rich.receive_grant(FULL).unwrap().after.balance, 2 * FULL);
    assert_eq!(rich.take_back(60).unwrap().after.balance, FULL + 60);
    assert_eq!(large(0, FULL).give_back(60).unwrap().after.owed, FULL + 60);
    assert_eq!(large(3 * FULL, 0).pay(60).unwrap().after.balance, 3 * FULL - 60);
    assert_eq!(large(3 * FULL, 0).close()[0].amount, 3 * FULL);
    let full = large(i64::MAX - 40, 0);
    assert_eq!(full.receive_grant(1), Err(OutOfRange));
    assert_eq!(full.take_back(60), Err(OutOfRange));
    assert_eq!(full.make_room(60).map(|room| room.amount), Some(20));
}

#[test]
fn what_a_smaller_ledger_cannot_tell_comes_back_all_the_same_but_nothing_new_is_decided_on_it() {
    let large = |balance, owed| kept_in(LARGE_BUT_FOR_THE_LEDGER, balance, owed);
    let untold = large(FULL + 1, 0);
    for decided in [
        untold.pay(60),
        untold.hold(60),
        untold.earn(60),
        untold.adjust(-60),
    ] {
        assert_eq!(decided, Err(OutOfRange));
    }
    assert_eq!(untold.make_room(60), None);
    assert_eq!(untold.take_back(60).unwrap().after.balance, FULL + 61);
    assert_eq!(untold.give_back(60).unwrap().after.balance, FULL - 59);
    assert_eq!(untold.be_paid_out(60).unwrap().after.balance, FULL + 61);
    assert_eq!(untold.close()[0].amount, FULL);
    assert_eq!(large(FULL, 0).pay(60).unwrap().after.balance, FULL - 60);
    assert_eq!(large(-FULL - 1, 0).pay(1), Err(OutOfRange));
}

#[test]
fn each_column_has_its_own_end() {
    let widths = Widths {
        balance: Width::Bigint,
        ..Widths::default()
    };
    let rich = kept_in(widths, 2 * FULL, FULL);
    assert_eq!(rich.take_back(60).unwrap().after.balance, 2 * FULL + 60);
    assert_eq!(
        kept_in(widths, 0, FULL).write_off(60).map(|room| room.amount),
        Some(60)
    );
    let turned_over = Account {
        total_earned: FULL,
        ..rich
    };
    assert_eq!(turned_over.be_paid_out(60).unwrap().after.total_earned, FULL);
}
