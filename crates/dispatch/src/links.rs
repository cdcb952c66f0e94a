//! Links in texts: short, drawn by chance, for one page and one thing, and over after a while.
//!
//! A link is all that its page asks for, so it is as hard to guess as a session: 16 letters and
//! digits, 95 bits, of which only the hash is kept. It has no sign in it that could part it into
//! words: no part of it can be taken for a code.

use model::{LinkPurpose, MessageText, Timestamp};
use storage::{Link, ReadTx, hash_secret};
use uuid::Uuid;

use crate::{Result, desk::Desk};

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 16;

/// A link that was drawn. It opens nothing until it is kept.
pub(crate) struct Drawn {
    /// The whole address, for the text.
    pub(crate) address: String,
    hash: Vec<u8>,
    link: Link,
}

impl Desk<'_> {
    /// Draws a link to a page; `None` where this service's texts carry none.
    pub(crate) fn draw_link(
        &self,
        purpose: LinkPurpose,
        subject: Uuid,
        expires_at: Timestamp,
    ) -> Option<Drawn> {
        if !self.shared.links {
            return None;
        }
        let letter = |_| {
            let drawn = self.shared.chance.below(LETTERS.len() as u64);
            char::from(LETTERS[usize::try_from(drawn).unwrap_or(0)])
        };
        let secret = (0..LENGTH).map(letter).collect::<String>();
        let link = Link {
            chapter_id: self.chapter.id,
            purpose,
            subject,
            created_at: self.now,
            expires_at,
        };
        let address = format!("{}/{}/{secret}", self.shared.public_url, page_of(purpose));
        Some(Drawn { address, hash: hash_secret(&secret), link })
    }

    /// Keeps a link that goes into no text; gives its secret part.
    pub(crate) async fn open_link(&mut self, drawn: Drawn) -> Result<String> {
        let secret = drawn.address.rsplit('/').next().unwrap_or_default().to_owned();
        self.tx.add_link(drawn.hash, &drawn.link).await?;
        Ok(secret)
    }

    /// Keeps a link that went into a text: from now on it opens its page. One that did not fit, or
    /// whose text was not written, opens nothing.
    pub(crate) async fn keep_link(
        &mut self,
        drawn: Option<Drawn>,
        text: Option<&MessageText>,
    ) -> Result<()> {
        if let (Some(drawn), Some(text)) = (drawn, text)
            && text.reveal().contains(&drawn.address)
        {
            self.tx.add_link(drawn.hash, &drawn.link).await?;
        }
        Ok(())
    }
}

/// An address as long as a page's link that opens nothing: for texts that are shown before they are
/// written.
pub(crate) fn stand_in(purpose: LinkPurpose, public_url: &str) -> String {
    format!("{public_url}/{}/{}", page_of(purpose), "0".repeat(LENGTH))
}

fn page_of(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Offer => "c",
        LinkPurpose::Names => "f",
        LinkPurpose::Member => "m",
    }
}

/// Words without the secret part of the links in them: who may read them may not open those.
pub(crate) fn masked(words: &str, public_url: &str) -> String {
    let mut shown = words.to_owned();
    for purpose in [LinkPurpose::Offer, LinkPurpose::Names, LinkPurpose::Member] {
        let head = format!("{public_url}/{}/", page_of(purpose));
        let mut parts = shown.split(&head);
        let mut kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let rest = part.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
            kept = format!("{kept}{head}...{rest}");
        }
        shown = kept;
    }
    shown
}

/// What a link's secret part opens now; what cannot be one of ours is not even looked for.
pub(crate) async fn opened(
    tx: &mut ReadTx,
    secret: &str,
    purpose: LinkPurpose,
    now: Timestamp,
) -> Result<Option<Link>> {
    if secret.len() != LENGTH || !secret.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    Ok(tx.link(hash_secret(secret), purpose, now).await?)
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, LinkPurpose, masked, stand_in};

    #[test]
    fn a_link_that_is_shown_opens_nothing() {
        let (house, secret) = ("https://refer.example.org", "aB3".repeat(5) + "x");
        assert_eq!(secret.len(), LENGTH);
        let text = format!("Yours: {house}/c/{secret}. Hers: {house}/m/{secret} (a week)");
        let shown = format!("Yours: {house}/c/.... Hers: {house}/m/... (a week)");
        assert_eq!(masked(&text, house), shown);
        let like = stand_in(LinkPurpose::Offer, house);
        assert_eq!(like.len(), format!("{house}/c/{secret}").len());
        assert_eq!(masked(&like, house), format!("{house}/c/..."));
    }
}
