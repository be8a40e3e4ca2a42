use gitlab_pat::{Auth, Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::builder()
        .base_url("http://gitlab.example.com")?
        .auth(Auth::private_token(
            std::env::var("GITLAB_TOKEN").unwrap_or_default(),
        ))
        .build()?;
    let token = client.personal_access_tokens().get_self().await?;
    println!("I am {} ({})", token.name, token.id);
    Ok(())
}
