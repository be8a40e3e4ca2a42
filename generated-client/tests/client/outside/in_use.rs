//! The program of the design's section "In use", as a user of the crate writes it. Arguments: URL, credential, id of a token to
//! look up, id of a token to rotate, id of a token to revoke.

#![deny(warnings)]

use futures_util::TryStreamExt;
use gitlab_pat::{Auth, Client, RequestOptions, types::TokenState};
use jiff::civil::date;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, token, one, rotated, revoked] = &arguments[..] else {
        return Err("five arguments".into());
    };

    let client = Client::builder()
        .base_url(url)?
        .auth(Auth::private_token(token.as_str()))
        .build()?;
    let tokens = client.personal_access_tokens();

    let me = tokens.get_self().await?;
    let one = tokens.get(one.parse()?).await?;
    let page = tokens.list().state(TokenState::Active).per_page(50).await?;
    let ci: Vec<_> = tokens.list().search("ci ").into_stream().try_collect().await?;
    let fresh = tokens.rotate(rotated.parse()?).expires_at(date(2027, 1, 31)).await?;
    save(fresh.token.expose_secret());
    tokens.revoke(revoked.parse()?).await?;

    let t = std::time::Duration::from_secs(10);
    let response = tokens.get(one.id).options(RequestOptions::new().timeout(t)).send().await?;
    println!("status {}", response.status());
    println!("type {:?}", response.headers()["content-type"]);
    println!("limit {:?}", response.rate_limit().and_then(|limit| limit.limit));
    println!("request {}", response.request_id().is_some());
    println!("again {}", response.into_inner().name);

    println!("me {}", me.name);
    println!("one {}", one.name);
    println!("page {}", page.items.len());
    println!("ci {:?}", ci.iter().map(|token| token.name.as_str()).collect::<Vec<_>>());
    println!("fresh {:?} {:?}", fresh.expires_at.map(|date| date.to_string()), fresh.token);

    // Blocking code runs on a thread of its own beside async code.
    let (url, token) = (url.clone(), token.clone());
    std::thread::spawn(move || in_blocking_code(&url, &token)).join().expect("no panic")?;
    Ok(())
}

fn in_blocking_code(url: &str, token: &str) -> Result<(), gitlab_pat::Error> {
    let blocking = gitlab_pat::blocking::Client::builder()
        .base_url(url)?
        .auth(Auth::private_token(token))
        .build()?;
    let one = blocking.personal_access_tokens().get_self().call()?;
    println!("blocking {}", one.name);
    for token in blocking.personal_access_tokens().list() {
        let token = token?;
        println!("- {}", token.name);
    }
    Ok(())
}

fn save(secret: &str) {
    println!("saved {secret}");
}
