//! What is known about IBCLC certificates (IBLCE; in the United States also called RLC).
//!
//! They last five years and end on 30 June or 31 December. Recertification is by examination or by
//! continuing education, and the latter is to be applied for by 30 September. A number reads `L-`
//! and five or six digits; older numbers look different and were replaced. Source: IBLCE's
//! recertification questions and answers. The count of digits is what registries show today and
//! should be asked of IBLCE again now and then.

use jiff::civil::{Date, date};

/// Years from certification to its end.
pub const YEARS: u32 = 5;

/// Whether a certificate's initials mean this certificate.
#[must_use]
pub fn is_ibclc(credential: &str) -> bool {
    ["IBCLC", "RLC"].iter().any(|name| name.eq_ignore_ascii_case(credential.trim()))
}

/// Whether a number has the form `L-12345` or `L-123456`. One that has not is most likely a typing
/// error in the record, and does not count until it is mended.
#[must_use]
pub fn is_number(number: &str) -> bool {
    number.strip_prefix("L-").is_some_and(|digits| {
        matches!(digits.len(), 5 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a certificate can end on this day. Another day is a reason to look again, not to
/// refuse.
#[must_use]
pub fn is_usual_end(day: Date) -> bool {
    matches!((day.month(), day.day()), (6, 30) | (12, 31))
}

/// The last day on which recertification by continuing education can be applied for: the last
/// 30 September before a certificate ends.
#[must_use]
pub fn recertification_closes(end: Date) -> Date {
    let year = if end >= date(end.year(), 9, 30) { end.year() } else { end.year() - 1 };
    date(year.max(-9998), 9, 30)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{is_ibclc, is_number, is_usual_end, recertification_closes};

    #[test]
    fn the_number_is_l_and_five_or_six_digits() {
        for good in ["L-41207", "L-187336", "L-00001"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["L-9931", "L-1234567", "L41207", "l-41207", "41207", "L-4120a", "L-٤١٢٠٧", ""]
        {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn rlc_is_the_same_certificate() {
        assert!(is_ibclc("IBCLC") && is_ibclc("RLC") && is_ibclc(" ibclc"));
        assert!(!is_ibclc("CLC"));
    }

    #[test]
    fn it_ends_in_june_or_december() {
        assert!(is_usual_end(date(2027, 6, 30)) && is_usual_end(date(2026, 12, 31)));
        assert!(!is_usual_end(date(2027, 6, 29)) && !is_usual_end(date(2027, 12, 30)));
    }

    #[test]
    fn recertification_closes_on_30_september_before_the_end() {
        assert_eq!(recertification_closes(date(2026, 12, 31)), date(2026, 9, 30));
        assert_eq!(recertification_closes(date(2027, 6, 30)), date(2026, 9, 30));
    }
}
