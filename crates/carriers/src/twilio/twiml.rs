//! What Twilio is answered: never a text, at most something to say to a caller.

/// The content type of every answer.
pub(super) const CONTENT_TYPE: &str = "text/xml";

/// All is well, and nothing is to be done.
pub(super) const RECEIPT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

/// Has `words` said to a caller, then hangs up.
pub(super) fn say(words: &str, lang: &str) -> String {
    let words = escape(words);
    let say = match voice(lang) {
        Some(language) => format!(r#"<Say language="{language}">{words}</Say>"#),
        None => format!("<Say>{words}</Say>"),
    };
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><Response>{say}</Response>"#)
}

/// The voice that speaks a language; `None` where Twilio has none, and its usual one must do.
pub(super) fn voice(lang: &str) -> Option<&'static str> {
    if lang == "zh-Hant" {
        return Some("zh-TW");
    }
    Some(match lang.split(['-', '_']).next()? {
        "en" => "en-US",
        "es" => "es-MX",
        "fr" => "fr-CA",
        "ko" => "ko-KR",
        "pl" => "pl-PL",
        "pt" => "pt-BR",
        "ru" => "ru-RU",
        "zh" => "zh-CN",
        _ => return None,
    })
}

/// Text for XML. Characters that XML cannot hold at all are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' | '\r' | '\t' => escaped.push(c),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::say;

    #[test]
    fn what_is_said_cannot_become_a_command() {
        assert_eq!(
            say("Text us at 718 & we'll answer.</Say><Dial>1</Dial>\u{0}", "en"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say language=\"en-US\">Text us at 718 \
             &amp; we&apos;ll answer.&lt;/Say&gt;&lt;Dial&gt;1&lt;/Dial&gt;</Say></Response>"
        );
        assert!(say("Alo", "ht").contains("<Say>Alo</Say>"));
        assert!(say("Hola", "es-US").contains("es-MX"));
        assert!(
            say("您好", "zh-Hant").contains("zh-TW") && say("您好", "zh-Hans").contains("zh-CN")
        );
    }
}
