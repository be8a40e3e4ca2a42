//! A token, with serde's derive. Also a module of the program by hand in `benches/programs`.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

#[expect(dead_code, reason = "members are decoded, not read")]
#[derive(Deserialize)]
pub(crate) struct Token {
    pub(crate) id: i64,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) revoked: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) description: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) user_id: i64,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) last_used_ips: Option<Vec<String>>,
    pub(crate) granular_scopes: Option<Vec<GranularScope>>,
    pub(crate) active: bool,
    pub(crate) granular: Option<bool>,
    pub(crate) expires_at: Option<Date>,
}

#[expect(dead_code, reason = "members are decoded, not read")]
#[derive(Deserialize)]
pub(crate) struct GranularScope {
    pub(crate) permissions: Vec<String>,
    pub(crate) project_id: Option<i64>,
    pub(crate) group_id: Option<i64>,
    pub(crate) access: String,
}
