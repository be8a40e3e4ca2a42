//! Prints results as rows of a Markdown table.

/// Prints the head of a table.
pub fn head(measured: &str) {
    println!("\n| {measured} | client | by hand | ratio |\n|---|---:|---:|---:|");
}

/// Prints a row.
pub fn row(title: &str, client: f64, by_hand: f64) {
    println!(
        "| {title} | {} | {} | {:.2} |",
        number(client),
        number(by_hand),
        client / by_hand
    );
}

/// Formats a number with its significant digits.
fn number(value: f64) -> String {
    match value {
        _ if value >= 10_000_000.0 => format!("{:.1} M", value / 1_000_000.0),
        _ if value >= 10_000.0 => format!("{:.1} k", value / 1000.0),
        _ if value >= 10.0 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}
