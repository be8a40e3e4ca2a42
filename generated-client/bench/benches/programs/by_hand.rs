mod token;

use reqwest::header::{HeaderMap, HeaderValue};

use token::Token;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("GITLAB_TOKEN").unwrap_or_default();
    let mut headers = HeaderMap::new();
    let mut value = HeaderValue::from_str(&token)?;
    value.set_sensitive(true);
    headers.insert("PRIVATE-TOKEN", value);
    let client = reqwest::Client::builder()
        .user_agent("by-hand/0.1")
        .default_headers(headers)
        .build()?;
    let token: Token = client
        .get("http://gitlab.example.com/api/v4/personal_access_tokens/self")
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    println!("I am {} ({})", token.name, token.id);
    Ok(())
}
