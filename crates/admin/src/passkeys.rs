//! Passkeys (WebAuthn): what a browser is asked, and whether its answer is right.
//!
//! A passkey belongs to this service's host alone, is on the device of one person, and is opened there by
//! her finger, face or PIN, which is always asked for: it is two things in one, and no code is texted.

use std::sync::Arc;

use model::AdminId;
use serde_json::Value;
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder,
};

/// What a browser is asked, and what its answer is judged by.
pub(crate) struct Asked {
    pub(crate) options: Value,
    pub(crate) content: Value,
}

/// A credential that was made for somebody.
pub(crate) struct Made {
    pub(crate) credential: Vec<u8>,
    pub(crate) content: Value,
}

/// Passkeys of the host that people reach this service at.
pub(crate) struct Passkeys(Arc<Webauthn>);

impl Passkeys {
    /// `None` where browsers make none for such an address: a number for a name. Where that is this very
    /// machine, they do under its name.
    pub(crate) fn of(public_url: &str) -> Option<Self> {
        let mut origin: Url = public_url.parse().ok()?;
        if matches!(origin.host_str(), Some("127.0.0.1" | "[::1]")) {
            origin.set_host(Some("localhost")).ok()?;
        }
        let host = origin.domain()?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).ok()?.rp_name("Latchline");
        Some(Self(Arc::new(builder.build().ok()?)))
    }

    /// Asks a browser to make a passkey that it finds again without being told whose it is.
    pub(crate) fn ask_to_make(
        &self,
        admin: AdminId,
        email: &str,
        name: &str,
        known: &[Value],
    ) -> Option<Asked> {
        let known = known.iter().filter_map(|content| {
            let passkey: Passkey = serde_json::from_value(content.clone()).ok()?;
            Some(passkey.cred_id().clone())
        });
        let (options, state): (CreationChallengeResponse, _) = self
            .0
            .start_passkey_registration(admin.as_uuid(), email, name, Some(known.collect()))
            .ok()?;
        let mut options = serde_json::to_value(options).ok()?;
        let choice = &mut options["publicKey"]["authenticatorSelection"];
        choice["residentKey"] = "required".into();
        choice["requireResidentKey"] = true.into();
        Some(Asked { options, content: serde_json::to_value(state).ok()? })
    }

    /// What a browser made, if it is what it was asked for.
    pub(crate) fn made(&self, sent: Value, content: Value) -> Option<Made> {
        let state: PasskeyRegistration = serde_json::from_value(content).ok()?;
        let sent: RegisterPublicKeyCredential = serde_json::from_value(sent).ok()?;
        let passkey = self.0.finish_passkey_registration(&sent, &state).ok()?;
        let credential = passkey.cred_id().to_vec();
        Some(Made { credential, content: serde_json::to_value(passkey).ok()? })
    }

    /// Asks a browser for any passkey that it has of this service.
    pub(crate) fn ask_to_sign(&self) -> Option<Asked> {
        let (options, state) = self.0.start_discoverable_authentication().ok()?;
        let mut options = serde_json::to_value(options).ok()?;
        // It is asked for by a button, not beside a field.
        options.as_object_mut()?.remove("mediation");
        Some(Asked { options, content: serde_json::to_value(state).ok()? })
    }

    /// Who the browser says it is, by which credential, and how its signature is judged.
    pub(crate) fn signed(
        &self,
        sent: Value,
        content: Value,
    ) -> Option<(AdminId, Vec<u8>, dispatch::Judge)> {
        let sent: PublicKeyCredential = serde_json::from_value(sent).ok()?;
        let (who, credential) = self.0.identify_discoverable_authentication(&sent).ok()?;
        let credential = credential.to_vec();
        let webauthn = self.0.clone();
        let judge = move |kept: &Value| {
            let state: DiscoverableAuthentication = serde_json::from_value(content.clone()).ok()?;
            let mut passkey: Passkey = serde_json::from_value(kept.clone()).ok()?;
            // It refuses a counter that does not go on as well: somebody may have copied the passkey.
            let right =
                webauthn.finish_discoverable_authentication_v2(&sent, state, &passkey).ok()?;
            passkey.update_credential(&right);
            serde_json::to_value(passkey).ok()
        };
        Some((AdminId::from_uuid(who), credential, Arc::new(judge)))
    }
}
