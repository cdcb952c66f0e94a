//! The table of payers.

/// One payer, as a family may name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payer {
    /// Its code: `aetna`.
    pub(crate) code: String,
    /// `commercial`, `medicaid`, `military`, `self_pay`.
    pub(crate) class: String,
    /// The plan that the name tells, if it does.
    pub(crate) plan: Option<String>,
}
