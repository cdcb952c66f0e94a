//! Every member has a paper that ends soon: each is told so in one text, whatever was killed meanwhile.

use super::{Account, Ledger};

impl Ledger<'_> {
    pub(super) fn every_member_is_reminded_once(&self) -> Account {
        let mut account = Account::of("every member is reminded once");
        for member in &self.books.members {
            // Who opted out before it was her turn is left alone.
            if self.has_stopped(self.number_of(Some(&member.phone_id))) {
                continue;
            }
            account.looked_at += 1;
            let rows = self.books.outbox.iter().filter(|row| {
                row.dedupe.starts_with("remind:")
                    && row.phone_id.as_deref() == Some(&member.phone_id)
            });
            match rows.map(|row| self.arrived(row).len()).sum() {
                1 => {}
                times => account.fault(format!("{} was reminded {times} times", member.id)),
            }
        }
        account
    }
}
