use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, enums::Region};

/// A phone number in E.164, such as `+17185550123`.
///
/// It prints masked, so that it can never reach a log, an error or a test's output by accident;
/// [`e164`](Self::e164) gives the number itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// A text that is no phone number. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number (write it as +1 and ten digits)")]
pub struct PhoneError;

impl Phone {
    /// Reads a number as a person writes it; without a country code it is a United States one.
    ///
    /// # Errors
    /// [`PhoneError`] where the number cannot exist.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let number =
            PHONE_NUMBER_UTIL.parse(text.trim(), Some(Region::US)).map_err(|_| PhoneError)?;
        if !number.is_valid() {
            return Err(PhoneError);
        }
        Ok(Self(number.format_as(PhoneNumberFormat::E164).into_owned()))
    }

    /// Takes a number from a carrier or from our own database, which write E.164 already.
    ///
    /// Only the shape is checked (a plus and 8 to 15 digits, or a short code of 3 to 8 digits):
    /// what texted us exists, whether or not a numbering plan lists it.
    ///
    /// # Errors
    /// [`PhoneError`] where the text has another shape.
    pub fn from_carrier(text: &str) -> Result<Self, PhoneError> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let shape = if text.starts_with('+') { 8..=15 } else { 3..=8 };
        if shape.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PhoneError)
        }
    }

    /// The number itself, in E.164: for a carrier, for sealing, for the person it belongs to.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// The number as a person in the United States reads it: `718-555-0123`.
    #[must_use]
    pub fn national(&self) -> String {
        match self.0.strip_prefix("+1") {
            Some(ten) if ten.len() == 10 => format!("{}-{}-{}", &ten[..3], &ten[3..6], &ten[6..]),
            _ => self.0.clone(),
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(***)")
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::Phone;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for text in ["(718) 555-0123", "718.555.0123", "1-718-555-0123", " +17185550123 "] {
            assert_eq!(Phone::parse(text).expect("a number").e164(), "+17185550123");
        }
        for text in ["", "911", "555-0123", "call me", "+1718555012345678"] {
            assert!(Phone::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_prints_masked() {
        let phone = Phone::from_carrier("+17185550123").expect("a number");
        assert_eq!(format!("{phone} {phone:?}"), "*** Phone(***)");
        assert_eq!(phone.national(), "718-555-0123");
    }

    #[test]
    fn a_carrier_may_write_short_codes_but_no_words() {
        assert!(Phone::from_carrier("24273").is_ok());
        for text in ["+", "+1718", "TWILIO", "whatsapp:+17185550123", "+1718555012x"] {
            assert!(Phone::from_carrier(text).is_err(), "{text}");
        }
    }
}
