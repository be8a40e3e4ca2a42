//! A user who stores a new token with its secret, which needs the feature `serialize-secrets`.

fn main() {
    let token: gitlab_pat::types::PersonalAccessTokenWithToken = serde_json::from_str("{}").unwrap();
    println!("{}", serde_json::to_string(&token).unwrap());
}
