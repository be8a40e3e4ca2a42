//! The part of a credential that is the secret.

use crate::runtime::credential::auth::Auth;
use crate::runtime::redact::secret::Secret;

#[test]
fn a_user_name_without_a_password_is_the_secret() {
    let auth = Auth::basic("t0ken-1", "");
    assert_eq!(auth.secret(), Some(&Secret::from("t0ken-1")));
    let new = auth.with_secret(Secret::from("t0ken-2"));
    assert_eq!(new, Some(Auth::basic("t0ken-2", "")));

    let auth = Auth::basic("ann", "t0ken-1");
    assert_eq!(auth.secret(), Some(&Secret::from("t0ken-1")));
    let new = auth.with_secret(Secret::from("t0ken-2"));
    assert_eq!(new, Some(Auth::basic("ann", "t0ken-2")));
}
