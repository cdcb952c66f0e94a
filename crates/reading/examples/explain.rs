//! Prints how one message is read, with its reasons. `cargo run -p reading --example explain -- TEXT ...`

use model::reading::FamilyContext;
use reading::Reader;

fn main() {
    let texts: Vec<String> = std::env::args().skip(1).collect();
    let slices: Vec<&str> = texts.iter().map(String::as_str).collect();
    let context = FamilyContext {
        received_at: "2026-11-20T10:15:00-05:00".to_owned(),
        ..FamilyContext::default()
    };
    let reading = Reader::new().family(&slices, &context);
    match serde_json::to_string_pretty(&reading) {
        Ok(text) => println!("{text}"),
        Err(error) => eprintln!("{error}"),
    }
}
