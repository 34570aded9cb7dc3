//! Slots for bookings, given out one after the other to whoever asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::slots::{BookingRequest, Slots};

/// Numbers of slots that were not given out yet.
#[derive(Clone)]
pub struct Supply {
    slots: Slots,
    next: Arc<AtomicU64>,
}

impl Supply {
    pub fn of(slots: Slots) -> Self {
        Self {
            slots,
            next: Arc::default(),
        }
    }

    /// Slots that nobody comes to who began with the first.
    pub fn second_half_of(slots: Slots) -> Self {
        Self {
            next: Arc::new(AtomicU64::new(slots.count() / 2)),
            slots,
        }
    }

    pub fn take(&self) -> BookingRequest {
        self.slots.request(self.take_number())
    }

    /// Wanted of one practitioner by one client.
    pub fn take_of(&self, client: usize, practitioner: usize) -> BookingRequest {
        self.slots.request_of(self.take_number(), client, practitioner)
    }

    fn take_number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}
