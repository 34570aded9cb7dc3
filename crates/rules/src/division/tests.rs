use super::*;
use crate::account::Account;

fn accounts() -> AccountPair {
    AccountPair {
        client: Account {
            balance: 40,
            held: 60,
            ..Account::default()
        },
        practitioner: Account {
            balance: 10,
            owed: 5,
            ..Account::default()
        },
    }
}

fn held() -> Stake {
    Stake {
        held: 60,
        ..Stake::default()
    }
}

fn paid(earned: i32) -> Stake {
    Stake {
        held: 0,
        paid: 60,
        earned,
    }
}

fn worth(accounts: AccountPair) -> i64 {
    let of = |account: Account| account.balance + account.held - account.owed;
    of(accounts.client) + of(accounts.practitioner)
}

#[test]
fn whatever_the_share_of_what_was_held_nothing_is_minted_lost_or_held_any_longer() {
    for client_share in [0, 1, 3_333, 5_000, 9_999, 10_000] {
        let division = held().divide(client_share);
        let divided = division.on(accounts()).unwrap();
        assert_eq!(worth(divided.accounts_after), worth(accounts()));
        assert_eq!(divided.accounts_after.client.held, 0);
        assert_eq!(
            divided.accounts_after.client.balance,
            40 + i64::from(division.returned_credits)
        );
        assert_eq!(division.returned_credits + division.paid_out(), 60);
    }
}

#[test]
fn a_half_of_what_was_held_is_paid_before_the_rest_is_released() {
    let divided = held().divide(5_000).on(accounts()).unwrap();
    assert!(matches!(
        divided.steps[..],
        [Step::ByBoth { .. }, Step::ByClient(_)]
    ));
    assert_eq!(divided.accounts_after.practitioner.owed, 0);
    assert_eq!(divided.accounts_after.practitioner.balance, 35);
}

#[test]
fn all_or_nothing_is_one_step() {
    assert!(matches!(
        held().divide(0).on(accounts()).unwrap().steps[..],
        [Step::ByBoth { .. }]
    ));
    assert!(matches!(
        held().divide(10_000).on(accounts()).unwrap().steps[..],
        [Step::ByClient(_)]
    ));
}

#[test]
fn what_was_paid_comes_back_from_the_practitioner_as_far_as_she_has_it() {
    let burned = paid(20).divide(10_000).on(accounts()).unwrap();
    assert_eq!(burned.accounts_after.client.balance, 100);
    assert_eq!(burned.accounts_after.practitioner.balance, 0);
    assert_eq!(burned.accounts_after.practitioner.owed, 15);
    let wholly_burned = paid(0).divide(10_000).on(accounts()).unwrap();
    assert!(matches!(wholly_burned.steps[..], [Step::ByClient(_)]));
}

#[test]
fn nothing_moves_where_nothing_goes_back_of_what_was_paid() {
    assert!(paid(60).divide(0).on(accounts()).unwrap().steps.is_empty());
    assert!(
        Stake::default()
            .divide(10_000)
            .on(accounts())
            .unwrap()
            .steps
            .is_empty()
    );
}

#[test]
fn what_was_paid_finds_its_way_back_however_much_its_client_has() {
    let mut full = accounts();
    full.client.balance = i64::from(i32::MAX) - 40;
    full.practitioner.owed = i64::from(i32::MAX);
    let divided = paid(60).divide(10_000).on(full).unwrap();
    assert_eq!(divided.accounts_after.client.balance, i64::from(i32::MAX));
    assert_eq!(divided.accounts_after.practitioner.owed, i64::from(i32::MAX));
    let [
        Step::RoomOfClient(room),
        Step::RoomOfPractitioner(written_off),
        Step::ByBoth { client, practitioner },
    ] = divided.steps[..]
    else {
        panic!("{:?}", divided.steps);
    };
    assert_eq!((room.amount, written_off.amount), (20, 50));
    assert_eq!((client.amount, practitioner.amount), (60, 60));
    let held = held().divide(10_000).on(full).unwrap();
    assert!(
        matches!(held.steps[..], [Step::RoomOfClient(_), Step::ByClient(release)] if release.amount == 60)
    );
}

#[test]
fn what_was_held_is_paid_out_however_much_its_practitioner_has() {
    let mut full = accounts();
    full.practitioner.balance = i64::from(i32::MAX) - 40;
    full.practitioner.total_earned = i64::from(i32::MAX);
    let divided = held().divide(0).on(full).unwrap();
    let [Step::RoomOfPractitioner(room), Step::ByBoth { practitioner, .. }] = divided.steps[..] else {
        panic!("{:?}", divided.steps);
    };
    assert_eq!((room.amount, practitioner.amount), (15, 60));
    assert_eq!(divided.accounts_after.practitioner.balance, i64::from(i32::MAX));
    assert_eq!(divided.accounts_after.practitioner.owed, 0);
}
