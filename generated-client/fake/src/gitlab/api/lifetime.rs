//! The maximum lifetime of tokens. Knows dates and the instance's settings.

use jiff::civil::Date;

use crate::gitlab::world::World;

/// Returns an error message for an expiry date that is too late. There is none if the instance does not require expiry. A date in the
/// past is accepted.
pub(crate) fn check(world: &World, expires_at: Option<Date>) -> Result<(), String> {
    let latest = world.in_days(world.settings.max_lifetime_days);
    match expires_at {
        Some(date) if world.settings.require_expiry && date > latest => {
            Err(format!("Expiration date must be before {latest}"))
        }
        _ => Ok(()),
    }
}
