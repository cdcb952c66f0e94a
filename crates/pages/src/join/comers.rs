//! How many applications come from one address. Each node counts for itself: this keeps one machine from
//! filling a chapter's queue, and shares nothing out.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::HeaderMap;
use model::{Timestamp, day_hours};

/// So many an hour.
const MOST: usize = 10;

/// Who came within the hour, and when.
#[derive(Clone, Default)]
pub(crate) struct Comers(Arc<Mutex<HashMap<Option<IpAddr>, Vec<Timestamp>>>>);

impl Comers {
    /// Counts an application; `false` where too many came from there within the hour.
    pub(super) fn take(&self, from: Option<IpAddr>, now: Timestamp) -> bool {
        let since = now.after(-day_hours(1));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, came| {
            came.retain(|at| *at > since);
            !came.is_empty()
        });
        let came = all.entry(from).or_default();
        let has_room = came.len() < MOST;
        if has_room {
            came.push(now);
        }
        has_room
    }
}

/// The address that the proxy before us saw: what stands last, for the rest is whatever somebody wrote.
/// `None` where nothing stands before us. Of IPv6 it is the network: one household has all of it.
pub(super) fn whence(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    match last.rsplit(',').next()?.trim().parse().ok()? {
        IpAddr::V4(address) => Some(IpAddr::V4(address)),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Some(IpAddr::from([a, b, c, d, 0, 0, 0, 0]))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::whence;

    #[test]
    fn an_address_is_what_the_last_proxy_saw() {
        let seen = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-forwarded-for", HeaderValue::from_static(value));
            }
            whence(&headers).map(|address| address.to_string())
        };
        assert_eq!(seen(&[]), None);
        assert_eq!(seen(&["nonsense"]), None);
        assert_eq!(
            seen(&["198.51.100.1", "10.0.0.1, 203.0.113.7"]).as_deref(),
            Some("203.0.113.7")
        );
        assert_eq!(seen(&["2001:db8:1:2:3:4:5:6"]).as_deref(), Some("2001:db8:1:2::"));
    }
}
