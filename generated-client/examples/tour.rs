//! A tour of the operations.
//!
//! ```sh
//! GITLAB_URL=https://gitlab.example.com GITLAB_TOKEN=… cargo run --example tour
//! ```
//!
//! It only reads. With the argument `--write`, it also creates a token, rotates it and revokes it. That needs a token with the scope `api`.
//! `cargo run -p gitlab-pat-fake --example serve` in the repository starts a stand-in for GitLab on this machine, and prints its URL and tokens.

use std::error::Error;

use futures_util::TryStreamExt as _;
use gitlab_pat::types::{TokenScope, TokenState};
use gitlab_pat::{Auth, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("GITLAB_URL").map_err(|_| {
        "GITLAB_URL is not set; `cargo run -p gitlab-pat-fake --example serve` in the repository starts a stand-in for GitLab"
    })?;
    let token = std::env::var("GITLAB_TOKEN").map_err(|_| "GITLAB_TOKEN is not set")?;
    let client = Client::builder()
        .base_url(&url)?
        .auth(Auth::private_token(token))
        .build()?;
    read(&client).await?;
    if std::env::args().any(|argument| argument == "--write") {
        write(&client).await?;
    }
    Ok(())
}

/// Reads tokens in several ways.
async fn read(client: &Client) -> Result<(), Box<dyn Error>> {
    let tokens = client.personal_access_tokens();

    let me = tokens.get_self().await?;
    println!(
        "calling with token {} ({:?}) of user {}",
        me.id, me.name, me.user_id
    );

    // One page, with the status and headers of its response.
    let response = tokens
        .list()
        .state(TokenState::Active)
        .per_page(2)
        .send()
        .await?;
    println!(
        "status {}, request {:?}",
        response.status(),
        response.request_id()
    );
    let page = response.into_inner();
    println!("{} of {:?} active tokens", page.items.len(), page.total());

    // All tokens. Each page is requested when it is needed.
    let mut all = tokens.list().user_id(me.user_id).into_stream();
    while let Some(token) = all.try_next().await? {
        let expiry = token
            .expires_at
            .map_or_else(|| "never".to_owned(), |date| date.to_string());
        println!("  {:>4} {:<16} expires {expiry}", token.id, token.name);
    }

    let associations = tokens.associations_self().await?;
    println!(
        "{} groups and {} projects",
        associations.groups.len(),
        associations.projects.len()
    );

    // An error describes the failure, and never shows the secret.
    if let Err(error) = tokens.get(i64::MAX).await {
        println!("an error: {error}");
    }
    Ok(())
}

/// Creates, rotates and revokes a token.
async fn write(client: &Client) -> Result<(), Box<dyn Error>> {
    let tokens = client.personal_access_tokens();

    let new = tokens
        .create_for_current_user("tour", [TokenScope::K8sProxy])
        .description("created by the example")
        .await?;
    println!("\ncreated token {}: {:?}", new.id, new.token);

    let fresh = tokens.rotate(new.id).await?;
    println!(
        "rotated it: token {} expires {:?}",
        fresh.id, fresh.expires_at
    );
    assert_ne!(new.token, fresh.token);

    tokens.revoke(fresh.id).await?;
    println!(
        "revoked it: revoked is {}",
        tokens.get(fresh.id).await?.revoked
    );
    Ok(())
}
