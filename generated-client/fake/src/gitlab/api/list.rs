//! The filters of the list of tokens. Sorting and pages are in other modules.

use jiff::Timestamp;
use jiff::civil::Date;

use super::auth::{Caller, Requirement, authenticate};
use super::call::Call;
use super::checks::Checks;
use super::entity::{Representation, token};
use super::page::Page;
use super::{errors, sort};
use crate::gitlab::token::TokenRecord;
use crate::gitlab::world::World;
use crate::json::Object;
use crate::response::FakeResponse;

pub(crate) const READ: Requirement = Requirement {
    scopes: &["api", "read_api"],
    registered: "api read_api",
    permission: "read_personal_access_token",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Active,
    Inactive,
}

#[derive(Debug, Default)]
struct Filters {
    user_id: Option<i64>,
    revoked: Option<bool>,
    state: Option<State>,
    created_before: Option<Timestamp>,
    created_after: Option<Timestamp>,
    last_used_before: Option<Timestamp>,
    last_used_after: Option<Timestamp>,
    expires_before: Option<Date>,
    expires_after: Option<Date>,
    search: Option<String>,
}

pub(crate) fn respond(world: &mut World, call: &Call<'_>) -> Result<FakeResponse, FakeResponse> {
    let caller = authenticate(world, call, &READ)?;
    restrict(&caller, call)?;

    let mut checks = Checks::new(&call.parameters);
    let filters = Filters::read(&mut checks, call, world.settings.version.filters_list());
    let page = Page::read(&mut checks, world.settings.only_positive_pages);
    checks.finish()?;
    let owner = owner(world, call, &caller, filters.user_id)?;

    let today = world.today();
    let visible = world.tokens.values().filter(|token| {
        owner.is_none_or(|owner| token.user_id == owner)
            && (caller.admin || !token.impersonation)
            && filters.accept(token, today)
    });
    let mut rows: Vec<&TokenRecord> = visible.collect();
    sort::sort(
        &mut rows,
        call.parameters.text("sort").as_deref().unwrap_or_default(),
    );

    let items: Vec<Object> = page
        .of(&rows)
        .iter()
        .map(|row| token(world, row, Representation::List))
        .collect();
    Ok(page.headers(FakeResponse::json(200, &items), world, call, rows.len()))
}

/// Rejects a filter by another user unless the caller is an administrator. A blank value counts as another user.
fn restrict(caller: &Caller, call: &Call<'_>) -> Result<(), FakeResponse> {
    match call.parameters.text("user_id") {
        Some(wanted) if !caller.admin && wanted.trim() != caller.user_id.to_string() => {
            Err(errors::unauthorized())
        }
        _ => Ok(()),
    }
}

/// Returns the owner of the tokens to list, or `None` for all tokens.
fn owner(
    world: &World,
    call: &Call<'_>,
    caller: &Caller,
    wanted: Option<i64>,
) -> Result<Option<i64>, FakeResponse> {
    if !caller.admin {
        return Ok(Some(caller.user_id));
    }
    match wanted {
        Some(id) if world.users.contains_key(&id) => Ok(Some(id)),
        Some(_) => Err(errors::not_found()),
        None if call.parameters.get("user_id").is_some() => Err(errors::not_found()),
        None => Ok(None),
    }
}

impl Filters {
    fn read(checks: &mut Checks<'_>, call: &Call<'_>, all: bool) -> Self {
        let user_id = checks.integer("user_id");
        if !all {
            return Self {
                user_id,
                ..Self::default()
            };
        }
        Self {
            user_id,
            revoked: checks.boolean("revoked"),
            state: match call.parameters.text("state").as_deref() {
                None => None,
                Some("active") => Some(State::Active),
                Some("inactive") => Some(State::Inactive),
                Some(_) => {
                    checks.problem("state", "does not have a valid value");
                    None
                }
            },
            created_before: checks.moment("created_before"),
            created_after: checks.moment("created_after"),
            last_used_before: checks.moment("last_used_before"),
            last_used_after: checks.moment("last_used_after"),
            expires_before: checks.date("expires_before"),
            expires_after: checks.date("expires_after"),
            search: call
                .parameters
                .text("search")
                .filter(|text| !text.is_empty()),
        }
    }

    fn accept(&self, token: &TokenRecord, today: Date) -> bool {
        let used = token.last_used_at;
        let expires = token.expires_at;
        self.revoked.is_none_or(|revoked| token.revoked == revoked)
            && match self.state {
                None => true,
                Some(State::Active) => token.is_active(today),
                Some(State::Inactive) => token.is_listed_as_inactive(today),
            }
            && self
                .created_before
                .is_none_or(|bound| token.created_at <= bound)
            && self
                .created_after
                .is_none_or(|bound| token.created_at >= bound)
            && self
                .last_used_before
                .is_none_or(|bound| used.is_some_and(|used| used <= bound))
            && self
                .last_used_after
                .is_none_or(|bound| used.is_some_and(|used| used >= bound))
            && self
                .expires_before
                .is_none_or(|bound| expires.is_some_and(|expires| expires < bound))
            && self
                .expires_after
                .is_none_or(|bound| expires.is_some_and(|expires| expires >= bound))
            && self
                .search
                .as_deref()
                .is_none_or(|query| is_found(&token.name, query))
    }
}

/// Returns whether a name contains a query, ignoring case. A query of fewer than three characters must equal the name.
fn is_found(name: &str, query: &str) -> bool {
    let (name, query) = (name.to_lowercase(), query.to_lowercase());
    if query.chars().count() < 3 {
        name == query
    } else {
        name.contains(&query)
    }
}
