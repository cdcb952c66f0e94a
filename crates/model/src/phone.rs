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
    /// Only the shape is checked (a plus and 8 to 15 digits); [`can_be_texted`](Self::can_be_texted)
    /// tells whether a numbering plan knows it. Short codes are machines, and are no phones.
    ///
    /// # Errors
    /// [`PhoneError`] where the text has another shape.
    pub fn from_carrier(text: &str) -> Result<Self, PhoneError> {
        let digits = text.strip_prefix('+').ok_or(PhoneError)?;
        if (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PhoneError)
        }
    }

    /// Whether somebody can be texted there: a number that a numbering plan knows, not one that
    /// stands for "anonymous" or "restricted".
    #[must_use]
    pub fn can_be_texted(&self) -> bool {
        PHONE_NUMBER_UTIL.parse(&self.0, None).is_ok_and(|number| number.is_valid())
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
    fn a_carrier_writes_numbers_and_some_of_them_are_nobodys() {
        assert!(Phone::from_carrier("+17185550123").is_ok_and(|phone| phone.can_be_texted()));
        assert!(Phone::from_carrier("+266696687").is_ok_and(|phone| !phone.can_be_texted()));
        for text in ["24273", "+", "+1718", "TWILIO", "whatsapp:+17185550123", "+1718555012x"] {
            assert!(Phone::from_carrier(text).is_err(), "{text}");
        }
    }
}
