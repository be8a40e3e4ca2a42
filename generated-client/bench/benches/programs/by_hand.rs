use jiff::{Timestamp, civil::Date};
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Deserialize;

#[allow(dead_code)]
#[derive(Deserialize)]
struct Token {
    id: i64,
    name: String,
    #[serde(default)]
    revoked: bool,
    created_at: Timestamp,
    description: Option<String>,
    scopes: Vec<String>,
    user_id: i64,
    last_used_at: Option<Timestamp>,
    last_used_ips: Option<Vec<String>>,
    granular_scopes: Option<Vec<GranularScope>>,
    active: bool,
    granular: Option<bool>,
    expires_at: Option<Date>,
}

#[allow(dead_code)]
#[derive(Deserialize)]
struct GranularScope {
    permissions: Vec<String>,
    project_id: Option<i64>,
    group_id: Option<i64>,
    access: String,
}

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
